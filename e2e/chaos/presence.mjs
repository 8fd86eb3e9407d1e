// Whether every instance says who is there, and where: the clients that are connected and nobody else.
import { request } from '../support/http.mjs';
import { WEBHOOK_TOKEN } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

/** An instance that died is off the books within 15 s; the rest is a busy machine's. */
const LIMIT_MS = 45_000;

/** Each socket and its rooms, a line each. `expected` are `{ sid, rooms }`; rooms that are not known are not compared. */
const lines = (sockets, known) => sockets
  .map(({ sid, rooms }) => `${sid} ${known.has(sid) ? [...rooms].sort().join(',') : ''}`)
  .sort();

/** Waits until the statistics of every instance are what the clients know of themselves. Answers what is not, as sentences. */
export async function presenceWrong(places, expected) {
  const known = new Set(expected.filter(({ rooms }) => rooms).map(({ sid }) => sid));
  const wanted = lines(expected, known);
  const wrong = await Promise.all(places.map(async ({ name, service }) => {
    let seen = [];
    const same = async () => {
      const { json } = await request(`${service.url}/api/v1/stats/connections?size=1000`, { headers: { Authorization: `Bearer ${WEBHOOK_TOKEN}` } });
      seen = lines(json.data.connections.map(({ socketId, rooms }) => ({ sid: socketId, rooms })), known);
      return seen.join('\n') === wanted.join('\n');
    };
    const fine = await until('presence', same, { timeoutMs: LIMIT_MS, everyMs: 250 }).catch(() => false);
    if (fine) return [];
    const differing = [...wanted.filter((line) => !seen.includes(line)).map((line) => `lacks ${line}`),
      ...seen.filter((line) => !wanted.includes(line)).map((line) => `has ${line}`)];
    return differing.map((difference) => `${name} ${difference}`);
  }));
  return wrong.flat();
}

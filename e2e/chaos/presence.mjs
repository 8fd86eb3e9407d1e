// Checks that every instance reports exactly the connected clients and their rooms.
import { request } from '../support/http.mjs';
import { WEBHOOK_TOKEN } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

/** A dead instance is removed within 15 s; the rest allows for a busy machine. */
const LIMIT_MS = 45_000;

/** One line for each socket with its rooms. `expected` are `{ sid, rooms }`; unknown rooms are not compared. */
const lines = (sockets, known) => sockets
  .map(({ sid, rooms }) => `${sid} ${known.has(sid) ? [...rooms].sort().join(',') : ''}`)
  .sort();

/** Waits until the statistics of every instance match the clients. Returns the differences as sentences. */
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

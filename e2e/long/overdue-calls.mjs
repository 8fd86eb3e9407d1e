// 10,000 calls that nobody answers come due on three instances within seconds, and the leader is killed meanwhile: each is
// told once. Prints how late they were told.
//   node long/overdue-calls.mjs [calls]
import assert from 'node:assert/strict';
import { join, settled } from '../support/clients.mjs';
import { Cluster } from '../support/cluster.mjs';
import { accepted } from '../support/http.mjs';
import { director } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const CALLS = Number(process.argv[2] ?? 10_000);
const AFTER_SECONDS = 30;
const PATIENCE = { timeoutMs: 300_000 };

const cluster = await Cluster.start(3, { REALTIME_BOARD_UNANSWEREDAFTER: `${AFTER_SECONDS}s` });
try {
  const bosses = await Promise.all(cluster.instances.map((instance, n) => join(instance, director(n + 1))));
  await Promise.all(Array.from({ length: 24 }, async (_, poster) => {
    for (let id = poster; id < CALLS; id += 24) {
      await accepted(cluster.instances[id % 3], 'call-new', { call: { id, status: 'ringing' }, rooms: ['directors'] });
    }
  }));
  const unanswered = (client) => client.events.filter(({ name }) => name === 'call:unanswered');
  const killed = await cluster.leader();
  const witnesses = bosses.filter((_, n) => n !== killed);
  await until('a tenth to be told', () => unanswered(witnesses[0]).length >= CALLS / 10, PATIENCE);
  await cluster.instances[killed].stop('SIGKILL');
  console.log(`${unanswered(witnesses[0]).length} were told when the leader was killed`);
  for (const boss of witnesses) {
    await until(() => `all to be told; were ${unanswered(boss).length}`, () => unanswered(boss).length >= CALLS, PATIENCE);
  }
  // Whoever tells one twice does it within a second.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const [alive] = cluster.instances.filter((_, n) => n !== killed);
  await settled(alive, ...witnesses);
  for (const boss of witnesses) {
    const ids = unanswered(boss).map(({ args }) => args[0].call.id);
    assert.equal(new Set(ids).size, CALLS);
    assert.equal(ids.length, CALLS, 'each once');
  }
  const late = unanswered(witnesses[0]).map(({ args }) =>
    Number(args.at(-1).split('-')[1]) - Date.parse(args[0].call.since) - AFTER_SECONDS * 1000).sort((one, other) => one - other);
  const at = (part) => late[Math.min(late.length - 1, Math.floor(late.length * part))];
  console.log(`${CALLS} calls, each told once; late by ${at(0)} ms at least, ${at(0.5)} median, ${at(0.99)} 99 %, ${at(1)} at most`);
} finally {
  await cluster.stop();
}

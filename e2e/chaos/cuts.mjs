// Cuts one client again and again under a stream of events; it reconnects at once: npm run cuts
import { parseArgs } from 'node:util';
import { Redis } from '../support/redis.mjs';
import { SECRETS, Service } from '../support/service.mjs';
import { RECOVERING } from '../support/tab.mjs';
import { operator } from '../support/tokens.mjs';
import { random } from '../support/traffic.mjs';
import { until } from '../support/wait.mjs';
import { Poster } from './posts.mjs';
import { NodeTab } from './tabs.mjs';
import { Truth } from './truth.mjs';
import { details, judgesOf, summary, verdictOf } from './verdict.mjs';
import { Witness } from './witness.mjs';

const PER_SECOND = 300;
const POSTERS = 15;
const LIMIT_MS = 600_000;
const LONGEST_PAUSE_MS = 400;
const WINDOW_MS = 120_000;

const { values } = parseArgs({
  options: {
    cuts: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    client: { type: 'string', default: '4.8' },
    transport: { type: 'string', default: 'websocket' },
  },
});
const [cuts, seed] = [Number(values.cuts), Number(values.seed)];

// Ends a hanging run; the guards then end the processes it started.
setTimeout(() => {
  console.error(`The run did not end within ${LIMIT_MS / 60_000} minutes.`);
  process.exit(2);
}, LIMIT_MS).unref();

const redis = await Redis.start();
const service = await Service.start({ ...redis.env, ...SECRETS }, {});
try {
  const began = Date.now();
  const timeline = [];
  const truth = new Truth();
  const witness = new Witness(redis, truth).start();
  const person = { userId: 17, token: operator(17) };
  const tab = await NodeTab.open(service.port, person, { version: values.client, transports: values.transport.split('+') }, 1, { reconnectionDelay: 1 });
  await greeted(tab, 1);
  const posters = Array.from({ length: POSTERS }, (_, n) =>
    new Poster(`service-${n}`, service, seed + n, PER_SECOND / POSTERS, { make: callForOperators }).start());
  await cut(tab, timeline);
  await Promise.all(posters.map((poster) => poster.stop()));
  await witness.read();
  await until('the last event', () => tab.history.some(({ key }) => key === truth.head), { timeoutMs: 30_000 }).catch(() => {});
  const posts = posters.flatMap((poster) => poster.posts);
  const verdict = verdictOf({ clients: [tab], judges: await judgesOf([tab], truth), posts, truth, timeline, windowMs: WINDOW_MS });
  console.log(summary({ seed, timeline, verdict }));
  console.log(`${(posts.length / ((Date.now() - began) / 1_000)).toFixed(0)} events per second`);
  if (verdict.wrong.length > 0 || verdict.causes.recovered !== cuts) {
    console.error(details({ seed, began, timeline: timeline.slice(-20), verdict }));
    process.exitCode = 1;
  }
  await witness.stop();
} finally {
  await service.stop('SIGKILL');
  await redis.stop('SIGKILL');
}
process.exit();

function callForOperators(_, mark) {
  return { path: 'call-new', name: 'call:new', body: { call: { id: mark, mark }, rooms: ['operators'] }, isFor: (rooms) => rooms.has('operators') };
}

/** Cuts it at a random time after it connects: before, during or after the replay. */
async function cut(tab, timeline) {
  const next = random(seed);
  for (let n = 1; n <= cuts; n++) {
    await new Promise((resolve) => setTimeout(resolve, next() ** 2 * LONGEST_PAUSE_MS));
    timeline.push({ kind: 'cut', at: Date.now(), text: `cut ${n}` });
    if (next() < 0.8) tab.relay.drop();
    else tab.closeEngine();
    await connected(tab, n + 1);
    if (n % 100 === 0) console.log(`${n} cuts`);
  }
  await greeted(tab, cuts + 1);
}

function connected(tab, times) {
  return until(`connection ${times}`, () => tab.connects >= times, { timeoutMs: 30_000, everyMs: 2 });
}

async function greeted(tab, times) {
  await connected(tab, times);
  const last = (wanted) => tab.history.findLastIndex(({ kind }) => kind === wanted);
  await until(`the greeting of connection ${times}`, () => last('connected') > last('connect'), { timeoutMs: 30_000 });
}

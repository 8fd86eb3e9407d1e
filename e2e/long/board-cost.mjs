// What 10,000 live calls cost an instance: heap, the time of a page, and of a join with a snapshot. Prints one line each.
//   node long/board-cost.mjs [calls]
import { execFileSync } from 'node:child_process';
import { accepted, request } from '../support/http.mjs';
import { Redis } from '../support/redis.mjs';
import { SECRETS, Service } from '../support/service.mjs';
import { Tab } from '../support/tab.mjs';
import { WEBHOOK_TOKEN, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const CALLS = Number(process.argv[2] ?? 10_000);
const ROUNDS = 50;
const headers = { 'X-Webhook-Token': WEBHOOK_TOKEN };

const redis = await Redis.start();
const service = await Service.start({ ...redis.env, ...SECRETS });
try {
  const page = (query = '') => request(`${service.url}/api/v1/board/calls?size=100${query}`, { headers });
  await post(0, 500);
  const before = liveHeap();
  await post(500, CALLS);
  await until('all calls on the board', async () => (await page()).json.page.matching === CALLS);
  const withCalls = liveHeap();
  console.log(`${CALLS} calls: ${((withCalls - before) / (CALLS - 500)).toFixed(0)} bytes of heap a call, its event in the ring included`);
  console.log(`ring: ${await metric('realtime_recovery_ring_bytes')} bytes`);
  await time('a page of 100', () => page());
  await time('a page, filtered and sorted', () => page('&text=77&sort=-operator'));
  const tab = await Tab.open(service, operator(1));
  await time('a join with a snapshot', () => tab.socket.emitWithAck('join-room', { room: 'operators', snapshot: true }));
  const key = await until('the saved board', savedCalls);
  console.log(`Redis: ${((await redis.command('MEMORY', 'USAGE', key, 'SAMPLES', '0')).slice(1) / CALLS).toFixed(0)} bytes a call`);
} finally {
  await service.stop();
  await redis.stop('SIGKILL');
}

async function post(from, to) {
  const ids = Array.from({ length: to - from }, (_, n) => from + n);
  await Promise.all(Array.from({ length: 16 }, async () => {
    for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
      await accepted(service, 'call-new', { call: { id, phoneClient: `+7999${String(id).padStart(7, '0')}`, operatorId: id % 200, status: 'ringing', city: 'Саратов' } });
    }
  }));
}

/** Bytes of heap in use after a full collection. */
function liveHeap() {
  execFileSync('jcmd', [String(service.pid), 'GC.run']);
  const info = execFileSync('jcmd', [String(service.pid), 'GC.heap_info'], { encoding: 'utf8' });
  return Number(/used (\d+)K/.exec(info)[1]) * 1024;
}

async function metric(name) {
  const { text } = await request(`${service.url}/actuator/prometheus`, { headers: { Authorization: `Bearer ${WEBHOOK_TOKEN}` } });
  return new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1];
}

/** The key of the saved calls, once all of them are saved. */
async function savedCalls() {
  const [, , key] = (await redis.answerTo('tests', 'KEYS', 'realtime:{board}:*:calls')).split('\r\n');
  return key && (await redis.command('HLEN', key)) === `:${CALLS}` ? key : undefined;
}

async function time(what, action) {
  for (let n = 0; n < ROUNDS; n++) await action();
  const times = [];
  for (let n = 0; n < ROUNDS; n++) {
    const begun = performance.now();
    await action();
    times.push(performance.now() - begun);
  }
  times.sort((one, other) => one - other);
  console.log(`${what}: median ${times[ROUNDS / 2].toFixed(1)} ms, 95 % ${times[Math.floor(ROUNDS * 0.95)].toFixed(1)} ms`);
}

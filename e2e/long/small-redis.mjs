// A Redis too small for its events: the stream is trimmed or events are refused, but no accepted event is lost and
// nothing breaks.
// node long/small-redis.mjs [--minutes 10] [--megabytes 64] [--rate 200]
import { Agent } from 'node:http';
import { parseArgs } from 'node:util';
import { closeClients, join } from '../support/clients.mjs';
import { broadcast, request } from '../support/http.mjs';
import { Redis } from '../support/redis.mjs';
import { SECRETS, SMALL_HEAP, Service } from '../support/service.mjs';
import { WEBHOOK_TOKEN, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const SIZES = [1_000, 3_000, 8_000];
const TICK_MS = 20;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    megabytes: { type: 'string', default: '64' },
    rate: { type: 'string', default: '200' },
  },
});
const [minutes, megabytes, rate] = ['minutes', 'megabytes', 'rate'].map((name) => {
  const value = Number(values[name]);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0`);
  return value;
});

const redis = await Redis.start(['--maxmemory', `${megabytes}mb`, '--maxmemory-policy', 'noeviction']);
const agent = new Agent({ keepAlive: true, maxSockets: 32 });
let service;
const wrong = [];
try {
  service = await Service.start({ ...redis.env, ...SECRETS }, { flags: SMALL_HEAP });
  await run();
} catch (error) {
  if (service) console.error(service.output.split('\n').slice(-60).join('\n'));
  throw error;
} finally {
  closeClients();
  await service?.stop();
  await redis.stop('SIGKILL');
}
service.output.split('\n').filter((line) => /(WARN|ERROR) /.test(line)).slice(0, 40).forEach((line) => console.log(line));
wrong.forEach((what) => console.error(what));
console.log(wrong.length === 0 ? 'All is well.' : `${wrong.length} things are wrong.`);
process.exit(wrong.length === 0 ? 0 : 1);

function expect(what, holds) {
  if (!holds) wrong.push(what);
}

async function run() {
  const honest = await join(service, operator('17'), { reconnection: false });
  // Events in order are only counted, since the run is long.
  const received = [];
  honest.socket.on('call:new', ({ id }) => received.push(id));
  honest.events.push = () => 0;
  const accepted = [];
  const refused = new Map();
  const memory = { most: 0 };
  const pending = new Set();
  const began = performance.now();
  const end = began + minutes * 60_000;
  let sent = 0;
  let printed = 0;
  while (performance.now() < end) {
    const due = Math.floor((performance.now() - began) / 1_000 * rate);
    for (; sent < due; sent++) {
      const id = sent;
      const posting = post(id).then(({ status, json }) => {
        if (status === 200) accepted.push({ id, at: json.id });
        else refused.set(`${status} ${json?.code}`, (refused.get(`${status} ${json?.code}`) ?? 0) + 1);
      }, (error) => refused.set(error.message, (refused.get(error.message) ?? 0) + 1)).finally(() => pending.delete(posting));
      pending.add(posting);
    }
    const second = Math.floor((performance.now() - began) / 1_000);
    if (second > printed) {
      printed = second;
      const used = await usedMemory();
      memory.most = Math.max(memory.most, used);
      if (second % 10 === 0) {
        console.log(`${second} s: ${sent} sent, ${accepted.length} accepted, ${JSON.stringify(Object.fromEntries(refused))}, `
          + `${(used / 2 ** 20).toFixed(1)} MB, events ${await redis.command('XLEN', 'events')}`);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  await Promise.all(pending);
  await until('everything accepted to arrive', () => received.length >= accepted.length, { timeoutMs: 30_000 }).catch(() => {});

  const order = ({ at }) => at.split('-').map(Number);
  const expected = accepted.sort((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1]).map(({ id }) => id);
  expect(`${accepted.length} accepted, ${received.length} received, or in another order`,
    JSON.stringify(received) === JSON.stringify(expected));
  expect(`the honest socket was disconnected: ${honest.disconnects}`, honest.disconnects.length === 0);
  const others = [...refused.keys()].filter((what) => what !== '503 backplane_full');
  expect(`refused by something else than 503 backplane_full: ${others}`, others.length === 0);
  expect(`Redis used ${memory.most} bytes`, memory.most <= megabytes * 2 ** 20);
  expect('the service has ended', service.running);

  const second = await join(service, operator('18'));
  await until('presence to be true', async () => (await online()).join() === '17,18');
  second.close();
  await until('presence to be true again', async () => (await online()).join() === '17', { timeoutMs: 30_000 });
  console.log(`${minutes} min of ${rate}/s on ${megabytes} MB: ${sent} sent, ${accepted.length} accepted and received once in order, `
    + `refused ${JSON.stringify(Object.fromEntries(refused))}, at most ${(memory.most / 2 ** 20).toFixed(1)} MB`);
}

function post(id) {
  const call = { id, note: 'x'.repeat(SIZES[id % SIZES.length]) };
  return broadcast(service, 'call-new', { call, rooms: ['operators'] }, { agent });
}

async function usedMemory() {
  const answer = await redis.command(
    'EVAL', "return tonumber(string.match(redis.call('INFO', 'memory'), 'used_memory:(%d+)'))", '0');
  return Number(answer.slice(1));
}

/** Who is connected, by the service's statistics. */
async function online() {
  const answer = await request(`${service.url}/api/v1/stats/connections?size=100`, {
    headers: { 'X-Webhook-Token': WEBHOOK_TOKEN },
  });
  return (answer.json.data.connections ?? []).map(({ userId }) => userId).sort();
}

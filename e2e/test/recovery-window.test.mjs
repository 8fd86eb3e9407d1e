// How long a session is kept and how it counts meanwhile; and that quiet sessions stay recoverable.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { join } from '../support/clients.mjs';
import { onClose, testsOf } from '../support/harness.mjs';
import { request, unique } from '../support/http.mjs';
import { Numbers } from '../support/numbers.mjs';
import { Visit } from '../support/recovering.mjs';
import { Relay } from '../support/relay.mjs';
import { ownService } from '../support/service.mjs';
import { POSITION, Tab, isAfter } from '../support/tab.mjs';
import { WEBHOOK_TOKEN, director, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const MINUTES = { timeout: 120_000 };
const WINDOW_MS = 10_000;
/** How long Redis keeps a parked session, plus a margin. */
const FORGOTTEN_MS = WINDOW_MS + 7_000;
const PER_USER = 3;

let redis;
let service;
before(async () => {
  ({ redis, service } = await ownService({
    REALTIME_RECOVERY_WINDOW: `${WINDOW_MS}ms`,
    REALTIME_CANARY_INTERVAL: '1s',
    REALTIME_PRESENCE_GRACE: '1s',
    REALTIME_LIMITS_SOCKETSPERUSER: String(PER_USER),
  }));
});
const test = testsOf(() => service);

async function sockets(userId) {
  const answer = await request(`${service.url}/api/v1/stats/connections?user=${userId}`, { headers: { 'X-Webhook-Token': WEBHOOK_TOKEN } });
  return answer.json.data.connections.map(({ socketId }) => socketId);
}

const changes = (boss, userId) => boss.events
  .filter(({ name, args }) => ['user:online', 'user:offline'].includes(name) && args[0].userId === userId)
  .map(({ name }) => name);

async function relayed(userId, options) {
  const relay = await Relay.to(service.port);
  onClose(() => relay.close());
  return { relay, tab: await Tab.open(relay, operator(userId), options) };
}

test('the window: a return within it recovers, a later one starts anew; also for quiet sessions and near the edge', MINUTES, async () => {
  const [late, quiet, edge] = await Promise.all(['late', 'quiet', 'edge'].map((name) => relayed(unique(name))));
  const numbers = new Numbers(service, [late, quiet, edge].map(({ tab }) => `operator:${tab.userId}`));
  // Not for the quiet one yet.
  const first = await numbers.post(2, [late, edge].map(({ tab }) => `operator:${tab.userId}`));
  for (const { tab } of [late, edge]) await tab.hasAll(numbers, first);
  const began = Date.now();
  late.relay.cut();
  await until('some of the window to pass', () => Date.now() - began > FORGOTTEN_MS - WINDOW_MS + 1_000);
  edge.relay.cut();
  await edge.tab.away();
  const missed = await numbers.post(2, [late, edge].map(({ tab }) => `operator:${tab.userId}`));
  await until('the window to pass', () => Date.now() - began > FORGOTTEN_MS, { timeoutMs: FORGOTTEN_MS });

  late.relay.mend();
  await late.tab.back(2);
  late.tab.assertNew(2);
  assert.deepEqual(late.tab.got(numbers), first, 'nothing is replayed to a new session');

  // Was away for most of the window.
  edge.relay.mend();
  await edge.tab.back(2);
  edge.tab.assertRecovered(2);
  await edge.tab.hasAll(numbers, [...first, ...missed]);

  // It received nothing for longer than any ring holds; position events have kept its offset fresh.
  const heard = quiet.tab.events;
  assert.deepEqual([...new Set(heard.slice(1).map(({ name }) => name))], ['position']);
  for (const [n, { args }] of heard.entries()) {
    if (n === 0) continue;
    assert.deepEqual(args, [args[0]]);
    assert.match(args[0], POSITION);
    assert.ok(!isAfter(heard[n - 1].args.at(-1), args[0]), 'positions grow');
  }
  assert.ok(heard.length > 4, `${heard.length} events`);
  assert.ok(heard.length < 30, `${heard.length} events`);
  quiet.relay.cut();
  await quiet.tab.away();
  const quietly = await numbers.post(3, [`operator:${quiet.tab.userId}`]);
  quiet.relay.mend();
  await quiet.tab.back(2);
  quiet.tab.assertRecovered(2);
  await quiet.tab.hasAll(numbers, quietly);
});

test('a parked session counts neither as online nor as a socket; its user goes offline after the grace, and online on recovery', MINUTES, async () => {
  const boss = await join(service, director(unique('boss')));
  const userId = unique('parked');
  const { relay, tab } = await relayed(userId);
  const { id } = tab.socket;
  await until('the socket to be known', async () => (await sockets(userId)).includes(id));
  await until('online', () => changes(boss, userId).length === 1);
  relay.cut();
  await tab.away();
  await until('the socket to be gone', async () => (await sockets(userId)).length === 0);
  await until('offline', () => changes(boss, userId).length === 2);
  const numbers = new Numbers(service, [`operator:${userId}`]);
  await numbers.post(3);
  relay.mend();
  await tab.back(2);
  tab.assertRecovered(2);
  await tab.hasAll(numbers);
  await until('online again', () => changes(boss, userId).length === 3);
  assert.deepEqual(changes(boss, userId), ['user:online', 'user:offline', 'user:online']);
  assert.deepEqual(await sockets(userId), [id]);
});

test(`${PER_USER} parked sessions per user, the oldest is dropped first; they do not count against the limit of sockets`, MINUTES, async () => {
  const userId = unique('many');
  const token = operator(userId);
  const kept = async () => Number((await redis.command('ZCARD', `realtime:{sessions:${userId}}`)).slice(1));
  const gone = () => until('the sockets to be gone', async () => (await sockets(userId)).length === 0);
  const parked = [];
  for (let n = 1; n <= PER_USER + 1; n++) {
    const visit = await Visit.welcome(service, { token });
    await visit.cut();
    parked.push(visit);
    await gone();
    await until('as many to be kept as may be', async () => (await kept()) === Math.min(n, PER_USER));
  }
  const come = ({ pid, offset }) => Visit.welcome(service, { pid, offset, token });
  const [oldest, ...others] = parked;
  const back = [];
  for (const visit of others) back.push(await come(visit));
  assert.deepEqual(back.map(({ sid, greeting }) => [sid, greeting.recovered]), others.map(({ sid }) => [sid, true]));
  assert.equal(await kept(), 0, 'live ones are not parked');
  for (const visit of back) await visit.cut();
  await gone();
  assert.equal((await come(oldest)).greeting.recovered, false);
});

test('a user at the limit of sockets, all half-open: each is taken over, and none exceeds the limit', MINUTES, async () => {
  const userId = unique('full');
  const token = operator(userId);
  const old = await Promise.all(Array.from({ length: PER_USER }, () => Visit.welcome(service, { token })));
  const one = await Visit.open(service, { token });
  assert.equal(one.data?.code, 'too_many_sockets');
  const back = await Promise.all(old.map(({ pid, offset }) => Visit.welcome(service, { pid, offset, token })));
  assert.deepEqual(back.map(({ sid }) => sid), old.map(({ sid }) => sid));
  await until('the old ones to be gone', async () => (await sockets(userId)).length === PER_USER);
});

test('closed with reconnect: recovered with a fresh token', MINUTES, async () => {
  const userId = unique('expiring');
  const numbers = new Numbers(service, [`operator:${userId}`]);
  const tokens = [operator(userId, { exp: Math.floor(Date.now() / 1000) + 3 }), operator(userId)];
  const auth = (give) => give({ token: tokens.length > 1 ? tokens.shift() : tokens[0] });
  const tab = new Tab(service.url, { auth, transports: ['websocket'], reconnectionDelay: 500 });
  await tab.connected();
  const { code, reconnect } = await tab.event('error');
  assert.deepEqual([code, reconnect], ['token_expired', true]);
  await tab.away();
  await numbers.post(2);
  await tab.back(2);
  tab.assertRecovered(2);
  await tab.hasAll(numbers);
});

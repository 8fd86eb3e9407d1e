// Redis unavailable, rolled back or emptied, or an instance that missed events: exactly the unrecoverable sessions are
// told so.
import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { after, before } from 'node:test';
import { Cluster } from '../support/cluster.mjs';
import { onClose, testsOf } from '../support/harness.mjs';
import { accepted, broadcast, unique } from '../support/http.mjs';
import { counting, metric } from '../support/metrics.mjs';
import { Numbers } from '../support/numbers.mjs';
import { scratchFolder } from '../support/paths.mjs';
import { RawWebSocket } from '../support/raw.mjs';
import { Relay } from '../support/relay.mjs';
import { Tab } from '../support/tab.mjs';
import { operator } from '../support/tokens.mjs';
import { until, within } from '../support/wait.mjs';

const MINUTES = { timeout: 120_000 };
const LOSS = { timeoutMs: 30_000 };

let cluster;
let redis;
let left;
let right;
before(async () => {
  cluster = await Cluster.start(2, { REALTIME_CONTINUITY_CLOSEWITHIN: '3s', REALTIME_CANARY_INTERVAL: '1s' });
  ({ redis } = cluster);
  [left, right] = cluster.instances;
});
after(() => cluster?.stop());
const test = testsOf(() => cluster?.instances);

async function relayTo(instance) {
  const relay = await Relay.to(instance.port);
  onClose(() => relay.close());
  return relay;
}

const taken = (instance) => until('posts to be taken again', async () =>
  (await broadcast(instance, 'call-new', { call: { id: 'probe' }, rooms: ['order:probe'] })).status === 200, LOSS);
/** Waits until both instances save sessions and deliver events, so that the effects of the previous test are over. */
async function well() {
  for (const instance of [left, right]) {
    await until('sessions to be saved and events delivered', async () => {
      const userId = unique('probe');
      const tab = await Tab.open(instance, operator(userId));
      try {
        const { status } = await broadcast(instance, 'call-new', { call: { id: 1 }, rooms: [`operator:${userId}`] });
        if (status !== 200 || !tab.greeting(1).position) return false;
        await tab.event('call:new', undefined, { timeoutMs: 2_000 });
        return tab.disconnects.length === 0;
      } finally {
        tab.close();
      }
    }, LOSS);
  }
}

const epochOf = (position) => position.split('-')[0];

test('unavailable: sockets stay, joins are refused and undone, new sessions start, old ones wait, and all recover afterwards', MINUTES, async () => {
  const [here, waiting, fresh] = ['here', 'waiting', 'fresh'].map((name) => unique(name));
  const relay = await relayTo(left);
  const tab = await Tab.open(right, operator(here));
  const away = await Tab.open(relay, operator(waiting));
  const numbers = new Numbers(right, [`operator:${waiting}`, `operator:${fresh}`]);
  await tab.join('order:kept');
  relay.cut();
  await away.away();
  await numbers.post(3);
  await redis.stop();
  let newcomer;
  const own = new Numbers(right, [`operator:${fresh}`]);
  try {
    await until('Redis to be known unavailable', async () => (await broadcast(right, 'call-new', { call: { id: 1 } })).status === 503);
    const joined = await tab.ask('join-room', { room: 'order:refused' });
    assert.deepEqual([joined.success, joined.error.code], [false, 'backplane_away']);
    // Without a pid: accepted but not recoverable yet, as the missing position shows.
    newcomer = await Tab.open(right, operator(fresh));
    const [{ args }] = newcomer.events;
    assert.equal(args.length, 1, 'no position at the end');
    assert.deepEqual([args[0].recovered, args[0].position], [false, undefined]);
    // With a pid: neither accepted nor refused, which a stock client would take as final, but closed in the end.
    relay.mend();
    const raw = await RawWebSocket.open(left);
    await counting(left, 'realtime_recovery_refused', 'reason="away"', async () => {
      raw.send(`40${JSON.stringify({ token: operator(here), pid: 'A'.repeat(27) })}`);
      await within(20_000, 'the end of the connection', raw.closed);
    });
    assert.deepEqual(raw.messages.slice(1), []);
    assert.equal(away.lives.length, 1, 'it waits, or comes again');
    assert.deepEqual(away.connectErrors.filter(({ data }) => data), []);
    assert.equal(tab.socket.connected, true);
  } finally {
    await redis.start();
  }
  await taken(right);
  await away.back(2);
  away.assertRecovered(2);
  await away.hasAll(numbers);

  // The newcomer's session is saved now and recovers like any other.
  await until('a session to be saved', async () => (await redis.answerTo('tests', 'KEYS', `realtime:{sessions:${fresh}}:*`)).includes('sessions'), LOSS);
  await own.post(2);
  await newcomer.hasAll(own);
  await newcomer.leave();
  await own.post(2);
  newcomer.come();
  await newcomer.back(2);
  newcomer.assertRecovered(2);
  await newcomer.hasAll(own);

  // The refused join changed nothing, and the earlier one still holds.
  const rooms = new Numbers(right, ['order:refused']);
  await rooms.post(2);
  const kept = new Numbers(right, ['order:kept']);
  await kept.post(2);
  await tab.hasAll(kept);
  assert.deepEqual(tab.got(rooms), []);
  assert.deepEqual(tab.disconnects, []);
  assert.equal((await tab.ask('join-room', { room: 'order:refused' })).success, true);
});

test('frozen: what is acknowledged while a refused change may still be carried out holds for the next instance too', MINUTES, async () => {
  await well();
  const relay = await relayTo(left);
  const tab = await Tab.open(relay, operator(unique('frozen')));
  await tab.join('order:stays');
  redis.freeze();
  let refused;
  try {
    refused = await tab.ask('leave-room', { room: 'order:stays' });
    // The socket is in the room, but Redis may still carry out the leave.
    const joined = await tab.ask('join-room', { room: 'order:stays' });
    assert.deepEqual([joined.success, joined.error?.code], [false, 'backplane_away']);
  } finally {
    redis.thaw();
  }
  assert.deepEqual([refused.success, refused.error.code], [false, 'backplane_away']);
  await until('the join to be acknowledged', async () => (await tab.ask('join-room', { room: 'order:stays' })).success, LOSS);
  relay.target = right.port;
  relay.drop();
  await tab.back(2);
  tab.assertRecovered(2);
  assert.ok(tab.greeting(2).rooms.includes('order:stays'), `back in ${tab.greeting(2).rooms}`);
});

test('rolled back: offsets mean other events, so that nobody recovers with them on any instance', MINUTES, async () => {
  await well();
  const [here, gone] = ['here', 'gone'].map((name) => unique(name));
  const relay = await relayTo(left);
  const tab = await Tab.open(right, operator(here));
  const away = await Tab.open(relay, operator(gone));
  const numbers = new Numbers(right, [`operator:${here}`, `operator:${gone}`]);
  await numbers.post(3);
  for (const one of [tab, away]) await one.hasAll(numbers);
  const old = epochOf(tab.greeting(1).position);

  // Copies Redis' current data, and continues.
  await redis.stop();
  const copy = `${scratchFolder('rollback')}/data`;
  cpSync(redis.folder, copy, { recursive: true });
  await redis.start();
  await taken(right);
  const lost = await numbers.post(5);
  for (const one of [tab, away]) await one.hasAll(numbers);
  relay.cut();
  await away.away();
  await redis.stop('SIGKILL');
  rmSync(redis.folder, { recursive: true });
  cpSync(copy, redis.folder, { recursive: true });
  await redis.start();
  await taken(right);
  await numbers.post(5);

  assert.equal((await tab.event('error', undefined, LOSS)).code, 'continuity_lost');
  await tab.back(2);
  tab.assertNew(2);
  await counting(left, 'realtime_recovery_refused', 'reason="epoch"', async () => {
    relay.mend();
    await away.back(2);
  });
  away.assertNew(2);
  for (const one of [tab, away]) {
    assert.notEqual(epochOf(one.greeting(2).position), old, 'another epoch');
    assert.deepEqual(one.got(numbers).filter((n) => n <= lost.at(-1)), numbers.accepted.slice(0, 8), 'nothing of before twice');
  }
  // All instances share the new epoch, and recovery works in it.
  assert.equal(epochOf(tab.greeting(2).position), epochOf(away.greeting(2).position));
  relay.cut();
  await away.away();
  const missed = await numbers.post(3);
  relay.mend();
  await away.back(3);
  away.assertRecovered(3);
  // The instance may not have read all of them when the tab came back.
  await until('the last missed event', () => away.got(numbers).includes(missed.at(-1)));
  assert.deepEqual(away.got(numbers).slice(-3), missed);
});

test('emptied: the sessions are lost, and everybody starts a new one', MINUTES, async () => {
  await well();
  const userId = unique('emptied');
  const tab = await Tab.open(left, operator(userId));
  const first = epochOf(tab.greeting(1).position);
  const noticed = (instance) => metric(instance, 'spring_cloud_stream_redis_rollbacks_total', 'binding="events-in"');
  const before = await Promise.all([left, right].map(noticed));
  await redis.command('FLUSHALL');
  await tab.event('error', ({ code }) => code === 'continuity_lost', LOSS);
  await tab.back(2);
  tab.assertNew(2);
  assert.notEqual(epochOf(tab.greeting(2).position), first);
  await accepted(right, 'call-new', { call: { id: 'after' }, rooms: [`operator:${userId}`] });
  await tab.event('call:new', ({ id }) => id === 'after');
  // An instance may learn of the loss from the epoch first, and close its sockets once more when its reader notices.
  await until('both readers to have noticed', async () =>
    (await Promise.all([left, right].map(noticed))).every((count, n) => count > before[n]), LOSS);
});

test('a gap: the instance\'s sockets receive nothing more and are told so; none recovers on any instance', MINUTES, async () => {
  await well();
  const users = Array.from({ length: 6 }, () => unique('gap'));
  const relays = await Promise.all(users.map(() => relayTo(left)));
  const tabs = await Promise.all(users.map((userId, n) => Tab.open(relays[n], operator(userId))));
  const numbers = new Numbers(right, ['operators']);
  const before = await numbers.post(3);
  for (const tab of tabs) await tab.hasAll(numbers);
  left.freeze();
  const began = Date.now();
  let trimmed;
  try {
    trimmed = await numbers.post(30);
    await redis.command('XTRIM', 'events', 'MAXLEN', '5');
    // An instance compares its position with the stream once a second before it reads; such young entries are never
    // trimmed.
    await until('it to have missed its look at the stream', () => Date.now() - began > 1_500);
  } finally {
    // Who comes back comes to the other instance.
    relays.forEach((relay) => {
      relay.target = right.port;
    });
    left.thaw();
  }
  // Events continue while the sockets are closed one after the other.
  numbers.flow(5);
  const wasTold = ({ events }) => events.some(({ name }) => name === 'error');
  await counting(right, 'realtime_recovery_refused', 'reason="continuity"', async () => {
    await until('one of them to be told', () => tabs.some(wasTold), LOSS);
    // Sockets cut before their turn do not recover either.
    tabs.forEach((tab, n) => wasTold(tab) || relays[n].drop());
    await Promise.all(tabs.map((tab) => tab.back(2)));
  });
  await numbers.stop();
  const [end] = await numbers.post();
  for (const tab of tabs) {
    tab.assertNew(2);
    await until('the last event', () => tab.got(numbers).includes(end));
    const first = tab.eventsOf(1).filter(({ args }) => args[0]?.mark === numbers.mark).map(({ args }) => args[0].id);
    // Redis had answered with the next event before the others were trimmed.
    assert.deepEqual(first, numbers.accepted.slice(0, first.length), `nothing after the hole of ${trimmed.length}`);
    assert.ok(first.length <= before.length + 1, `${first.length} events`);
    const second = tab.got(numbers).slice(first.length);
    assert.deepEqual(second, numbers.accepted.slice(numbers.accepted.indexOf(second[0])), 'everything since it came back');
  }
});

// A tab recovers after losing its connection: with the oldest and newest clients that can, over every transport, on
// another instance, for the hundredth time, and many at once.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Cluster } from '../support/cluster.mjs';
import { join } from '../support/clients.mjs';
import { onClose, testsOf } from '../support/harness.mjs';
import { unique } from '../support/http.mjs';
import { metric } from '../support/metrics.mjs';
import { Numbers } from '../support/numbers.mjs';
import { Relay } from '../support/relay.mjs';
import { RECOVERING, Tab } from '../support/tab.mjs';
import { director, operator } from '../support/tokens.mjs';
import { random } from '../support/traffic.mjs';
import { until } from '../support/wait.mjs';

const TRANSPORTS = [['websocket'], ['polling'], ['polling', 'websocket']];
const MINUTES = { timeout: 180_000 };
const TABS = 300;

let cluster;
let one;
let two;
before(async () => {
  cluster = await Cluster.start(1);
  // An instance with a small ring: returning clients may be served from the stream.
  await cluster.add({ REALTIME_RECOVERY_RINGBYTES: '1MB' });
  [one, two] = cluster.instances;
});
after(() => cluster?.stop());
const test = testsOf(() => cluster?.instances);

/** A relay to that instance, whose further connections can be redirected to another. */
async function relayTo(instance) {
  const relay = await Relay.to(instance.port);
  onClose(() => relay.close());
  return relay;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

for (const [version, client] of Object.entries(RECOVERING)) {
  for (const transports of TRANSPORTS) {
    test(`socket.io-client ${version}, ${transports.join(' then ')}: back with its id, its rooms and all it missed`, MINUTES, async () => {
      const userId = unique('back');
      const order = `order:${userId}`;
      const boss = await join(two, director(unique('boss')));
      const relay = await relayTo(one);
      const tab = await Tab.open(relay, operator(userId), { client, transports });
      await tab.join(order);
      const numbers = new Numbers(two, [order, `operator:${userId}`]).flow();
      await until('some events', () => tab.got(numbers).length > 10);

      for (const [nth, instance] of [[2, two], [3, one]]) {
        relay.target = instance.port;
        relay.cut();
        await tab.away();
        const missed = numbers.accepted.length + 20;
        await until('events to be missed', () => numbers.accepted.length > missed);
        relay.mend();
        await tab.back(nth);
        const live = numbers.accepted.length + 5;
        await until('live events', () => tab.got(numbers).length > live);
        tab.assertRecovered(nth);
        assert.ok(tab.greeting(nth).rooms.includes(order), JSON.stringify(tab.greeting(nth)));
        assert.equal(tab.greeting(nth).userId, userId);
      }
      await numbers.stop();
      await tab.hasAll(numbers);
      // Acknowledgements and changes of rooms still work.
      const { success, room, position } = await tab.ask('join-room', { room: order });
      assert.deepEqual([success, room], [true, order]);
      assert.ok(position, 'the position of a join');
      // Nobody was told: events have one order, and the tab's departure would have come before.
      const changes = boss.events.filter(({ name, args }) => name.startsWith('user:') && args[0].userId === userId);
      assert.deepEqual(changes.map(({ name }) => name).filter((name) => name === 'user:offline'), []);
    });
  }
}

for (const [transports, cuts, pauseMs, atMostMs] of [[['websocket'], 100, 3, 80], [['polling'], 20, 5, 250]]) {
  test(`${transports}: cut ${cuts} times under events, at random moments, from instance to instance`, MINUTES, async (t) => {
    const next = random(cuts);
    const userId = unique('cuts');
    const relay = await relayTo(one);
    const tab = await Tab.open(relay, operator(userId), { transports, reconnectionDelay: 5, reconnectionDelayMax: 20 });
    const numbers = new Numbers(one, [`operator:${userId}`], 1_000).flow(pauseMs);
    for (let cut = 0; cut < cuts; cut++) {
      // The new connection may be anywhere by then: at its handshake, before CONNECT, or in the middle of the replay.
      const taken = relay.taken;
      relay.target = cut % 2 ? one.port : two.port;
      relay.drop();
      await until('a new connection', () => relay.taken > taken, { timeoutMs: 30_000, everyMs: 2 });
      await pause(next() * atMostMs);
    }
    await until('the tab to be back', () => tab.socket.connected, { timeoutMs: 30_000 });
    await numbers.stop();
    await tab.hasAll(numbers);
    t.diagnostic(`${tab.lives.length - 1} returns, ${numbers.accepted.length} events`);
    assert.ok(tab.lives.length > cuts / 10, `only ${tab.lives.length} lives`);
    assert.deepEqual(tab.lives.slice(1).filter(({ recovered }) => !recovered), []);
    assert.equal(new Set(tab.lives.map(({ id }) => id)).size, 1);
  });
}

for (const transports of TRANSPORTS) {
  test(`${transports.join(' then ')}: cut in the middle of the replay repeatedly: it continues at its position`, MINUTES, async () => {
    const userId = unique('replay');
    const relay = await relayTo(one);
    const tab = await Tab.open(relay, operator(userId), { transports });
    const numbers = new Numbers(one, [`operator:${userId}`], 8_000);
    await numbers.post(5);
    await tab.hasAll(numbers);
    relay.target = two.port;
    relay.cut();
    await tab.away();
    await numbers.post(200);
    for (const [nth, least] of [[2, 30], [3, 80]]) {
      relay.mend();
      relay.slow({ bytesPerSecond: 1_000_000 }, 'down');
      await until('a part of the replay', () => tab.lives.length === nth && tab.got(numbers).length > least, { timeoutMs: 30_000, everyMs: 2 });
      relay.target = nth % 2 ? two.port : one.port;
      relay.cut();
      await tab.away();
      // A single poll may return the whole replay.
      const whole = tab.got(numbers).length === numbers.accepted.length;
      assert.ok(!whole || transports[0] === 'polling', 'all events had come');
      if (!whole) assert.equal(tab.greeting(nth), undefined, 'no connected before the end of the replay');
    }
    relay.mend();
    await tab.back(4);
    await numbers.post(5);
    await tab.hasAll(numbers);
    tab.assertRecovered(4);
    assert.deepEqual(tab.lives.map(({ recovered }) => !!recovered), [false, true, true, true]);
  });
}

test('more was missed than an outbox may hold: it is replayed as fast as the client reads', MINUTES, async () => {
  const userId = unique('much');
  const relay = await relayTo(two);
  const tab = await Tab.open(relay, operator(userId));
  const numbers = new Numbers(one, [`operator:${userId}`], 200_000);
  for (const [nth, instance] of [[2, one], [3, two]]) {
    relay.target = instance.port;
    relay.cut();
    await tab.away();
    await numbers.post(40);
    relay.mend();
    relay.slow({ bytesPerSecond: 6_000_000 }, 'down');
    await tab.back(nth);
    tab.assertRecovered(nth);
    await tab.hasAll(numbers);
  }
});

/** The number of stream ranges read from Redis so far. */
async function ranges() {
  const text = await cluster.redis.answerTo('tests', 'INFO', 'commandstats');
  return [...text.matchAll(/cmdstat_x(?:rev)?range:calls=(\d+)/g)].reduce((sum, [, calls]) => sum + Number(calls), 0);
}

test(`${TABS} tabs come back at once, from the ring and then from the stream: all recovered, a handful of reads`, MINUTES, async (t) => {
  const relay = await relayTo(two);
  const tabs = await Promise.all(Array.from({ length: TABS }, (_, n) =>
    // As many per user as allowed.
    Tab.open(relay, operator(`storm-${Math.floor(n / 10)}`), { reconnectionDelay: 100, reconnectionDelayMax: 500 })));
  const numbers = new Numbers(one, ['operators']);
  await numbers.post(20);
  // Events without receivers fill a ring as well.
  const filler = new Numbers(one, ['order:of-nobody'], 100_000);

  for (const [nth, instance, least] of [[2, one, 0], [3, two, 1]]) {
    relay.target = instance.port;
    relay.cut();
    await Promise.all(tabs.map((tab) => tab.away()));
    await numbers.post(100);
    await filler.post(15);
    await numbers.post(100);
    const before = await ranges();
    const pages = await metric(instance, 'realtime_recovery_pages_read_total');
    const recovered = () => metric(instance, 'realtime_recovery_recovered_total', `source="${least ? 'stream' : 'ring'}"`);
    const earlier = await recovered();
    const began = performance.now();
    relay.mend();
    await Promise.all(tabs.map((tab) => tab.back(nth)));
    const tookMs = Math.round(performance.now() - began);
    const read = await ranges() - before;
    const paged = await metric(instance, 'realtime_recovery_pages_read_total') - pages;
    t.diagnostic(`${tookMs} ms, ${read} ranges read, ${paged} of them pages`);
    for (const tab of tabs) tab.assertRecovered(nth);
    assert.equal(await recovered() - earlier, TABS);
    assert.ok(read >= least && read <= 40, `${read} ranges were read`);
    assert.ok(least ? paged > 0 : paged === 0, `${paged} pages were read`);
  }
  await numbers.post(3);
  for (const tab of tabs) await tab.hasAll(numbers);
  await until('the ring to be within its bound', async () => (await metric(two, 'realtime_recovery_ring_bytes')) <= 1024 * 1024);
  assert.ok(await metric(one, 'realtime_recovery_ring_bytes') > 3_000_000);
});

// Draining: a rolling restart of all three instances under load, and quick shutdowns without other instances.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Balancer } from '../support/balancer.mjs';
import { Cluster } from '../support/cluster.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, request } from '../support/http.mjs';
import { Numbers } from '../support/numbers.mjs';
import { Redis } from '../support/redis.mjs';
import { SECRETS, Service } from '../support/service.mjs';
import { RECOVERING, Tab } from '../support/tab.mjs';
import { operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const DRAIN_SECONDS = 15;
const INSTANCES = 3;
const TABS = 150;
const SHARE_IN_A_SECOND = 0.05;
/** Averaged over this many seconds: on a busy machine the tabs' timers stall for one and then all fire. */
const WINDOW_SECONDS = 5;
const MINUTES = { timeout: 300_000 };

const READINESS = '/actuator/health/readiness';
const HANDSHAKE = '/socket.io/?EIO=4&transport=polling';

let cluster;
let balancer;
before(async () => {
  cluster = await Cluster.start(INSTANCES, { REALTIME_DRAIN_TIME: `${DRAIN_SECONDS}s` });
  balancer = await Balancer.start(() => cluster.instances);
});
after(async () => {
  balancer?.stop();
  await cluster?.stop();
});
const test = testsOf(() => cluster?.instances);

/** Most tabs use WebSocket, since polls through the balancer in this process would dominate the load. */
function transportsOf(n) {
  if (n % 30 === 0) return ['polling'];
  return n % 30 === 1 ? ['polling', 'websocket'] : ['websocket'];
}

/** The most sessions opened at one instance within this many seconds, and its port. */
function rush(opened, seconds) {
  let most = { sessions: 0 };
  for (const [n, { port, at }] of opened.entries()) {
    const sessions = opened.slice(n).filter((other) => other.port === port && other.at < at + seconds * 1_000).length;
    if (sessions > most.sessions) most = { sessions, port };
  }
  return most;
}

test('a rolling restart under load: no post fails, every tab returns, nothing is lost, no instance is overrun', MINUTES, async (t) => {
  const versions = Object.values(RECOVERING);
  const tabs = await Promise.all(Array.from({ length: TABS }, (_, n) => Tab.open(balancer, operator(n), {
    transports: transportsOf(n), reconnectionDelay: 1_000, reconnectionDelayMax: 5_000, client: versions[n % versions.length],
  })));
  const rooms = ['order:1'];
  await Promise.all(tabs.map((tab) => tab.join(rooms[0])));
  tabs.forEach((tab, n) => { tab.upgrades = transportsOf(n).length > 1; });
  balancer.opened.length = 0;
  const numbers = new Numbers(balancer, rooms).flow(20);

  const ends = [];
  for (let index = 0; index < INSTANCES; index++) {
    const begun = performance.now();
    const { code, signal } = await cluster.restart(index);
    ends.push({ code, signal, seconds: Math.round((performance.now() - begun) / 1_000) });
    await until('everybody to be back', () => tabs.every(({ socket }) => socket.connected), { timeoutMs: 30_000 });
  }
  // A failed post ends the flow and is reported here.
  await numbers.stop();

  const { sessions, port } = rush(balancer.opened, WINDOW_SECONDS);
  t.diagnostic(JSON.stringify({ posts: numbers.accepted.length, returns: balancer.opened.length, sentOn: balancer.sentOn, rush: rush(balancer.opened, 1).sessions, ends }));
  assert.deepEqual(ends.map(({ code, signal }) => code ?? signal), Array(INSTANCES).fill(143));
  // The tabs of the first instance move at least once.
  assert.ok(balancer.opened.length >= TABS / INSTANCES, `only ${balancer.opened.length} returns`);
  for (const tab of tabs) {
    const returns = tab.lives.length - 1;
    assert.deepEqual(tab.disconnects, Array(returns).fill('transport close'));
    const told = tab.events.filter(({ name, args }) => name === 'error' && args[0].code === 'server_shutdown').length;
    // An upgraded WebSocket may pass through another instance, which closes it without an error event.
    assert.ok(tab.upgrades ? told <= returns : told === returns, `${told} of ${returns} closes were told`);
    await tab.hasAll(numbers);
    for (let nth = 2; nth <= tab.lives.length; nth++) tab.assertRecovered(nth);
  }
  assert.ok(sessions <= TABS * SHARE_IN_A_SECOND * WINDOW_SECONDS, `${sessions} sessions within ${WINDOW_SECONDS} s at port ${port}`);
});

test('a draining instance serves its remaining sockets and refuses new sessions', MINUTES, async () => {
  const [home] = cluster.instances;
  const tabs = await Promise.all([1, 2, 3].map((n) => Tab.open(home, operator(n), { reconnection: false })));
  const ended = home.stop('SIGTERM', 60_000);
  // Further signals have no effect.
  process.kill(home.pid, 'SIGTERM');
  process.kill(home.pid, 'SIGINT');
  await until('the first tab to be asked to move', () => tabs.some(({ disconnects }) => disconnects.length === 1));
  assert.equal((await request(home.url + READINESS)).status, 503);
  const refused = await request(home.url + HANDSHAKE);
  assert.deepEqual([refused.status, refused.headers['retry-after'], refused.headers.connection], [503, '1', 'close']);
  const left = tabs.filter(({ socket }) => socket.connected);
  assert.equal(left.length, 2, 'not all at once');
  await accepted(home, 'call-new', { call: { id: 'meanwhile' }, rooms: ['operators'] });
  for (const tab of left) {
    await tab.join('order:2');
    await tab.event('call:new', ({ id }) => id === 'meanwhile');
  }
  // Ends early if no socket is left.
  left.forEach((tab) => tab.close());
  const { code } = await ended;
  // The exit code depends on which signal came first.
  assert.ok([130, 143].includes(code), `it ended with ${code}`);
  assert.match(home.output, /Drained in \d s, 0 sockets are left/);
});

test('a single instance, and all instances together, end at once regardless of the drain time', MINUTES, async () => {
  const redis = await Redis.start();
  const services = [];
  try {
    const env = { ...redis.env, ...SECRETS, REALTIME_DRAIN_TIME: '10m' };
    services.push(await Service.start(env), await Service.start(env));
    const tabs = await Promise.all(services.map((service) => Tab.open(service, operator(1), { reconnection: false })));
    // A shutdown that takes minutes fails the test through its signal.
    const ends = await Promise.all(services.map((service) => service.stop('SIGTERM', 60_000)));
    assert.deepEqual(ends.map(({ code }) => code), [143, 143]);
    for (const tab of tabs) await tab.event('error', ({ code }) => code === 'server_shutdown');
  } finally {
    await Promise.all(services.map((service) => service.stop('SIGKILL')));
    await redis.stop('SIGKILL');
  }
});

// Draining: a rolling restart of all three instances under load, and quick shutdowns without other instances.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Balancer } from '../support/balancer.mjs';
import { Cluster } from '../support/cluster.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, request } from '../support/http.mjs';
import { Redis } from '../support/redis.mjs';
import { rollingRestart } from '../support/rolling.mjs';
import { SECRETS, Service } from '../support/service.mjs';
import { Tab } from '../support/tab.mjs';
import { WEBHOOK_TOKEN, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const DRAIN_SECONDS = 15;
const INSTANCES = 3;
const TABS = 150;
/** Polls through the balancer in this process would dominate the load if there were more. */
const POLLING_ONE_IN = 30;
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

test('a rolling restart under load: no post fails, every tab returns, nothing is lost, no instance is overrun', MINUTES, (t) =>
  rollingRestart({ cluster, balancer, tabs: TABS, oneIn: POLLING_ONE_IN, pauseMs: 20, report: (figures) => t.diagnostic(JSON.stringify(figures)) }));

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

test('whoever is on a call moves last', MINUTES, async () => {
  const home = cluster.instances[1];
  const moved = [];
  for (const id of [31, 32, 33, 34]) {
    const tab = await Tab.open(home, operator(id), { reconnection: false });
    tab.socket.on('disconnect', () => moved.push(id));
  }
  // The one who has been idle for the longest would be the first.
  await accepted(home, 'call-new', { call: { id: 'long', operatorId: 31 }, rooms: ['operator:31'] });
  await accepted(home, 'call-updated', { call: { id: 'long', status: 'answered' }, rooms: ['operator:31'] });
  await until('the answered call on the board', async () => {
    const { json } = await request(`${home.url}/api/v1/board/calls?stage=talking`, { headers: { 'X-Webhook-Token': WEBHOOK_TOKEN } });
    return json.rows.some(({ id }) => id === 'long');
  });
  await home.stop('SIGTERM', 60_000);
  assert.equal(moved.length, 4);
  assert.equal(moved.at(-1), 31, `moved in the order ${moved}`);
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

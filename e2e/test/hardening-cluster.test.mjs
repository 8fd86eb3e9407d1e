// Three instances: commands go to the socket's instance, access to Redis alone does not suffice to give one, and the
// register shows the instances and their protocol versions.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before } from 'node:test';
import { join } from '../support/clients.mjs';
import { Cluster } from '../support/cluster.mjs';
import { testsOf } from '../support/harness.mjs';
import { Honest } from '../support/honest.mjs';
import { request } from '../support/http.mjs';
import { metric } from '../support/metrics.mjs';
import { ADMIN_API_SECRET, JWT_SECRET, adminToken, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const MINUTES = { timeout: 120_000 };
const FORGED = 1_000;
const FOREIGN = 'Zz_other';

let cluster;
before(async () => {
  cluster = await Cluster.start(3, { ADMIN_API_SECRET });
});
after(() => cluster?.stop());
const test = testsOf(() => cluster?.instances);

const call = (instance, method, path, body) => request(`${instance.url}/api/v1/admin${path}`, {
  method,
  headers: { Authorization: `Bearer ${adminToken('admin')}`, ...(body && { 'Content-Type': 'application/json' }) },
  body: body && JSON.stringify(body),
});

const problems = async (instance) => (await request(`${instance.url}/health`)).json.problems;

/** The name of the client's instance, once all instances know the socket. */
async function home(client) {
  let name;
  for (const instance of cluster.instances) {
    name = await until('the socket to be known everywhere', async () => {
      const { json } = await call(instance, 'GET', `/stats/connections?user=${client.userId}`);
      return json.data.connections[0]?.instance;
    });
  }
  return name;
}

/** Writes a record to the stream of commands this many times. */
const write = (payload, times = 1) => cluster.redis.command(
  'EVAL', "for n = 1, tonumber(ARGV[2]) do redis.call('XADD', KEYS[1], '*', 'payload', ARGV[1], 'headers', '{}') end return 1",
  '1', 'control', payload, String(times));

const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

function sealed(body, secret, protocol = 1) {
  const text = JSON.stringify(body);
  const mac = hmac(hmac(secret, 'realtime: commands between instances'), `${protocol}\n${text}`).toString('base64url');
  return JSON.stringify({ protocol, mac, body: text });
}

const closing = (socketId, instance, more = {}) => ({
  id: `forged-${Math.random()}`, time: Date.now(), from: instance, to: [instance],
  command: { name: 'close-socket', socketId, reason: 'forged' }, ...more,
});

test('one command, one answer, and no other instance is asked', MINUTES, async () => {
  const client = await join(cluster.instances[2], operator(71), { reconnection: false });
  const instance = await home(client);
  const length = async () => Number((await cluster.redis.command('XLEN', 'control')).slice(1));
  const before = await length();
  const { status, json } = await call(cluster.instances[0], 'POST', `/connections/${client.socket.id}/close`, { reason: 'test' });
  assert.deepEqual([status, json.byInstance, json.silent], [200, { [instance]: 1 }, []]);
  await client.event('error', ({ code }) => code === 'closed_by_admin');
  assert.equal((await length()) - before, 2);
});

test('a writer to Redis without JWT_SECRET can close nothing, and is logged once', MINUTES, async () => {
  const honest = await Honest.start(cluster.instances[0]);
  const client = await join(cluster.instances[1], operator(72), { reconnection: false });
  const instance = await home(client);
  const socketId = client.socket.id;
  const dropped = (reason) => metric(cluster.instances[1], 'realtime_commands_dropped_total', `reason="${reason}"`);
  const forgedBefore = await dropped('forged');
  await write(sealed(closing(socketId, instance), 'a-guess-of-more-than-thirty-two-bytes-at-the-secret'), FORGED);
  await write(JSON.stringify({ id: 'x', instance, action: 'close-socket', arguments: { socket: socketId, reason: 'old' } }));
  const stale = closing(socketId, instance, { time: Date.now() - 120_000 });
  await write(sealed(stale, JWT_SECRET));
  await write(sealed(closing(socketId, instance), JWT_SECRET, 7));
  await until('all to be dropped', async () => (await dropped('foreign_version')) === 1, { timeoutMs: 30_000 });
  assert.equal((await dropped('forged')) - forgedBefore, FORGED);
  assert.deepEqual([await dropped('malformed'), await dropped('stale')], [1, 1]);
  assert.equal(cluster.instances[1].output.match(/its sender does not know JWT_SECRET/g).length, 1);
  assert.deepEqual(client.disconnects, []);
  assert.ok((await problems(cluster.instances[1])).some((one) => one.startsWith('protocol_version: ')));
  await honest.check();
});

test('all instances report one with another protocol version until it is gone', MINUTES, async () => {
  const add = async () => {
    await cluster.redis.command('HSET', 'realtime:{instances}', FOREIGN, '9 in a form of its own');
    await cluster.redis.command('ZADD', 'realtime:{instances}:beats', String(Date.now()), FOREIGN);
  };
  const naming = (list) => list.filter((one) => one.includes(`instance ${FOREIGN} speaks protocol version 9`)).length;
  for (const instance of cluster.instances) {
    await until('health to name it', async () => {
      await add();
      return naming(await problems(instance)) === 1;
    });
    assert.match(instance.output, new RegExp(`WARN.*register entry of instance ${FOREIGN}: it has protocol version 9`));
  }
  await cluster.redis.command('ZREM', 'realtime:{instances}:beats', FOREIGN);
  for (const instance of cluster.instances) {
    await until('health to be silent about it', async () => naming(await problems(instance)) === 0);
  }
});

test('a killed instance is removed together with its sockets', MINUTES, async () => {
  const client = await join(cluster.instances[2], operator(73), { reconnection: false });
  const name = await home(client);
  const report = async () => (await call(cluster.instances[0], 'GET', '/instances')).json;
  assert.equal((await report()).instances.length, 3);
  await cluster.instances[2].stop('SIGKILL');
  await until('two instances, and nobody silent', async () => {
    const { instances, silent } = await report();
    return instances.length === 2 && silent.length === 0;
  }, { timeoutMs: 30_000 });
  await until('the socket to be gone', async () =>
    (await call(cluster.instances[0], 'POST', `/connections/${client.socket.id}/close`, { reason: 'test' })).status === 404,
  { timeoutMs: 30_000 });
  await until('its entry to be gone', async () =>
    (await cluster.redis.command('HEXISTS', 'realtime:{instances}', name)) === ':0', { timeoutMs: 30_000 });
});

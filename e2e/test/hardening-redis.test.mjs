// Errors of Redis are named in the answer, in /health and once in the log; and a filling Redis is always reported.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { broadcast, request, unique } from '../support/http.mjs';
import { scratchFolder } from '../support/paths.mjs';
import { SECRETS, jar, ownService } from '../support/service.mjs';
import { ADMIN_API_SECRET, adminToken, operator } from '../support/tokens.mjs';
import { until, within } from '../support/wait.mjs';

const MEGABYTES = 32;
/** Permissions that tests take from the service's user. */
const RIGHTS = ['+eval', '+evalsha', '+xadd', '+xread'];

/** Adds foreign keys until this percentage of the memory is used. */
const FILL = `
  local info = function(name) return tonumber(string.match(redis.call('INFO', 'memory'), '\\n' .. name .. ':(%d+)')) end
  local n = 0
  while info('used_memory') < info('maxmemory') * ARGV[1] / 100 do
    n = n + 1
    redis.call('SET', 'foreign:' .. ARGV[1] .. ':' .. n, string.rep('x', 120000))
  end
  return n`;
const FREE = "local n = 0 for _, key in ipairs(redis.call('KEYS', 'foreign:*')) do n = n + redis.call('DEL', key) end return n";

const LONGEST = `
  local most = 0
  for _, key in ipairs(redis.call('KEYS', ARGV[1])) do most = math.max(most, redis.call('PTTL', key)) end
  return most`;

let redis;
let service;
before(async () => {
  ({ redis, service } = await ownService({ ADMIN_API_SECRET }));
  await redis.command('CONFIG', 'SET', 'maxmemory', `${MEGABYTES}mb`);
});
const test = testsOf(() => service);

const post = (id, headers = {}) => broadcast(service, 'call-new', { call: { id }, rooms: ['operators'] }, { headers });
const health = async () => (await request(`${service.url}/health`)).json;
const problem = (code) => until(`/health to name ${code}`, async () => {
  const { status, problems } = await health();
  return status === 'degraded' && problems.find((text) => text.startsWith(`${code}:`));
});
const healthy = () => until('/health to be ok', async () => (await health()).status === 'ok', { timeoutMs: 20_000 });
const log = (pattern) => service.output.split('\n').filter((line) => pattern.test(line));

function refusedWith(answer, code) {
  assert.equal(answer.status, 503, answer.text);
  assert.equal(answer.json.code, code, answer.text);
  assert.match(answer.headers['retry-after'], /^\d+$/);
}

const accept = (id) => until(`event ${id} to be accepted`, async () => (await post(id)).status === 200, { timeoutMs: 20_000 });

test('foreign data fills Redis: degraded, then events are refused, then all is well again', async () => {
  const client = await join(service, operator(17));
  const begun = log(/WARN.*of its memory/).length;
  const still = unique('filling');
  const admin = { Authorization: `Bearer ${adminToken('admin')}` };
  let late;
  try {
    await redis.command('EVAL', FILL, '0', '84');
    assert.match(await problem('redis_memory'), /Redis uses 8\d % of its memory/);
    assert.equal((await post(still)).status, 200);

    await redis.command('EVAL', FILL, '0', '96');
    assert.match(await problem('backplane_full'), /events are refused/);
    refusedWith(await post('refused'), 'backplane_full');
    refusedWith(await post('refused', { Origin: service.url }), 'backplane_full');
    const notification = { notification: { message: 'full' }, to: { everybody: true } };
    const told = await request(`${service.url}/api/v1/admin/notifications`, { headers: admin, body: notification });
    refusedWith(told, 'backplane_full');
    // Presence, commands and audit continue.
    late = await join(service, operator(18));
    await until('the late one to be counted', async () => {
      const { text, json } = await request(`${service.url}/api/v1/stats/connections`);
      if (json.data.total !== 2) throw new Error(text);
      return true;
    });
    const asked = await request(`${service.url}/api/v1/admin/instances`, { headers: admin });
    assert.equal(asked.status, 200, asked.text);
  } finally {
    await redis.command('EVAL', FREE, '0');
  }
  await healthy();
  const after = unique('freed');
  await accept(after);
  await settled(service, client, late);
  const ids = client.broadcasts().map(([, { id }]) => id);
  assert.deepEqual(ids.filter((id) => [still, after, 'refused'].includes(id)), [still, after]);
  assert.deepEqual([...client.disconnects, ...late.disconnects], []);
  assert.equal(log(/WARN.*of its memory/).length - begun, 2, 'one line for each mark');
});

test('internal idempotence keys are remembered for seconds, a caller\'s key for minutes', async () => {
  const longest = async (pattern) => Number((await redis.command('EVAL', LONGEST, '0', pattern)).slice(1));
  assert.equal((await post('plain')).status, 200);
  assert.equal((await post('keyed', { 'Idempotency-Key': 'mine' })).status, 200);
  const own = await longest('events:{events}:idempotence:own:*');
  assert.ok(own > 0 && own <= 10_000, `${own} ms`);
  assert.ok(await longest('events:{events}:idempotence:*mine') > 540_000);
});

const refusals = {
  'a replica': [
    () => redis.command('REPLICAOF', '127.0.0.1', '1'), () => redis.command('REPLICAOF', 'NO', 'ONE'), 'backplane_read_only'],
  'a master without its replicas': [
    () => redis.command('CONFIG', 'SET', 'min-replicas-to-write', '1'),
    () => redis.command('CONFIG', 'SET', 'min-replicas-to-write', '0'), 'backplane_read_only'],
  'a user without scripts': [
    () => redis.command('ACL', 'SETUSER', 'gateway', '-eval', '-evalsha'),
    () => redis.command('ACL', 'SETUSER', 'gateway', ...RIGHTS), 'backplane_forbidden'],
  'a user without XADD': [
    () => redis.command('ACL', 'SETUSER', 'gateway', '-xadd'),
    () => redis.command('ACL', 'SETUSER', 'gateway', ...RIGHTS), 'backplane_forbidden'],
};
for (const [what, [begin, end, code]] of Object.entries(refusals)) {
  test(`${what} is named, and not reported as unavailable`, async () => {
    const client = await join(service, operator(17));
    const before = unique('before');
    await accept(before);
    const begun = log(/WARN.*publishing/).length;
    await begin();
    try {
      for (let n = 0; n < 3; n++) refusedWith(await post(`refused-${n}`), code);
      await problem(code);
      assert.equal((await health()).redis.status, 'up');
      assert.equal(log(/WARN.*publishing/).length - begun, 1, 'told once');
    } finally {
      assert.match(await end(), /^\+OK/);
    }
    const after = unique('after');
    await accept(after);
    await healthy();
    await settled(service, client);
    assert.deepEqual(client.broadcasts().map(([, { id }]) => id).filter((id) => id === before || id === after), [before, after]);
    assert.deepEqual(client.disconnects, []);
  });
}

test('a reader without permission is named, and continues at its position', async () => {
  const client = await join(service, operator(17));
  await redis.command('ACL', 'SETUSER', 'gateway', '-xread');
  const unread = unique('unread');
  try {
    assert.match(await problem('backplane_forbidden'), /reading/);
    assert.equal((await post(unread)).status, 200);
    assert.ok(log(/WARN.*(Reading events|reading)/).length <= 8, log(/WARN.*eading/).join('\n'));
  } finally {
    await redis.command('ACL', 'SETUSER', 'gateway', ...RIGHTS);
  }
  await client.event('call:new', ({ id }) => id === unread);
  await healthy();
  assert.deepEqual(client.disconnects, []);
});

test('an evicting policy is reported at run time, and refused at the start', { timeout: 120_000 }, async () => {
  await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
  const second = jar(['--realtime.bind-address=127.0.0.1'], {
    env: { ...redis.env, ...SECRETS, PORT: '0' }, cwd: scratchFolder('refused'),
  });
  try {
    assert.match(await problem('backplane_misconfigured'), /maxmemory-policy is allkeys-lru/);
    const { code } = await within(90_000, 'the start to be refused', second.ended);
    assert.notEqual(code, 0);
    assert.match(second.output, /realtime-service does not start:[^]*maxmemory-policy is allkeys-lru and must be noeviction/);
  } finally {
    await second.stop('SIGKILL');
    await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
  }
  await healthy();
});

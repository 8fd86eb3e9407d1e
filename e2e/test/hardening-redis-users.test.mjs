// The permissions of the users in deploy/redis/users.acl, with which every end-to-end test runs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join as path } from 'node:path';
import { after, before } from 'node:test';
import { Console, Person, startBrowser } from '../support/console.mjs';
import { join } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, broadcast, request, unique } from '../support/http.mjs';
import { REPOSITORY } from '../support/paths.mjs';
import { Redis } from '../support/redis.mjs';
import { SECRETS, Service } from '../support/service.mjs';
import { ADMIN_API_SECRET, adminToken, operator } from '../support/tokens.mjs';
import { until, within } from '../support/wait.mjs';

const APPEND_ONCE = readFileSync(path(REPOSITORY,
  'spring-cloud-stream-binder-redis/src/main/resources/dev/realtime/stream/binder/redis/producer/append-once.lua'), 'utf8');
const FOREIGN = ['control', 'presence', 'audit', 'realtime:{blocks}', 'events:x', 'control:x'];

let redis;
let service;
let console_;
let browser;
before(async () => {
  redis = await Redis.start();
  service = await Service.start({ ...redis.env, ...SECRETS, ADMIN_API_SECRET });
  console_ = await Console.start(redis, [service.url]);
}, { timeout: 300_000 });
after(async () => {
  await browser?.close();
  await console_?.stop();
  await service?.stop();
  await redis?.stop('SIGKILL');
});
const test = testsOf(() => [console_, service]);

async function admin(method, call, body) {
  const answer = await request(`${service.url}/api/v1/admin${call}`, {
    method,
    headers: { Authorization: `Bearer ${adminToken('admin')}`, ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  assert.equal(answer.status, 200, `${method} ${call}: ${answer.text}`);
  return answer.json;
}

/** The refusals so far: `user: command or key`. Ignores CLIENT SETINFO of client libraries. */
async function refusals() {
  const words = (await redis.answerTo('tests', 'ACL', 'LOG', '100')).split('\r\n').filter((line) => !/^[*$:%,]/.test(line));
  const entries = words.flatMap((word, i) => (word === 'object' ? [{ object: words[i + 1], user: words[words.indexOf('username', i) + 1] }] : []));
  return entries.filter(({ object }) => object !== 'client|setinfo').map(({ user, object }) => `${user}: ${object}`);
}

const denied = async (user, ...words) => {
  const answer = await redis.commandOf(user, ...words);
  assert.match(answer, /^-NOPERM/, `${user} ${words.join(' ')}: ${answer}`);
};

test('no command of the service or the console is refused', { timeout: 120_000 }, async () => {
  const client = await join(service, operator(71));
  await client.join('order:7');
  const { id } = await accepted(service, 'call-new', { call: { id: unique('call') }, rooms: ['operators'] });
  const key = { headers: { 'Idempotency-Key': unique('key') } };
  const call = { call: { id: unique('once') }, rooms: ['operators'] };
  const first = await broadcast(service, 'call-new', call, key);
  assert.equal((await broadcast(service, 'call-new', call, key)).json.id, first.json.id);
  await client.event('call:new', (got) => got.id === call.call.id);
  await client.ask('leave-room', { room: 'order:7' });

  browser = await startBrowser();
  const person = await Person.with(browser, console_);
  await person.logIn('admin');
  await person.open('events');
  const shown = unique('shown');
  await accepted(service, 'notification', { notification: { message: shown }, userId: 71 });
  await client.event('notification', (got) => got.message === shown);

  for (const view of ['instances', 'stats/connections', 'stats/rooms', 'events', `events/${id}`, 'audit', 'blocks']) {
    await admin('GET', `/${view}`);
  }
  await admin('POST', '/notifications', { to: { users: ['71'] }, notification: { message: 'all is well' } });
  await admin('POST', `/connections/${client.socket.id}/join`, { room: 'order:8', reason: 'test' });
  await admin('POST', `/connections/${client.socket.id}/leave`, { room: 'order:8', reason: 'test' });
  await admin('POST', '/users/72/block', { seconds: 60, reason: 'test' });
  await admin('POST', '/users/72/unblock', { reason: 'test' });
  await admin('POST', `/connections/${client.socket.id}/close`, { reason: 'test' });
  await until('the closed one to be gone', () => client.disconnects.length > 0);
  assert.equal((await request(`${service.url}/health`)).json.status, 'ok');
  assert.deepEqual(await refusals(), []);
});

test('a publisher adds events, once per key, and can do nothing else', async () => {
  const client = await join(service, operator(73));
  const event = (id) => ['headers', JSON.stringify({ event: 'call:new' }), 'payload', JSON.stringify({ id })];
  assert.match(await redis.commandOf('publisher', 'XADD', 'events', '*', ...event('published')), /^\$\d+$/);
  await client.event('call:new', ({ id }) => id === 'published');
  const once = ['EVAL', APPEND_ONCE, '2', 'events', 'events:{events}:idempotence:publisher', '60000', 'same', '*', ...event('published once')];
  const [first, second] = [await redis.answerTo('publisher', ...once), await redis.answerTo('publisher', ...once)];
  assert.match(first, /^\*2\r\n\$\d+\r\n\d+-\d+\r\n:0/);
  assert.equal(second, first.replace(/:0(\r\n)?$/, ':1$1'));

  for (const key of FOREIGN) await denied('publisher', 'XADD', key, '*', 'a', 'b');
  for (const words of [['XRANGE', 'events', '-', '+'], ['XTRIM', 'events', 'MAXLEN', '0'], ['DEL', 'events'], ['SET', 'events', 'x'],
    ['GET', 'realtime:{secrets}:salt'], ['CONFIG', 'GET', '*'], ['ACL', 'LIST'], ['FLUSHALL'], ['KEYS', '*']]) {
    await denied('publisher', ...words);
  }
  assert.match(await redis.commandOf('publisher', 'EVAL', "return redis.call('DEL', KEYS[1])", '1', 'events'), /^-/);
  assert.match(await redis.commandOf('publisher', 'EVAL', "return redis.call('XTRIM', KEYS[1], 'MAXLEN', 0)", '1', 'events'), /^-/);
  assert.match(await redis.commandOf('publisher', 'EVAL', "return redis.call('XADD', 'control', '*', 'a', 'b')", '0'), /^-/);
  assert.deepEqual(client.disconnects, []);
});

test('the console reads two streams and writes nothing', async () => {
  for (const words of [['XADD', 'events', '*', 'a', 'b'], ['XADD', 'control', '*', 'a', 'b'], ['DEL', 'events'], ['SET', 'x', 'y'],
    ['XRANGE', 'control', '-', '+'], ['XRANGE', 'audit', '-', '+'], ['HGETALL', 'realtime:{blocks}']]) {
    await denied('console', ...words);
  }
  // Nor by a script.
  for (const [script, key] of [["redis.call('XADD', KEYS[1], '*', 'a', 'b')", 'events'], ["redis.call('XTRIM', KEYS[1], 'MAXLEN', 0)", 'events'],
    ["redis.call('DEL', KEYS[1])", 'presence'], ["redis.call('XRANGE', KEYS[1], '-', '+')", 'control'], ["redis.call('HGETALL', KEYS[1])", 'realtime:{blocks}']]) {
    assert.match(await redis.commandOf('console', 'EVAL', `return ${script}`, '1', key), /^-/, script);
  }
  assert.match(await redis.commandOf('console', 'EVAL', "return redis.call('XADD', 'control', '*', 'a', 'b')", '0'), /^-/);
  assert.match(await redis.commandOf('console', 'XRANGE', 'events', '-', '+', 'COUNT', '1'), /^\*1$/);
});

test('the service may not use unneeded commands, and nobody logs in without a name', async () => {
  for (const words of [['FLUSHALL'], ['KEYS', '*'], ['SCAN', '0'], ['CONFIG', 'GET', '*'], ['ACL', 'LIST'], ['SHUTDOWN'], ['MONITOR'],
    ['SET', 'elsewhere', 'x'], ['RESTORE', 'events', '0', 'x'], ['CLIENT', 'KILL', 'ID', '1']]) {
    await denied('gateway', ...words);
  }
  const socket = createConnection(redis.port, redis.host);
  const answer = new Promise((resolve, reject) => socket.once('data', (data) => resolve(String(data))).once('error', reject));
  socket.write('PING\r\n');
  assert.match(await within(2_000, 'Redis to answer', answer), /^-NOAUTH/);
  socket.destroy();
});

test('a restart keeps what the scripts of all users have written', async () => {
  const key = { headers: { 'Idempotency-Key': unique('restart') } };
  const call = { call: { id: unique('kept') }, rooms: ['operators'] };
  const first = await broadcast(service, 'call-new', call, key);
  const stream = async () => (await redis.answerTo('tests', 'XINFO', 'STREAM', 'events')).match(/entries-added\r\n:\d+/)[0];
  await service.stop();
  const before = await stream();
  await redis.stop();
  await redis.start();
  assert.equal(await stream(), before);
  assert.match(await redis.command('XRANGE', 'events', first.json.id, first.json.id), /^\*1$/);
  service = await Service.start({ ...redis.env, ...SECRETS, ADMIN_API_SECRET });
  const again = await broadcast(service, 'call-new', call, key);
  assert.equal(again.json.id, first.json.id);
});

// The jar without any settings: its own Redis and secrets, and a token from its own command.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join as path } from 'node:path';
import { after, before } from 'node:test';
import { join } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { request } from '../support/http.mjs';
import { scratchFolder } from '../support/paths.mjs';
import { Service, jar } from '../support/service.mjs';
import { until } from '../support/wait.mjs';

const folder = scratchFolder('alone');
const data = path(folder, 'data');
const start = () => Service.start({}, { cwd: folder, portByArgument: true });

let service;
before(async () => {
  service = await start();
});
after(async () => {
  await service?.stop();
  // A failed test may have left one running.
  const left = redisPid();
  if (left && alive(left)) process.kill(left, 'SIGKILL');
});
const test = testsOf(() => service);

function redisPid() {
  const file = path(data, 'redis/redis.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
}

function alive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Runs one of the jar's commands; resolves with what it printed. */
async function command(...words) {
  const run = jar(words, { cwd: folder });
  const { code } = await run.ended;
  assert.equal(code, 0, run.output);
  return run.output.trim();
}

const webhookToken = () => readFileSync(path(data, 'webhook-token'), 'utf8').trim();
const postCall = (id) => request(`${service.url}/api/v1/broadcast/call-new`, {
  body: { token: webhookToken(), call: { id }, rooms: ['operators'] },
});
/** Posts a call and waits for it. */
async function gets(client, id) {
  const answer = await postCall(id);
  assert.equal(answer.status, 200, answer.text);
  await client.event('call:new', (call) => call.id === id);
}

test('a token of the token command works, and a call arrives', async () => {
  const token = await command('token', '--role', 'operator', '--id', '17');
  assert.match(token, /^[\w-]+\.[\w-]+\.[\w-]+$/, 'the token and nothing else');
  const client = await join(service, token);
  const { userId, role, rooms } = client.events[0].args[0];
  assert.deepEqual([userId, role], [17, 'operator']);
  assert.deepEqual([...rooms].sort(), ['operator:17', 'operators', 'user:17']);
  await gets(client, 'alone');
});

test('token takes a name and cities, of any script', async () => {
  const token = await command('token', '--role', 'director', '--id', 'boss', '--name', 'Анна', '--cities', 'Саратов,Нижний Новгород');
  const client = await join(service, token);
  const { userId, role, name, rooms } = client.events[0].args[0];
  assert.deepEqual([userId, role, name], ['boss', 'director', 'Анна']);
  assert.ok(rooms.includes('city:Саратов') && rooms.includes('city:Нижний Новгород'), rooms);
});

test('secrets are random, readable by their owner only, and never in the output', async () => {
  assert.equal(statSync(data).mode & 0o077, 0, 'the folder');
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.ok(files.length > 2);
  for (const name of ['jwt-secret', 'webhook-token']) {
    assert.equal(statSync(path(data, name)).mode & 0o077, 0, name);
    const secret = readFileSync(path(data, name), 'utf8').trim();
    assert.ok(secret.length >= 32);
    assert.ok(!service.output.includes(secret), `${name} is in the output`);
  }
  const password = /requirepass (\S+)/.exec(readFileSync(path(data, 'redis/redis.conf'), 'utf8'))[1];
  assert.ok(password.length >= 32 && !service.output.includes(password));
  const warnings = service.output.split('\n').filter((line) => /WARN/.test(line) && /JWT_SECRET/.test(line));
  assert.equal(warnings.length, 1, 'one warning announces them');
  assert.match(warnings[0], /WEBHOOK_TOKEN/);
});

test('a stop ends its Redis; the next start has the same secrets', { timeout: 120_000 }, async () => {
  const token = await command('token', '--role', 'operator', '--id', '18');
  const pid = redisPid();
  assert.ok(alive(pid));
  const { signal } = await service.stop();
  assert.notEqual(signal, 'SIGKILL', 'SIGTERM ends it');
  await until('its Redis to end', () => !alive(pid));
  service = await start();
  await gets(await join(service, token), 'after the stop');
});

test('after a kill, the next start adopts or ends the Redis', { timeout: 120_000 }, async () => {
  const token = await command('token', '--role', 'operator', '--id', '19');
  const before = redisPid();
  await service.stop('SIGKILL');
  service = await start();
  const now = redisPid();
  assert.ok(alive(now));
  if (now !== before) assert.ok(!alive(before), 'the old one is gone');
  await gets(await join(service, token), 'after the kill');
  await service.stop();
  await until('its Redis to end', () => !alive(now) && !alive(before));
  service = await start();
});

test('its own Redis dies: it is restarted, and sockets stay', { timeout: 120_000 }, async () => {
  const client = await join(service, await command('token', '--role', 'operator', '--id', '20'));
  await gets(client, 'before');
  process.kill(redisPid(), 'SIGKILL');
  await until('posts to be taken again', async () => (await postCall('probe')).status === 200, { timeoutMs: 40_000, everyMs: 200 });
  await gets(client, 'afterwards');
  assert.deepEqual(client.disconnects, []);
});

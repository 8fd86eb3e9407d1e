// A user who is blocked: live sockets end, and none of their tokens is accepted until the block expires.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { Client, join, settled } from '../support/clients.mjs';
import { onClose, testsOf } from '../support/harness.mjs';
import { request, unique } from '../support/http.mjs';
import { Visit } from '../support/recovering.mjs';
import { SECRETS, Service, ownService } from '../support/service.mjs';
import { WEBHOOK_TOKEN, director, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const LIST = 'realtime:{blocks}';
const HOUR_MS = 3_600_000;

let redis;
let service;
before(async () => {
  ({ redis, service } = await ownService());
});
const test = testsOf(() => service);

let version = 0;
const changed = () => redis.command('SET', `${LIST}:version`, `test-${version++}`);

/** As the service itself writes it. */
async function block(userId, forMs = HOUR_MS) {
  const end = Date.now() + forMs;
  await redis.command('HSET', LIST, String(userId), `${end}:${Date.now()}:${end}`);
  await changed();
}

async function unblock(userId) {
  await redis.command('HSET', LIST, String(userId), `0:${Date.now()}:${Date.now() + HOUR_MS}`);
  await changed();
}

const bearer = (token) => ({ headers: { Authorization: `Bearer ${token}` } });

async function metric(line) {
  const { text } = await request(`${service.url}/actuator/prometheus`, bearer(WEBHOOK_TOKEN));
  return text.split('\n').find((one) => one.startsWith(line));
}

/** `in`, or the code of the refusal. */
async function entry(token, at = service) {
  const client = new Client(at.url, { auth: { token }, transports: ['websocket'], reconnection: false });
  const answer = await until('an answer', () => {
    if (client.events.some(({ name }) => name === 'connected')) return 'in';
    return client.connectErrors[0]?.data?.code;
  });
  client.close();
  return answer;
}

test('live sockets are told and closed for good, whatever their transport and rooms; others are not', async () => {
  const webSocket = await join(service, operator(17));
  const polling = await join(service, operator('17'), { transports: ['polling'] });
  const elsewhere = await join(service, operator(17));
  assert.deepEqual((await elsewhere.ask('leave-room', { room: 'operator:17' })).success, true);
  // In the other's room, but another user.
  const boss = await join(service, director(18));
  await boss.join('user:17');

  await block(17);
  onClose(() => unblock(17));
  for (const client of [webSocket, polling, elsewhere]) {
    const { code, reconnect, message } = await client.event('error');
    assert.deepEqual({ code, reconnect }, { code: 'user_blocked', reconnect: false });
    assert.match(message, /blocked/);
    await until('the end', () => client.disconnects.length > 0);
    assert.deepEqual(client.disconnects, ['io server disconnect']);
  }
  await settled(service, boss);
  assert.deepEqual(boss.disconnects, []);
  assert.match(await metric('realtime_sockets_closed_total{code="user_blocked"}'), / 3\.0$/);
  assert.match(await metric('realtime_blocks'), / 1\.0$/);
});

test('is refused at the handshake, by authenticate, as a fresh token, and by REST', async () => {
  const waiting = await new Client(service.url, { transports: ['websocket'] }).open();
  await block(19);
  onClose(() => unblock(19));
  await until('the block to be known', async () => (await entry(operator(19))) === 'user_blocked');

  const late = await waiting.ask('authenticate', { token: operator(19) });
  assert.deepEqual([late.success, late.error.code], [false, 'user_blocked']);
  assert.deepEqual(await waiting.ask('authenticate', { token: operator(20) }), { success: true });

  const rest = await request(`${service.url}/api/v1/stats/connections`, bearer(director(19)));
  assert.deepEqual([rest.status, rest.json.code], [403, 'user_blocked']);
  assert.match(rest.json.detail, /until \d{4}-\d\d-\d\dT/);
});

test('connects again when the block is over: lifted, or expired', async () => {
  await block(21);
  await until('the block', async () => (await entry(operator(21))) === 'user_blocked');
  await unblock(21);
  await until('the end of the block', async () => (await entry(operator(21))) === 'in');

  await block(22, 3_000);
  await until('the block', async () => (await entry(operator(22))) === 'user_blocked');
  await until('its end', async () => (await entry(operator(22))) === 'in');
});

test('a session that was away during the block is not recovered after it; one that began later is', async () => {
  const userId = unique('away');
  const sessions = `realtime:{sessions:${userId}}`;
  const token = operator(userId);
  const number = async (...command) => Number((await redis.command(...command)).slice(1));
  const come = ({ pid, offset }) => Visit.welcome(service, { pid, offset, token });
  const away = await Visit.welcome(service, { token });
  await away.cut();
  await until('the session to be parked', async () => (await number('ZCARD', sessions)) === 1);
  await block(userId);
  await until('the block to be known', () => number('EXISTS', `${sessions}:blocked`));
  await unblock(userId);
  await until('the block to be over', async () => (await entry(token)) === 'in');
  const back = await come(away);
  assert.deepEqual([back.greeting.recovered, back.sid === away.sid], [false, false]);
  await back.cut();
  assert.deepEqual((await come(back)).greeting.recovered, true);
});

test('stays blocked while Redis is unavailable', async () => {
  await block(23);
  await until('the block', async () => (await entry(operator(23))) === 'user_blocked');
  await redis.stop();
  try {
    assert.equal(await entry(operator(23)), 'user_blocked');
    await join(service, operator(24));
  } finally {
    await redis.start();
  }
});

test('stays blocked when Redis has lost everything, also on instances that start afterwards', { timeout: 180_000 }, async () => {
  await block(25);
  await until('the block', async () => (await entry(operator(25))) === 'user_blocked');
  const second = await Service.start({ ...redis.env, ...SECRETS });
  try {
    await redis.command('FLUSHALL');
    assert.equal(await entry(operator(25)), 'user_blocked');
    assert.equal(await entry(operator(25), second), 'user_blocked');
    await until('the list to be back', async () => (await redis.command('HEXISTS', LIST, '25')) === ':1');
  } finally {
    await second.stop();
  }
  const third = await Service.start({ ...redis.env, ...SECRETS });
  try {
    assert.equal(await entry(operator(25), third), 'user_blocked');
    assert.equal(await entry(operator(26), third), 'in');
    await unblock(25);
    await until('the end of the block', async () => (await entry(operator(25), third)) === 'in');
    await redis.command('FLUSHALL');
    await until('the list to be back', async () => (await redis.command('HEXISTS', LIST, '25')) === ':1');
    assert.equal(await entry(operator(25)), 'in');
  } finally {
    await third.stop();
  }
});

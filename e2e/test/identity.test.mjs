// Identity over time: keys of a login service besides JWT_SECRET, their rotation, and the effects of fresh tokens.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join as path } from 'node:path';
import { after, before } from 'node:test';
import { Client, join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, request } from '../support/http.mjs';
import { JwksServer, SigningKey } from '../support/keys.mjs';
import { scratchFolder } from '../support/paths.mjs';
import { ownService } from '../support/service.mjs';
import { WEBHOOK_TOKEN, director, operator, signText } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const rsa = new SigningKey('RS256', 'rsa-1');
const ec = new SigningKey('ES256', 'ec-1');
const filed = new SigningKey('EdDSA');
const outgoing = new SigningKey('RS256', 'outgoing');
const strangers = new SigningKey('RS256', 'rsa-1');

const transports = [['websocket'], ['polling']];
const now = () => Math.floor(Date.now() / 1000);
const claims = (userId, more) => ({ userId, role: 'operator', name: `Operator ${userId}`, ...more });

let jwks;
let service;
before(async () => {
  jwks = await JwksServer.start(rsa, ec, outgoing);
  const file = path(scratchFolder('keys'), 'keys.pem');
  writeFileSync(file, filed.pem);
  ({ service } = await ownService({ REALTIME_IDENTITY_KEYS: `${jwks.url}, ${file}` }));
});
after(() => jwks?.stop());
const test = testsOf(() => service);

const stats = (token) =>
  request(`${service.url}/api/v1/stats/connections`, { headers: { Authorization: `Bearer ${token}` } });

for (const key of [rsa, ec, filed]) {
  test(`${key.alg}: connects by both transports and by a later authenticate, with a kid and without`, async () => {
    for (const transport of transports) {
      for (const header of [{}, { kid: undefined }]) {
        const token = key.sign(claims(17, { cities: ['Саратов'] }), header);
        const client = await join(service, token, { transports: transport });
        assert.deepEqual(
          [...client.events[0].args[0].rooms].sort(),
          ['city:Саратов', 'operator:17', 'operators', 'user:17'],
        );
        client.close();
      }
      const waiting = await new Client(service.url, { transports: transport }).open();
      assert.deepEqual(await waiting.ask('authenticate', { token: key.sign(claims(18)) }), { success: true });
      assert.equal((await waiting.connected()).userId, 18);
    }
  });

  test(`${key.alg}: REST lets a director see who is connected`, async () => {
    const client = await join(service, key.sign(claims(19)));
    const seen = await stats(key.sign({ userId: 1, role: 'director' }));
    assert.equal(seen.status, 200, seen.text);
    assert.ok(seen.json.data.connections.some(({ socketId }) => socketId === client.socket.id));
    const operators = await stats(key.sign(claims(2)));
    assert.deepEqual([operators.status, operators.json.data.connections], [200, undefined]);
  });
}

test('HS256 with JWT_SECRET is still accepted', async () => {
  await join(service, operator(20));
});

const refused = {
  'a public key as the secret': [() => signText(JSON.stringify(claims(1)), rsa.pem, { alg: 'HS256' }), 'token_invalid'],
  'a public key as the secret, and its kid': [
    () => signText(JSON.stringify(claims(1)), rsa.pem, { alg: 'HS256', kid: 'rsa-1' }), 'token_algorithm'],
  'JWT_SECRET under a key\'s kid': [
    () => signText(JSON.stringify(claims(1)), undefined, { alg: 'HS256', kid: 'rsa-1' }), 'token_algorithm'],
  'a stranger\'s key under a known kid': [() => strangers.sign(claims(1)), 'token_invalid'],
  'a known key under another\'s kid': [() => rsa.sign(claims(1), { kid: 'ec-1' }), 'token_algorithm'],
  'a stranger\'s own key in jwk': [() => strangers.sign(claims(1), { kid: 'x', jwk: strangers.jwk }), 'token_invalid'],
  'extensions in crit': [() => rsa.sign(claims(1), { crit: ['x'], x: 1 }), 'token_invalid'],
  'an algorithm that is not accepted': [() => rsa.sign(claims(1), { alg: 'PS256' }), 'token_algorithm'],
  'a token for the admin API': [() => rsa.sign(claims(1, { aud: ['crm', 'admin-api'] })), 'token_audience'],
  'an expired token': [() => ec.sign(claims(1, { exp: now() - 5 })), 'token_expired'],
  'a token that is not valid yet': [() => ec.sign(claims(1, { nbf: now() + 600 })), 'token_not_yet_valid'],
};
for (const [what, [token, code]] of Object.entries(refused)) {
  test(`${what}: ${code}, for sockets and for REST`, async () => {
    const error = await new Client(service.url, { auth: { token: token() }, transports: ['websocket'] }).refused();
    assert.equal(error.data.code, code);
    if (what.includes('not accepted')) assert.equal(error.message, 'The token must be signed with HS256, RS256, ES256 or EdDSA.');
    const answer = await stats(token());
    assert.deepEqual([answer.status, answer.json.code], [401, code]);
    assert.match(answer.headers['www-authenticate'], /invalid_token/);
  });
}

test('a key linked by a token is not fetched', async () => {
  const evil = await JwksServer.start(strangers);
  try {
    for (const header of [{ jku: evil.url }, { x5u: evil.url }, { kid: evil.url }]) {
      const error = await new Client(service.url, { auth: { token: strangers.sign(claims(1), header) } }).refused();
      assert.equal(error.data.code, 'token_invalid');
    }
    assert.equal(evil.asked, 0);
  } finally {
    evil.stop();
  }
});

/** A service for one test, which may change the key set; a service reads it early at most once in ten seconds. */
async function rotating(...keys) {
  const own = await JwksServer.start(...keys);
  after(() => own.stop());
  const { service: fresh } = await ownService({ REALTIME_IDENTITY_KEYS: own.url });
  return { own, fresh };
}

test('rotation: a new key is accepted at once, a removed one no longer; connected sockets stay', { timeout: 120_000 }, async () => {
  const { own, fresh } = await rotating(outgoing);
  const early = await join(fresh, outgoing.sign(claims(30)));
  const incoming = new SigningKey('EdDSA', 'incoming');
  own.keys = [incoming];

  const began = Date.now();
  // As if all pages reload at once.
  const clients = await Promise.all([31, 32, 33].map((id) => join(fresh, incoming.sign(claims(id)))));
  assert.ok(Date.now() - began < 3_000, `it took ${Date.now() - began} ms`);
  assert.equal(own.asked, 2, 'once at the start, once for all of them');

  const error = await new Client(fresh.url, { auth: { token: outgoing.sign(claims(34)) } }).refused();
  assert.equal(error.data.code, 'token_algorithm', 'there is no RS256 key any more');
  const answer = await request(`${fresh.url}/api/v1/stats/rooms`, {
    headers: { Authorization: `Bearer ${outgoing.sign({ userId: 1, role: 'director' })}` },
  });
  assert.deepEqual([answer.status, answer.json.code], [401, 'token_algorithm']);

  await accepted(fresh, 'call-new', { call: { id: 'for all' }, rooms: ['operators'] });
  for (const client of [early, ...clients]) await client.event('call:new', (call) => call.id === 'for all');
  assert.deepEqual(early.disconnects, []);
  assert.equal((await early.ask('authenticate', { token: outgoing.sign(claims(30)) })).error.code, 'token_algorithm');
  assert.deepEqual(await early.ask('authenticate', { token: incoming.sign(claims(30)) }), { success: true });

  // Unknown kids cannot cause arbitrarily many reads of the set.
  for (let i = 0; i < 20; i += 1) {
    const stranger = new Client(fresh.url, { auth: { token: strangers.sign(claims(1), { kid: `k${i}` }) } });
    await stranger.refused();
  }
  assert.ok(own.asked <= 3, `asked ${own.asked} times`);
});

test('while the set cannot be read, its last keys stay valid, and health and metrics report it', { timeout: 120_000 }, async () => {
  const { own, fresh } = await rotating(ec);
  own.status = 503;
  const unknown = new SigningKey('ES256', 'not there yet');
  const error = await new Client(fresh.url, { auth: { token: unknown.sign(claims(1)) } }).refused();
  assert.equal(error.data.code, 'token_invalid');
  await join(fresh, ec.sign(claims(35)));
  const health = await request(`${fresh.url}/health`);
  assert.deepEqual(
    [health.status, health.json.status, health.json.problems],
    [200, 'degraded', ['realtime.identity.keys: 1 of 1 locations cannot be read']],
  );
  const metrics = await request(`${fresh.url}/actuator/prometheus`, { headers: { 'X-Webhook-Token': WEBHOOK_TOKEN } });
  assert.match(metrics.text, /^realtime_identity_keys_unreadable 1\.0$/m);
  assert.match(metrics.text, /^realtime_identity_keys_usable 1\.0$/m);
  own.status = undefined;
  own.keys = [ec, unknown];
  // Now read every ten seconds, not every five minutes.
  await until('the set to be read again', async () =>
    (await request(`${fresh.url}/health`)).json.status === 'ok', { timeoutMs: 20_000, everyMs: 200 });
  await join(fresh, unknown.sign(claims(36)));
});

test('an expired token closes the socket, unless a fresh one arrives first', { timeout: 40_000 }, async () => {
  const short = (userId) => rsa.sign(claims(userId, { exp: now() + 4 }));
  const ending = await join(service, short(40), { reconnection: false });
  const refreshed = await join(service, short(41), { reconnection: false });
  // Even with another key and algorithm.
  assert.deepEqual(await refreshed.ask('authenticate', { token: ec.sign(claims(41)) }), { success: true });
  const error = await ending.event('error');
  assert.deepEqual([error.code, error.reconnect], ['token_expired', true]);
  await until('the close', () => ending.disconnects.length > 0);
  assert.notEqual(ending.disconnects[0], 'io server disconnect', 'the stock client comes back');
  await settled(service, refreshed);
  assert.deepEqual(refreshed.disconnects, []);
});

test('the stock client reconnects after its token expired, with a fresh one', { timeout: 40_000 }, async () => {
  let exp = now() + 3;
  const client = new Client(service.url, {
    transports: ['websocket'],
    auth: (give) => give({ token: rsa.sign(claims(42, { exp })) }),
  });
  await client.connected();
  exp = now() + 3600;
  await until('the second connected', () => client.events.filter(({ name }) => name === 'connected').length === 2);
  assert.deepEqual(client.connectErrors, []);
});

test('a fresh token of another user is refused, and the socket keeps working', async () => {
  const client = await join(service, rsa.sign(claims(43)));
  for (const token of [rsa.sign(claims(44)), ec.sign(claims('43')), operator(44)]) {
    const { success, error } = await client.ask('authenticate', { token });
    assert.deepEqual([success, error.code], [false, 'token_other_user']);
  }
  await client.join('operators');
  await accepted(service, 'notification', { notification: { message: 'for 44' }, userId: 44 });
  await accepted(service, 'call-new', { call: { id: 'works' }, rooms: ['operator:43'] });
  await settled(service, client);
  assert.deepEqual(client.broadcasts(), [['call:new', { id: 'works' }]]);
});

test('a bad fresh token is refused, and the socket keeps its identity and expiry', { timeout: 40_000 }, async () => {
  const client = await join(service, rsa.sign(claims(45, { exp: now() + 4 })), { reconnection: false });
  const { success, error } = await client.ask('authenticate', { token: strangers.sign(claims(45)) });
  assert.deepEqual([success, error.code], [false, 'token_invalid']);
  assert.equal((await client.event('error')).code, 'token_expired');
});

test('a fresh token moves an operator from one city to another', async () => {
  const client = await join(service, rsa.sign(claims(46, { cities: ['Саратов'] })));
  await client.join('order:1');
  const call = (id, room) => accepted(service, 'call-new', { call: { id }, rooms: [room] });
  await call('before, Саратов', 'city:Саратов');
  await call('before, Энгельс', 'city:Энгельс');
  await client.event('call:new', ({ id }) => id === 'before, Саратов');
  assert.deepEqual(await client.ask('authenticate', { token: rsa.sign(claims(46, { cities: ['Энгельс'] })) }), { success: true });
  await call('after, Саратов', 'city:Саратов');
  await call('after, Энгельс', 'city:Энгельс');
  await call('after, order', 'order:1');
  await call('after, operators', 'operators');
  await settled(service, client);
  assert.deepEqual(client.broadcasts().map(([, { id }]) => id), [
    'before, Саратов', 'after, Энгельс', 'after, order', 'after, operators',
  ]);
  assert.equal((await client.ask('join-room', { room: 'city:Саратов' })).error.code, 'room_forbidden');
});

test('a fresh token makes an operator a director, and an operator again', async () => {
  const client = await join(service, ec.sign(claims(47)));
  const call = (id, room) => accepted(service, 'call-new', { call: { id }, rooms: [room] });
  await call('operator', 'directors');
  assert.equal((await client.ask('join-room', { room: 'directors' })).error.code, 'room_forbidden');
  assert.deepEqual(await client.ask('authenticate', { token: ec.sign(claims(47, { role: 'director' })) }), { success: true });
  await call('director', 'directors');
  await client.join('operator:1');
  await call('watched', 'operator:1');
  assert.deepEqual(await client.ask('authenticate', { token: ec.sign(claims(47)) }), { success: true });
  await call('operator again', 'directors');
  await call('no longer watched', 'operator:1');
  await call('its own', 'operator:47');
  await settled(service, client);
  assert.deepEqual(client.broadcasts().map(([, { id }]) => id), ['director', 'watched', 'its own']);
  const { json } = await stats(director(1));
  const seen = json.data.connections.find(({ socketId }) => socketId === client.socket.id);
  assert.deepEqual([seen.role, [...seen.rooms].sort()], ['operator', ['operator:47', 'operators', 'user:47']]);
});

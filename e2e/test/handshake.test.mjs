// The identity of a socket: ways to present a token, refused tokens, and the time limit.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { before } from 'node:test';
import jwt from 'jsonwebtoken';
import { Client, join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted } from '../support/http.mjs';
import { RawWebSocket, connect } from '../support/raw.mjs';
import { sharedService } from '../support/service.mjs';
import { JWT_SECRET, director, operator, sign, signText } from '../support/tokens.mjs';
import { until, within } from '../support/wait.mjs';

let service;
before(async () => {
  service = await sharedService();
});
const test = testsOf(() => service);

const websocket = { transports: ['websocket'] };
const bothTransports = [['websocket'], ['polling']];
const now = () => Math.floor(Date.now() / 1000);

test('connected is the first event and says who the socket is and where', async () => {
  for (const transports of bothTransports) {
    const client = await join(service, operator(17, { cities: ['Саратов', 'Нижний Новгород'] }), { transports });
    assert.equal(client.events[0].name, 'connected');
    const { userId, role, name, socketId, rooms } = client.events[0].args[0];
    assert.deepEqual({ userId, role, name }, { userId: 17, role: 'operator', name: 'Operator 17' });
    assert.equal(socketId, client.socket.id);
    assert.notEqual(socketId, client.socket.io.engine.id, 'the Engine.IO session id is a credential');
    assert.deepEqual(
      [...rooms].sort(),
      ['city:Нижний Новгород', 'city:Саратов', 'operator:17', 'operators', 'user:17'],
    );
  }
});

test('an event accepted right after connected arrives: the rooms are joined by then', async () => {
  const client = await join(service, operator(17));
  await accepted(service, 'call-new', { call: { id: 'at once' }, rooms: ['operator:17'] });
  await client.event('call:new', (call) => call.id === 'at once');
});

test('the directors\' rooms', async () => {
  const client = await join(service, director('boss'));
  const { rooms } = client.events[0].args[0];
  assert.ok(rooms.includes('directors') && rooms.includes('user:boss'), rooms);
  assert.ok(!rooms.includes('operators'), rooms);
});

test('an unknown role has an identity and its own room only', async () => {
  const client = await join(service, sign({ userId: 'c1', role: 'courier', cities: ['Саратов'] }));
  assert.deepEqual(client.events[0].args[0].rooms, ['user:c1']);
  const bare = await join(service, sign({ sub: 'c2' }));
  assert.deepEqual(bare.events[0].args[0].rooms, ['user:c2']);
});

const absentTokens = {
  'no auth': undefined,
  'an empty object': {},
  'null': { token: null },
  'an empty string': { token: '' },
  'undefined': { token: undefined },
};
for (const [what, auth] of Object.entries(absentTokens)) {
  test(`${what} as auth: the socket is accepted, waits, and authenticates later`, async () => {
    for (const transports of bothTransports) {
      const client = await new Client(service.url, { auth, transports }).open();
      assert.deepEqual(await client.ask('authenticate', { token: operator(31) }), { success: true });
      const connected = await client.connected();
      assert.deepEqual([connected.userId, connected.socketId], [31, client.socket.id]);
      assert.deepEqual(client.events.map(({ name }) => name), ['connected']);
    }
  });
}

test('authenticate without an acknowledgement', async () => {
  const client = await new Client(service.url, websocket).open();
  client.socket.emit('authenticate', { token: operator(32) });
  assert.equal((await client.connected()).userId, 32);
});

test('authenticate with a bad token: an error in the acknowledgement, and a retry succeeds', async () => {
  const client = await new Client(service.url, websocket).open();
  for (const [token, code] of [
    ['nonsense', 'token_invalid'],
    [sign({ userId: 1 }, 'another-secret-of-more-than-thirty-two-bytes'), 'token_invalid'],
    [sign({ userId: 1, exp: now() - 60 }), 'token_expired'],
  ]) {
    const { success, error } = await client.ask('authenticate', { token });
    assert.equal(success, false);
    assert.equal(error.code, code);
    assert.equal(typeof error.message, 'string');
  }
  for (const argument of [[], [null], [{}], [{ token: null }], ['text'], [17]]) {
    const { success, error } = await client.ask('authenticate', ...argument);
    assert.equal(success, false, JSON.stringify(argument));
    assert.equal(typeof error.code, 'string');
  }
  assert.deepEqual(client.events, []);
  assert.deepEqual(await client.ask('authenticate', { token: operator(33) }), { success: true });
  await client.connected();
});

test('authenticate with a bad token and without an acknowledgement: event error', async () => {
  const client = await new Client(service.url, websocket).open();
  client.socket.emit('authenticate', { token: 'nonsense' });
  const error = await client.event('error');
  assert.equal(error.code, 'token_invalid');
  assert.equal(client.socket.connected, true);
});

test('a waiting socket may do nothing but authenticate', async () => {
  const client = await new Client(service.url, websocket).open();
  for (const event of ['join-room', 'leave-room']) {
    const { success, error } = await client.ask(event, { room: 'operators' });
    assert.deepEqual([success, error.code], [false, 'authentication_required']);
  }
  client.socket.emit('join-room', { room: 'operators' });
  assert.equal((await client.event('error')).code, 'authentication_required');
});

test('authenticate and join-room back to back without waiting both succeed', async () => {
  for (const transports of bothTransports) {
    const client = new Client(service.url, { transports });
    const answers = [];
    client.socket.emit('authenticate', { token: director(34) }, (answer) => answers.push(answer));
    client.socket.emit('join-room', { room: 'operators' }, (answer) => answers.push(answer));
    client.socket.emit('join-room', { room: 'city:Саратов' }, (answer) => answers.push(answer));
    await until('three acknowledgements', () => answers.length === 3);
    assert.deepEqual(answers.map(({ success, room }) => [success, room]), [[true, undefined], [true, 'operators'], [true, 'city:Саратов']]);
    assert.deepEqual(client.events.map(({ name }) => name), ['connected']);
  }
});

test('a fresh token for the same user is accepted, one of another user is not', async () => {
  const client = await join(service, operator(35));
  assert.deepEqual(await client.ask('authenticate', { token: operator(35) }), { success: true });
  const { success, error } = await client.ask('authenticate', { token: operator(36) });
  assert.deepEqual([success, typeof error.code], [false, 'string']);
  await accepted(service, 'notification', { notification: { message: 'for 36' }, userId: 36 });
  await settled(service, client);
  assert.deepEqual(client.broadcasts(), []);
});

test('Authorization: Bearer in the handshake\'s headers', async () => {
  for (const transports of bothTransports) {
    const client = new Client(service.url, {
      transports,
      extraHeaders: { Authorization: `Bearer ${operator(37)}` },
    });
    assert.equal((await client.connected()).userId, 37);
  }
});

test('a bad Bearer token is refused', async () => {
  for (const transports of bothTransports) {
    const client = new Client(service.url, { transports, extraHeaders: { Authorization: 'Bearer nonsense' } });
    assert.equal((await client.refused()).data.code, 'token_invalid');
  }
});

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const claims = { userId: 1, role: 'director' };
const tampered = () => {
  const [header, , signature] = operator(1).split('.');
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
};
const refusedTokens = {
  'no token at all, just text': ['nonsense', 'token_invalid'],
  'a number instead of a text': [17, 'token_invalid'],
  'an object instead of a text': [{ token: 'x' }, 'token_invalid'],
  'another secret\'s signature': [sign(claims, 'another-secret-of-more-than-thirty-two-bytes'), 'token_invalid'],
  'changed claims': [tampered(), 'token_invalid'],
  'a signature cut off': [operator(1).slice(0, -4), 'token_invalid'],
  'an empty signature': [operator(1).replace(/[^.]*$/, ''), undefined],
  'an expired token': [sign({ ...claims, exp: now() - 30 }), 'token_expired'],
  'a token that is not valid yet': [sign({ ...claims, nbf: now() + 600 }), 'token_not_yet_valid'],
  'algorithm none': [jwt.sign(claims, null, { algorithm: 'none' }), 'token_algorithm'],
  'algorithm HS512': [jwt.sign(claims, JWT_SECRET, { algorithm: 'HS512' }), 'token_algorithm'],
  'algorithm HS384': [jwt.sign(claims, JWT_SECRET, { algorithm: 'HS384' }), 'token_algorithm'],
  'algorithm RS256': [jwt.sign(claims, privateKey, { algorithm: 'RS256' }), 'token_algorithm'],
  'algorithm none with an HS256 signature': [
    signText(JSON.stringify(claims), JWT_SECRET, { alg: 'none' }),
    undefined,
  ],
  'neither userId nor sub': [sign({ role: 'director' }), 'token_invalid'],
  'a userId that is neither text nor integer': [sign({ userId: { id: 1 }, role: 'director' }), 'token_invalid'],
  'a userId with a fraction': [sign({ userId: 1.5, role: 'director' }), 'token_invalid'],
  'an empty userId': [sign({ userId: '', role: 'director' }), 'token_invalid'],
};
for (const [what, [token, code]] of Object.entries(refusedTokens)) {
  test(`${what}: connect_error with a code`, async () => {
    for (const transports of bothTransports) {
      const client = new Client(service.url, { auth: { token }, transports });
      const error = await client.refused();
      assert.equal(typeof error.message, 'string');
      if (code) assert.equal(error.data.code, code);
      else assert.match(error.data.code, /^token_(invalid|algorithm)$/);
      assert.equal(client.socket.connected, false);
      assert.equal(client.socket.active, false, 'the stock client stays away');
      assert.deepEqual(client.events, []);
      client.close();
    }
  });
}

test('a refused socket can present a valid token on the same connection', async () => {
  const raw = await RawWebSocket.open(service);
  assert.match(await connect(raw, { token: 'nonsense' }), /^44\{.*"code":"token_invalid"/);
  raw.messages.length = 0;
  assert.match(await connect(raw, { token: operator(38) }), /^40\{/);
  await raw.message(/^42\["connected"/);
});

test('the user id keeps its JSON type and every digit', async () => {
  const texts = ['17', '"17"', '"аня@example.com"', '9007199254740993', '123456789012345678901234567890', '-1', '0'];
  for (const text of texts) {
    const raw = await RawWebSocket.open(service);
    const answer = await connect(raw, { token: signText(`{"userId":${text},"role":"operator","exp":${now() + 600}}`) });
    assert.match(answer, /^40/, text);
    const connected = await raw.message(/^42\["connected"/);
    assert.ok(connected.includes(`"userId":${text},`), `${text}: ${connected}`);
  }
});

test('userId takes precedence over sub; sub alone suffices', async () => {
  const both = await join(service, sign({ userId: 41, sub: 'other', role: 'operator' }));
  assert.equal(both.userId, 41);
  const sub = await join(service, sign({ sub: '42', role: 'operator' }));
  assert.equal(sub.userId, '42');
  assert.ok(sub.events[0].args[0].rooms.includes('operator:42'));
});

test('without an identity for ten seconds: an error, a disconnect, and the stock client stays away', async () => {
  const clients = await Promise.all(
    bothTransports.map((transports) => new Client(service.url, { transports }).open()),
  );
  const silent = await RawWebSocket.open(service);
  const began = Date.now();
  for (const client of clients) {
    const error = await client.event('error', undefined, { timeoutMs: 14_000 });
    assert.equal(error.code, 'authentication_timeout');
    assert.equal(error.reconnect, false);
    assert.equal(typeof error.message, 'string');
    await until('the disconnect', () => client.disconnects.length > 0);
    assert.deepEqual(client.disconnects, ['io server disconnect']);
    assert.equal(client.socket.active, false);
    assert.deepEqual(client.events.map(({ name }) => name), ['error']);
  }
  assert.ok(Date.now() - began > 8_000, 'it had its ten seconds');
  await within(14_000, 'the close of a connection that never sent CONNECT', silent.closed);
  assert.deepEqual(silent.events(), []);
});

test('failed attempts do not extend the ten seconds; a success ends the limit', { timeout: 40_000 }, async () => {
  const failing = await new Client(service.url, websocket).open();
  const succeeding = await new Client(service.url, websocket).open();
  await succeeding.ask('authenticate', { token: operator(43) });
  const began = Date.now();
  while (failing.disconnects.length === 0 && Date.now() - began < 15_000) {
    failing.socket.emit('authenticate', { token: 'nonsense' });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.deepEqual(failing.disconnects, ['io server disconnect']);
  assert.deepEqual(succeeding.disconnects, []);
  succeeding.userId = 43;
  await settled(service, succeeding);
});

test('an expiring token: an error and a close, unless a fresh one arrives first', { timeout: 40_000 }, async () => {
  const short = () => operator(44, { exp: now() + 3 });
  const ending = await join(service, short(), { reconnection: false });
  const refreshed = await join(service, short(), { reconnection: false });
  assert.deepEqual(await refreshed.ask('authenticate', { token: operator(44) }), { success: true });
  const error = await ending.event('error');
  assert.deepEqual([error.code, error.reconnect], ['token_expired', true]);
  await until('the close', () => ending.disconnects.length > 0);
  assert.notEqual(ending.disconnects[0], 'io server disconnect', 'reconnect: true closes the transport only');
  await settled(service, refreshed);
  assert.deepEqual(refreshed.disconnects, []);
});

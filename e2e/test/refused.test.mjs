// Clients that were refused or have lost access and stay connected: receive nothing, can do nothing, are closed.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { join } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, request, unique } from '../support/http.mjs';
import { counting as countingOn } from '../support/metrics.mjs';
import { RawPolling, RawWebSocket, connect } from '../support/raw.mjs';
import { ownService } from '../support/service.mjs';
import { operator } from '../support/tokens.mjs';
import { within } from '../support/wait.mjs';

const POLLING = '/socket.io/?EIO=4&transport=polling';
const OLD = '/socket.io/?EIO=3&transport=websocket';
const JOIN = '420["join-room",{"room":"operators"}]';
const TIMED_OUT = 'code="authentication_timeout"';

let service;
before(async () => {
  ({ service } = await ownService({ REALTIME_SOCKET_ADMISSIONTIMEOUT: '3s' }));
});
const test = testsOf(() => service);
const counting = (label, action) => countingOn(service, 'realtime_sockets_closed', label, action);
const transports = [['WebSocket', RawWebSocket], ['polling', RawPolling]];

/** Broadcasts to everybody and to a room; resolves with the mark of both once an authorized client has them. */
async function announced() {
  const witness = await join(service, operator(unique('witness')));
  const mark = unique('mark');
  for (const to of [{}, { rooms: ['operators'] }]) {
    await accepted(service, 'notification', { notification: { type: JSON.stringify(to), message: mark }, ...to });
    await witness.event('notification', ({ type, message }) => message === mark && type === JSON.stringify(to));
  }
  witness.close();
  return mark;
}

/** Resolves with the end of the connection or of the polling. */
const gone = (raw) => within(10_000, 'the end', raw.closed ?? raw.polling);

/** Asserts that a request and events have no effect for this client, and waits for its end. */
async function hasNoShare(raw) {
  // A post may arrive after the end of its session, which is fine.
  await Promise.resolve(raw.send(JOIN)).catch(() => {});
  const mark = await announced();
  await gone(raw);
  assert.deepEqual(raw.messages.filter((message) => message.includes(mark)), []);
}

for (const [name, Raw] of transports) {
  test(`refused at CONNECT, by ${name}`, () => counting(TIMED_OUT, async () => {
    const raw = await Raw.open(service);
    assert.match(await connect(raw, { token: 'nonsense' }), /^44\{.*"code":"token_invalid"/);
    raw.send(`421["authenticate",{"token":"${operator(unique('late'))}"}]`);
    await hasNoShare(raw);
    assert.deepEqual(raw.messages.filter((message) => /^4[0235]/.test(message)), []);
  }));

  for (const [why, auth, code] of [
    ['no identity in time', () => undefined, 'authentication_timeout'],
    ['a token that has run out', () => ({ token: operator(unique('short'), { exp: Math.floor(Date.now() / 1000) + 3 }) }), 'token_expired'],
  ]) {
    test(`${why}, by ${name}: a client that ignores the end`, () => counting(`code="${code}"`, async () => {
      const raw = await Raw.open(service);
      await connect(raw, auth());
      const last = await raw.message(new RegExp(`^42\\["error",\\{.*"code":"${code}"`));
      await hasNoShare(raw);
      const afterwards = raw.messages.slice(raw.messages.indexOf(last) + 1);
      assert.deepEqual(afterwards.filter((message) => message !== '41' && message !== '1'), []);
    }));
  }

  test(`only a CONNECT to an unknown namespace, then silence, by ${name}`, () => counting(TIMED_OUT, async () => {
    const raw = await Raw.open(service);
    raw.send('40/nowhere,');
    await raw.message(/^44\/nowhere,/);
    await gone(raw);
  }));

  test(`a client that leaves by 41 and keeps its connection, by ${name}`, () => counting(TIMED_OUT, async () => {
    const raw = await Raw.open(service);
    await connect(raw, { token: operator(unique('left')) });
    await raw.message(/^42\["connected"/);
    await raw.send('41');
    await hasNoShare(raw);
    assert.deepEqual(raw.messages.filter((message) => /^43/.test(message)), []);
  }));
}

test('the older revision without identity, and with a bad token in authenticate', () => counting(TIMED_OUT, async () => {
  const raw = await RawWebSocket.open(service, { path: OLD });
  await raw.message(/^40/);
  raw.send('421["authenticate",{"token":"nonsense"}]');
  await raw.message(/^431\[\{"success":false,.*"code":"token_invalid"/);
  await hasNoShare(raw);
  await raw.message(/^430\[\{"success":false,.*"code":"authentication_required"/);
  assert.match(raw.messages.at(-2), /^42\["error",\{.*"code":"authentication_timeout"/);
  assert.equal(raw.messages.at(-1), '41');
}));

test('the older revision with a bad Bearer token', () => counting(TIMED_OUT, async () => {
  const raw = await RawWebSocket.open(service, { path: OLD, headers: { Authorization: 'Bearer nonsense' } });
  await raw.message(/^44\{.*"code":"token_invalid"/);
  await hasNoShare(raw);
  assert.deepEqual(raw.messages.filter((message) => /^4[0235]/.test(message)), []);
}));

test('the older revision with a bad token in a CONNECT, which it does not send for the main namespace', () =>
  counting('code="protocol_error"', async () => {
    const raw = await RawWebSocket.open(service, { path: OLD });
    await raw.message(/^40/);
    raw.send('40{"token":"nonsense"}');
    await raw.message(/^42\["error",\{.*"code":"protocol_error"/);
    await hasNoShare(raw);
  }));

test('no answer sets a cookie: nothing a browser would send along from another page', async () => {
  const { sid } = await RawPolling.handshake(service);
  const origin = { Origin: service.url };
  for (const [status, path, options] of [
    [200, POLLING, { headers: origin }],
    [200, POLLING.replace('EIO=4', 'EIO=3')],
    [200, `${POLLING}&sid=${sid}`, { body: '40' }],
    [200, `${POLLING}&sid=${sid}`],
    [204, POLLING, { method: 'OPTIONS', headers: { ...origin, 'Access-Control-Request-Method': 'POST' } }],
    [400, POLLING, { method: 'PUT', body: 'x' }],
    [400, `${POLLING}&sid=nobody`],
    [403, POLLING, { headers: { Origin: 'https://evil.example' } }],
    [404, '/socket.io/elsewhere'],
  ]) {
    const answer = await request(service.url + path, options);
    assert.equal(answer.headers['set-cookie'], undefined, path);
    assert.equal(answer.status, status, path);
  }
  const webSocket = new RawWebSocket(service);
  const { headers } = await within(5_000, 'the upgrade', new Promise((resolve) => webSocket.socket.on('upgrade', resolve)));
  assert.equal(headers['set-cookie'], undefined);
});

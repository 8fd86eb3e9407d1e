// Recovery with stock clients of all generations: acknowledgements, binary events, late tokens, manual connects, and
// clients without recovery.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { io as io3 } from 'socket.io-client-3';
import io2 from 'socket.io-client-2';
import { Client } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { counting } from '../support/metrics.mjs';
import { newcomer } from '../support/recovering.mjs';
import { sharedService } from '../support/service.mjs';
import { EchoClient } from '../support/stock.mjs';
import { POSITION, Tab } from '../support/tab.mjs';
import { operator } from '../support/tokens.mjs';

let service;
before(async () => {
  service = await sharedService();
});
const test = testsOf(() => service);

test('a quiet client has an offset from connected; the replay begins there', async () => {
  const { token, post } = newcomer(service);
  const tab = await Tab.open(service, token);
  assert.deepEqual(tab.events.map(({ name }) => name), ['connected']);
  await tab.leave();
  const [missed] = await post();
  tab.come();
  await tab.back(2);
  tab.assertRecovered(2);
  assert.deepEqual(tab.broadcasts(), [['call:new', { id: missed }]]);
});

test('a stock client that ended its own session starts a new one, although it still has the old offset', async () => {
  const { token, post } = newcomer(service);
  const tab = await Tab.open(service, token);
  const [seen] = await post();
  await tab.event('call:new', ({ id }) => id === seen);
  tab.socket.disconnect();
  await post();
  tab.socket.connect();
  await tab.back(2);
  tab.assertNew(2);
  await tab.leave();
  const [missed] = await post();
  tab.come();
  await tab.back(3);
  tab.assertRecovered(3);
  assert.deepEqual(tab.broadcasts().map(([, { id }]) => id), [seen, missed]);
  // connect() has no effect while connected.
  tab.socket.connect();
  assert.equal((await tab.ask('join-room', { room: 'order:1' })).success, true);
  assert.equal(tab.lives.length, 3);
});

test('authenticate after CONNECT, as in the brief: no deadlock, a new session each time, as connected tells', async () => {
  const { token, post } = newcomer(service);
  const tab = new Tab(service.url, { transports: ['websocket'] });
  tab.socket.on('connect', () => tab.socket.emit('authenticate', { token }));
  await tab.back(1);
  assert.equal(tab.greeting(1).recovered, false);
  await tab.leave();
  await post();
  await counting(service, 'realtime_recovery_refused', 'reason="no_identity"', async () => {
    tab.come();
    await tab.back(2);
  });
  tab.assertNew(2);
  assert.deepEqual(tab.broadcasts(), []);
});

test('acknowledgements on a recovered socket; emits in flight or while away are answered', async () => {
  const { userId, token } = newcomer(service);
  const tab = await Tab.open(service, token, { retries: 3, ackTimeout: 2_000 });
  const rooms = [];
  for (const nth of [2, 3]) {
    const [inFlight, buffered] = [`order:${userId}-${nth}`, `order:${userId}-${nth}-buffered`];
    const answers = [tab.socket.emitWithAck('join-room', { room: inFlight })];
    await tab.leave();
    answers.push(tab.socket.emitWithAck('join-room', { room: buffered }));
    tab.come();
    await tab.back(nth);
    tab.assertRecovered(nth);
    assert.deepEqual((await Promise.all(answers)).map(({ success }) => success), [true, true]);
    rooms.push(inFlight, buffered);
  }
  await tab.leave();
  tab.come();
  await tab.back(4);
  for (const room of rooms) assert.ok(tab.greeting(4).rooms.includes(room), `${room} in ${tab.greeting(4).rooms}`);
});

test('binary events before, during and after an absence do no harm', async () => {
  const { token, post } = newcomer(service);
  const tab = await Tab.open(service, token);
  const bytes = () => tab.socket.emit('unheard-of', Buffer.from([1, 2, 3]), { deep: Buffer.from([4]) });
  const expected = [];
  for (const nth of [2, 3]) {
    bytes();
    await tab.leave();
    bytes();
    expected.push((await post())[0]);
    tab.come();
    await tab.back(nth);
    bytes();
    assert.equal((await tab.ask('join-room', { room: 'order:1' })).success, true);
    tab.assertRecovered(nth);
  }
  assert.deepEqual(tab.broadcasts().map(([, { id }]) => id), expected);
});

test('an older client without recovery sees one more argument, and returns as a new session', async () => {
  const { token, post } = newcomer(service);
  const client = await EchoClient.open(io3, service.url, { auth: { token }, transports: ['websocket'], reconnectionDelay: 20 });
  const [greeting, position] = await client.next('connected');
  assert.deepEqual([greeting.recovered, greeting.position], [false, position]);
  const [id] = await post();
  const [call, offset] = await client.next('call:new');
  assert.deepEqual(call, { id });
  assert.match(offset, POSITION);
  client.breakConnection();
  await client.disconnected();
  assert.equal((await client.next('connected'))[0].recovered, false);
});

test('a client of revision 3 sees no trace of recovery: no offset, no pid, no new members', async () => {
  const { userId, token, post } = newcomer(service);
  const client = await EchoClient.open(io2, service.url, { transports: ['websocket'] });
  assert.deepEqual(await client.ask('authenticate', { token }), [{ success: true }]);
  const [greeting, ...more] = await client.next('connected');
  assert.deepEqual(Object.keys(greeting), ['userId', 'role', 'name', 'socketId', 'rooms']);
  assert.deepEqual(more, []);
  const [id] = await post();
  assert.deepEqual(await client.next('call:new'), [{ id }]);
  assert.deepEqual(await client.ask('join-room', { room: `order:${userId}` }), [{ success: true, room: `order:${userId}` }]);
});

test('auth as a function, as in pages with fresh tokens, and with custom members', async () => {
  const { userId, post } = newcomer(service);
  const client = new Tab(service.url, { auth: (give) => give({ token: operator(userId), page: 'calls' }), transports: ['websocket'] });
  await client.connected();
  await client.leave();
  const [missed] = await post();
  client.come();
  await client.back(2);
  client.assertRecovered(2);
  assert.deepEqual(client.broadcasts(), [['call:new', { id: missed }]]);
});

test('a plain client works without any part of recovery', async () => {
  const { token, post } = newcomer(service);
  const client = new Client(service.url, { auth: { token }, transports: ['websocket'] });
  await client.connected();
  const [id] = await post();
  assert.deepEqual(await client.event('call:new'), { id });
});

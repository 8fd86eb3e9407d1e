// WebSocket, polling, and upgrades.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { Client, join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, inStreamOrder, request, unique } from '../support/http.mjs';
import { sharedService } from '../support/service.mjs';
import { operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

let service;
before(async () => {
  service = await sharedService();
});
const test = testsOf(() => service);

const call = (id) => ({ call: { id }, rooms: ['operators'] });
const ids = (client) => client.broadcasts().map(([, payload]) => payload.id);
const range = (n, prefix = '') => Array.from({ length: n }, (_, i) => `${prefix}${i}`);

for (const transport of ['websocket', 'polling']) {
  test(`${transport} only: events and acknowledgements arrive, and the transport stays`, async () => {
    const client = await join(service, operator('t1'), { transports: [transport] });
    assert.equal(client.transport, transport);
    assert.equal((await client.ask('join-room', { room: 'order:5' })).room, 'order:5');
    for (const id of range(60)) await accepted(service, 'call-new', call(id));
    await settled(service, client);
    assert.deepEqual(ids(client), range(60));
    assert.equal(client.transport, transport);
    assert.deepEqual(client.disconnects, []);
  });
}

test('polling: a burst larger than any batch arrives completely', async () => {
  const client = await join(service, operator('t2'), { transports: ['polling'] });
  const posted = await Promise.all(range(300).map((id) => accepted(service, 'call-new', call(id))));
  await settled(service, client);
  assert.equal(new Set(ids(client)).size, 300);
  assert.equal(ids(client).length, 300);
  assert.deepEqual(ids(client), inStreamOrder(posted, range(300)));
});

test('the default client starts with polling and upgrades to websocket', async () => {
  const client = new Client(service.url, { auth: { token: operator('t3') } });
  const names = [];
  client.socket.io.on('open', () => {
    names.push(client.transport);
    client.socket.io.engine.on('upgrade', (transport) => names.push(transport.name));
  });
  client.userId = (await client.connected()).userId;
  await until('the upgrade', () => client.transport === 'websocket');
  assert.deepEqual(names, ['polling', 'websocket']);
  await accepted(service, 'call-new', call('after'));
  await settled(service, client);
  assert.deepEqual(ids(client), ['after']);
  assert.equal((await client.ask('join-room', { room: 'order:6' })).room, 'order:6');
});

test('websocket, then polling, then websocket again, chosen manually: each is a separate connection', async () => {
  for (const transports of [['websocket', 'polling'], ['polling'], ['websocket'], ['polling', 'websocket']]) {
    const client = await join(service, operator('t4'), { transports });
    await accepted(service, 'call-new', call('x'));
    await settled(service, client);
    assert.deepEqual(ids(client), ['x'], String(transports));
    client.close();
  }
});

test('successive upgrades while events are sent', { timeout: 90_000 }, async () => {
  for (const round of range(10)) {
    const client = new Client(service.url, { auth: { token: operator(`u${round}`) } });
    client.userId = (await client.connected()).userId;
    const posted = await Promise.all(range(10, `${round}-`).map((id) => accepted(service, 'call-new', call(id))));
    await until('the upgrade', () => client.transport === 'websocket');
    await settled(service, client);
    assert.deepEqual(ids(client), inStreamOrder(posted, range(10, `${round}-`)));
    assert.deepEqual(client.disconnects, []);
    client.close();
  }
});

test('twenty concurrent upgrades: all succeed, and events sent meanwhile arrive once and in order', { timeout: 90_000 }, async () => {
  const clients = range(20).map((n) => new Client(service.url, { auth: { token: operator(`p${n}`) } }));
  await Promise.all(clients.map(async (client) => {
    client.userId = (await client.connected()).userId;
  }));
  // All are connected, but hardly any has finished the upgrade.
  const posted = [];
  const names = range(100);
  for (const id of names) posted.push(await accepted(service, 'call-new', call(id)));
  await Promise.all(clients.map((client) => until('the upgrade', () => client.transport === 'websocket')));
  await settled(service, ...clients);
  for (const client of clients) {
    assert.deepEqual(ids(client), names);
    assert.deepEqual(client.disconnects, []);
  }
});

test('packets a client sends during its upgrade are handled once and in order', async () => {
  const client = new Client(service.url, { auth: { token: operator('t5') } });
  await client.connected();
  const answers = [];
  let pending = 0;
  const send = (n) => {
    pending += 1;
    client.socket.emit('join-room', { room: `order:${n}` }, (answer) => answers.push(answer.room));
  };
  let sent = 0;
  while (client.transport !== 'websocket' || sent < 50) {
    send(sent++);
    await new Promise((resolve) => setImmediate(resolve));
    if (sent > 150) break;
  }
  await until('the upgrade', () => client.transport === 'websocket');
  await until('all acknowledgements', () => answers.length === pending);
  assert.deepEqual(answers, range(pending, 'order:'));
});

test('an invalid Engine.IO request is refused with a status, not left hanging', async () => {
  const polling = `${service.url}/socket.io/?EIO=4&transport=polling`;
  assert.equal((await request(`${polling}&sid=${unique('unknown')}`)).status, 400);
  assert.equal((await request(`${polling}&sid=${unique('unknown')}`, { body: '40' })).status, 400);
  assert.equal((await request(polling, { body: '40' })).status, 400);
  assert.equal((await request(`${service.url}/socket.io/?EIO=4&transport=pigeon`)).status, 400);
  assert.equal((await request(`${service.url}/socket.io/?EIO=9&transport=polling`)).status, 400);
});

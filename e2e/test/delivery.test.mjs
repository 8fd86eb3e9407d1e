// Every event reaches its receivers and nobody else: once, in stream order, with unchanged bytes.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, broadcast, inStreamOrder, request } from '../support/http.mjs';
import { RawPolling, RawWebSocket, connect } from '../support/raw.mjs';
import { sharedService } from '../support/service.mjs';
import { WEBHOOK_TOKEN, director, operator, sign } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

let service;
before(async () => {
  service = await sharedService();
});
const test = testsOf(() => service);

/** Every event: path, name, body, payload for clients, and default rooms. */
const call = { id: 'c-1', phoneClient: '+79001112233', phoneAts: '100', operatorId: 17, status: 'new', duration: 0, extra: [1] };
const order = { id: 77, clientName: 'Анна', city: 'Саратов', masterId: 5, statusOrder: 'Ожидает', extra: { a: null } };
const assigned = { orderId: 77, masterId: 5, masterName: 'Мастер', extra: true };
const changed = { orderId: '77', oldStatus: 'Ожидает', newStatus: 'Готово' };
const EVENTS = [
  ['call-new', 'call:new', { call }, call, ['operators', 'directors', 'operator:17']],
  ['call-updated', 'call:updated', { call }, call, ['operators', 'directors', 'operator:17']],
  ['call-ended', 'call:ended', { call }, call, ['operators', 'directors', 'operator:17']],
  ['order-new', 'order:new', { order }, order, ['operators', 'directors', 'city:Саратов', 'order:77']],
  ['order-updated', 'order:updated', { order }, order, ['operators', 'directors', 'city:Саратов', 'order:77']],
  ['order-master-assigned', 'order:master-assigned', assigned, assigned, ['operators', 'directors', 'order:77']],
  ['order-status-changed', 'order:status-changed', changed, changed, ['operators', 'directors', 'order:77']],
];
const notification = { type: 'system', message: 'Обед', severity: 'info', timestamp: '2026-01-02T03:04:05Z', data: { n: 1 } };

/** People in one room each besides their own, on either transport. */
async function people(transport) {
  const only = async (token, keep) => {
    const client = await join(service, token, { transports: [transport] });
    for (const room of client.events[0].args[0].rooms.filter((name) => !name.startsWith('user:') && name !== keep)) {
      await client.ask('leave-room', { room });
    }
    if (keep && !client.events[0].args[0].rooms.includes(keep)) await client.join(keep);
    return client;
  };
  return {
    operators: await only(operator(90), 'operators'),
    directors: await only(director(91), 'directors'),
    'operator:17': await only(operator(17), 'operator:17'),
    'operator:18': await only(operator(18), 'operator:18'),
    'city:Саратов': await only(operator(92), 'city:Саратов'),
    'city:Энгельс': await only(operator(93), 'city:Энгельс'),
    'order:77': await only(operator(94), 'order:77'),
    'order:78': await only(operator(95), 'order:78'),
    nothing: await only(sign({ userId: 96, role: 'courier' })),
  };
}

for (const transport of ['websocket', 'polling']) {
  test(`${transport}: without rooms every event reaches its default rooms, once, and nobody else`, async () => {
    const clients = await people(transport);
    for (const [path, event, body, , rooms] of EVENTS) {
      const answer = await accepted(service, path, body);
      assert.equal(answer.event, event);
      assert.deepEqual([...answer.rooms].sort(), [...rooms].sort(), path);
    }
    await settled(service, ...Object.values(clients));
    for (const [room, client] of Object.entries(clients)) {
      const expected = EVENTS.filter(([, , , , rooms]) => rooms.includes(room)).map(([, name, , payload]) => [name, payload]);
      assert.deepEqual(client.broadcasts(), expected, room);
    }
  });

  test(`${transport}: with rooms every event reaches those, once, and nobody else`, async () => {
    const clients = await people(transport);
    const everything = [...EVENTS, ['notification', 'notification', { notification }, notification]];
    const targets = [['operators'], ['directors', 'city:Энгельс'], ['order:78', 'operator:18', 'operators', 'operators']];
    const posts = everything.flatMap((event) => targets.map((rooms) => ({ event, rooms })));
    for (const { event: [path, , body], rooms } of posts) await accepted(service, path, { ...body, rooms });
    await settled(service, ...Object.values(clients));
    for (const [room, client] of Object.entries(clients)) {
      const expected = posts.filter(({ rooms }) => rooms.includes(room)).map(({ event: [, name, , payload] }) => [name, payload]);
      assert.deepEqual(client.broadcasts(), expected, room);
    }
  });
}

test('a notification without rooms reaches everybody with an identity, one with a user only that user', async () => {
  const clients = await people('websocket');
  const second = await join(service, sign({ userId: '96', role: 'courier' }));
  await accepted(service, 'notification', { notification });
  await accepted(service, 'notification', { notification: { ...notification, message: 'number' }, userId: 96 });
  await accepted(service, 'notification', { notification: { ...notification, message: 'text' }, userId: '96' });
  await settled(service, ...Object.values(clients), second);
  const messages = (client) => client.broadcasts().map(([, { message }]) => message);
  for (const [room, client] of Object.entries(clients)) {
    assert.deepEqual(messages(client), room === 'nothing' ? ['Обед', 'number', 'text'] : ['Обед'], room);
  }
  assert.deepEqual(messages(second), ['Обед', 'number', 'text']);
});

test('default rooms skip what is missing', async () => {
  const rooms = async (path, body) => [...(await accepted(service, path, body)).rooms].sort();
  assert.deepEqual(await rooms('call-new', { call: { id: 1 } }), ['directors', 'operators']);
  assert.deepEqual(await rooms('call-new', { call: { id: 1, operatorId: null } }), ['directors', 'operators']);
  assert.deepEqual(await rooms('order-new', { order: { id: 1 } }), ['directors', 'operators', 'order:1']);
  assert.deepEqual(await rooms('order-new', { order: { id: 'x', city: null } }), ['directors', 'operators', 'order:x']);
});

test('one socket in operators, directors and the city gets an event to all three once', async () => {
  for (const transports of [['websocket'], ['polling']]) {
    const client = await join(service, director(1, { cities: ['Саратов'] }), { transports });
    for (const room of ['operators', 'city:Саратов', 'order:77']) await client.join(room);
    await accepted(service, 'order-new', { order, rooms: ['operators', 'directors', 'city:Саратов'] });
    await accepted(service, 'order-updated', { order });
    await settled(service, client);
    assert.deepEqual(client.broadcasts(), [['order:new', order], ['order:updated', order]]);
  }
});

test('every socket of one user gets its own copy', async () => {
  const clients = [await join(service, operator(17)), await join(service, operator(17), { transports: ['polling'] })];
  await accepted(service, 'call-new', { call, rooms: ['operator:17'] });
  await settled(service, ...clients);
  for (const client of clients) assert.deepEqual(client.broadcasts(), [['call:new', call]]);
});

test('members besides the payload are not sent to clients: neither the token nor the rooms', async () => {
  const raw = await RawWebSocket.open(service);
  await connect(raw, { token: operator(17) });
  await raw.message(/"connected"/);
  for (const [path, , body] of EVENTS) await accepted(service, path, { ...body, rooms: ['operator:17'] });
  await raw.message(/order:status-changed/);
  for (const message of raw.events()) {
    assert.ok(!message.includes(WEBHOOK_TOKEN), message);
    assert.ok(message.includes('"connected"') || !message.includes('rooms'), message);
  }
});

/** Texts that parsing and printing would change. */
const VERBATIM = [
  '{"id":12345678901234567890123456789}',
  '{ "id" : 1 , "a" : 1.0 , "b" : 1e400 , "c" : -0.0 , "d" : 0.1000000000000000000000000001 , "e" : 1E+2 }',
  '{"id":"x","\\u0436":"\\u0436ж\\/😀\\ud83d\\ude00","nul":"\\u0000","line":"\\u2028\u2028","tab":"\\t","":""}',
  '{"id":2,"deep":[[[{"a":[ ]}]],{ },null,true,false],"__proto__":{"x":1},"constructor":"y"}',
  '{\n  "id": 3,\r\n\t"many": "lines"\n}',
];
for (const transport of ['websocket', 'polling']) {
  test(`${transport}: the payload's bytes are the ones that were sent`, async () => {
    const raw = await (transport === 'websocket' ? RawWebSocket : RawPolling).open(service);
    await connect(raw, { token: operator(17) });
    await raw.message(/"connected"/);
    for (const payload of VERBATIM) {
      raw.messages.length = 0;
      const body = `{"rooms":["operator:17"],"token":"${WEBHOOK_TOKEN}","call":${payload},"beside":1}`;
      const answer = await request(`${service.url}/api/v1/broadcast/call-new`, { body });
      assert.equal(answer.status, 200, answer.text);
      const message = await raw.message(/call:new/);
      const expected = `42["call:new",${payload}`;
      assert.equal(message.slice(0, expected.length), expected);
      // Only the stream position may follow.
      assert.match(message.slice(expected.length), /^(,"[^"]*")?\]$/);
    }
  });
}

test('the numbers and names of a flat event are the ones that were sent', async () => {
  const raw = await RawWebSocket.open(service);
  await connect(raw, { token: operator(17) });
  const members = '"orderId":12345678901234567890123456789,"masterId":98765432109876543210,"masterName":"\\u0436","more":{"x":1e400}';
  const body = `{"token":"${WEBHOOK_TOKEN}","rooms":["operator:17"],${members}}`;
  assert.equal((await request(`${service.url}/api/v1/broadcast/order-master-assigned`, { body })).status, 200);
  const message = await raw.message(/order:master-assigned/);
  assert.ok(message.includes(members), message);
});

test('a notification without a timestamp gets one, in UTC; an existing one is kept', async () => {
  const client = await join(service, operator(17));
  const began = Date.now();
  await accepted(service, 'notification', { notification: { message: 'без' }, userId: 17 });
  await accepted(service, 'notification', { notification: { timestamp: 'yesterday', message: 'с' }, userId: 17 });
  await client.event('notification', ({ message }) => message === 'с');
  const [[, without], [, own]] = client.broadcasts();
  assert.deepEqual(Object.keys(without).sort(), ['message', 'timestamp']);
  assert.match(without.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  assert.ok(Math.abs(Date.parse(without.timestamp) - began) < 10_000, without.timestamp);
  assert.deepEqual(own, { timestamp: 'yesterday', message: 'с' });
});

test('a thousand events arrive at twenty sockets on all transports, once and in order', { timeout: 120_000 }, async () => {
  const ways = [['websocket'], ['polling'], ['polling', 'websocket']];
  const clients = await Promise.all(
    Array.from({ length: 20 }, (_, n) => join(service, operator(`m${n}`), { transports: ways[n % 3] })),
  );
  const ids = Array.from({ length: 1000 }, (_, n) => n);
  const answers = [];
  let next = 0;
  const worker = async () => {
    while (next < ids.length) {
      const id = next++;
      answers[id] = await accepted(service, 'call-updated', { call: { id }, rooms: ['operators', 'directors'] });
    }
  };
  await Promise.all(Array.from({ length: 10 }, worker));
  await settled(service, ...clients);
  const expected = inStreamOrder(answers, ids);
  for (const client of clients) {
    assert.deepEqual(client.broadcasts().map(([, { id }]) => id), expected, String(client.transport));
    assert.deepEqual(client.disconnects, []);
  }
});

test('posts of one caller, one after the other, keep their order', async () => {
  const client = await join(service, operator(17));
  const answers = [];
  for (let id = 0; id < 100; id++) answers.push(await accepted(service, 'call-updated', { call: { id }, rooms: ['operators'] }));
  await settled(service, client);
  assert.deepEqual(client.broadcasts().map(([, { id }]) => id), Array.from({ length: 100 }, (_, n) => n));
  assert.equal(new Set(answers.map(({ id }) => id)).size, 100);
});

test('sockets without an identity receive nothing, can do nothing and are not counted', async () => {
  const witness = await join(service, director(1));
  const totals = async () => (await request(`${service.url}/api/v1/stats/connections`)).json.data;
  const rooms = async () => (await request(`${service.url}/api/v1/stats/rooms`)).json.data;
  const [totalsBefore, roomsBefore] = [await totals(), await rooms()];

  const waiting = [await RawWebSocket.open(service), await RawPolling.open(service)];
  const silent = [await RawWebSocket.open(service), await RawPolling.open(service)];
  const forward = [await RawWebSocket.open(service), await RawPolling.open(service)];
  for (const raw of waiting) {
    assert.match(await connect(raw), /^40/);
    for (const event of ['join-room', 'call:new', 'subscribe']) raw.send(`42["${event}",{"room":"operators"}]`);
    raw.send('421["join-room",{"room":"operators"}]');
    assert.match(await raw.message(/^431/), /authentication_required/);
  }
  // These two send events without CONNECT.
  for (const raw of forward) {
    raw.send('421["join-room",{"room":"operators"}]');
    raw.send('42["call:new",{"id":"forged"}]');
  }

  for (const [path, , body] of EVENTS) {
    await accepted(service, path, body);
    await accepted(service, path, { ...body, rooms: ['operators', 'directors', 'city:Саратов', 'order:77', 'operator:17'] });
  }
  await accepted(service, 'notification', { notification });
  await settled(service, witness);
  assert.equal(witness.broadcasts().length, 2 * EVENTS.length + 1);
  assert.deepEqual(await totals(), totalsBefore);
  assert.deepEqual(await rooms(), roomsBefore);

  // Anything sent to them would arrive before the answer to this request.
  for (const raw of silent) {
    await connect(raw, { token: operator(17) });
    await raw.message(/^42\["connected"/);
    assert.match(raw.events()[0], /^42\["connected"/);
    assert.equal(raw.events().length, 1, raw.events().join(' '));
  }
  for (const raw of waiting) {
    raw.send(`422["authenticate",${JSON.stringify({ token: operator(17) })}]`);
    await raw.message(/^432/);
    const events = raw.events().filter((message) => !/^42\["error",.*authentication_required/.test(message));
    assert.equal(events.length, 1, events.join(' '));
    assert.match(events[0], /^42\["connected"/);
  }
  for (const raw of forward) {
    assert.deepEqual(raw.events(), []);
    assert.deepEqual(raw.messages.filter((message) => message.startsWith('43')), []);
  }
  await settled(service, witness);
  assert.equal(witness.broadcasts().some(([, payload]) => payload.id === 'forged'), false);
});

test('what a client emits reaches no other client', async () => {
  const [one, other] = [await join(service, director(1)), await join(service, director(2))];
  for (const name of ['call:new', 'notification', 'order:new', 'anything']) one.socket.emit(name, { id: 'forged' });
  await one.ask('join-room', { room: 'operators' });
  await settled(service, one, other);
  assert.deepEqual(other.broadcasts(), []);
});

test('a closed socket receives nothing and is no longer counted', async () => {
  const witness = await join(service, director(1));
  const total = async () => (await request(`${service.url}/api/v1/stats/connections`)).json.data.total;
  const before = await total();
  const gone = [await join(service, operator(17)), await join(service, operator(17), { transports: ['polling'] })];
  assert.equal(await total(), before + 2);
  gone.forEach((client) => client.close());
  await until('the sockets to be counted out', async () => (await total()) === before);
  const answer = await broadcast(service, 'call-new', { call, rooms: ['operator:17'] });
  assert.equal(answer.status, 200, 'a room without members is no error');
  await settled(service, witness);
});

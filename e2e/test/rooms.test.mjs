// Joining and leaving rooms: permissions, refusals, effects.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted } from '../support/http.mjs';
import { sharedService } from '../support/service.mjs';
import { director, operator, sign } from '../support/tokens.mjs';

let service;
before(async () => {
  service = await sharedService();
});
const test = testsOf(() => service);

const joined = (room) => ({ success: true, room });
/** Joins or leaves a room; returns the answer without its position. */
async function ask(client, room, event = 'join-room') {
  const { position, ...answer } = await client.ask(event, { room });
  assert.equal(typeof position, answer.success ? 'string' : 'undefined');
  return answer;
}
async function refused(client, room, code) {
  const answer = await ask(client, room);
  assert.equal(answer.success, false, `${room} was joined`);
  assert.equal(answer.error.code, code, room);
  assert.equal(typeof answer.error.message, 'string');
}
const callTo = (room, id = room) => accepted(service, 'call-new', { call: { id }, rooms: [room] });
const ids = (client) => client.broadcasts().map(([, { id }]) => id);

test('an operator joins operators, the own room, any order, and any city unless the token names cities', async () => {
  const client = await join(service, operator(17));
  for (const room of ['operators', 'operator:17', 'order:1', 'order:А-77', 'city:Саратов', 'city:Энгельс', 'user:17']) {
    assert.deepEqual(await ask(client, room), joined(room));
  }
  await refused(client, 'directors', 'room_forbidden');
  await refused(client, 'operator:18', 'room_forbidden');
  await refused(client, 'operator:170', 'room_forbidden');
  await refused(client, 'user:18', 'room_forbidden');
});

test('an operator whose token names cities joins only those', async () => {
  const client = await join(service, operator(17, { cities: ['Саратов', 'Энгельс'] }));
  assert.deepEqual(await ask(client, 'city:Саратов'), joined('city:Саратов'));
  await refused(client, 'city:Москва', 'room_forbidden');
  await refused(client, 'city:саратов', 'room_forbidden');
  await callTo('city:Саратов');
  await callTo('city:Энгельс');
  await callTo('city:Москва');
  await settled(service, client);
  assert.deepEqual(ids(client), ['city:Саратов', 'city:Энгельс']);
});

test('a director joins any room', async () => {
  const client = await join(service, director(1));
  for (const room of ['operators', 'directors', 'operator:17', 'order:1', 'city:Саратов', 'user:17']) {
    assert.deepEqual(await ask(client, room), joined(room));
  }
});

test('an unknown role joins only its own room', async () => {
  const client = await join(service, sign({ userId: 'c', role: 'courier', cities: ['Саратов'] }));
  for (const room of ['operators', 'directors', 'operator:c', 'operator:17', 'order:1', 'city:Саратов', 'user:d']) {
    await refused(client, room, 'room_forbidden');
  }
  assert.deepEqual(await ask(client, 'user:c'), joined('user:c'));
});

test('a role is compared as a whole and case-sensitively', async () => {
  for (const role of ['Operator', 'operators', 'director2', '']) {
    const client = await join(service, sign({ userId: 'x', role }));
    await refused(client, 'operators', 'room_forbidden');
  }
});

test('a room of an unknown kind is refused to everyone', async () => {
  for (const token of [operator(17), director(1)]) {
    const client = await join(service, token);
    for (const room of ['managers', 'region:64', 'Operators', 'operators:1', 'admin', 'city', 'order']) {
      await refused(client, room, 'room_unknown');
    }
  }
});

test('an invalid name is refused as such', async () => {
  const client = await join(service, director(1));
  for (const room of ['city:', 'city:   ', 'order:', `city:${'ж'.repeat(101)}`, `city:${'ж'.repeat(5_000)}`, `city:${'🚀'.repeat(63)}`, 'city:a\u0000b']) {
    await refused(client, room, 'room_invalid');
  }
});

test('an invalid argument is refused as such', async () => {
  const client = await join(service, director(1));
  for (const event of ['join-room', 'leave-room']) {
    for (const args of [[], [null], [{}], [{ room: 5 }], [{ room: null }], [{ room: ['operators'] }], ['operators'], [[]]]) {
      const { success, error } = await client.ask(event, ...args);
      assert.equal(success, false, JSON.stringify(args));
      assert.equal(error.code, 'payload_invalid', JSON.stringify(args));
    }
  }
});

test('names of any script, up to 100 characters and 256 bytes', async () => {
  const client = await join(service, operator(17));
  const names = ['Саратов', 'Нижний Новгород', 'Санкт-Петербург', 'القاهرة', '北京', 'თბილისი', 'ქ. 東京 🚀', 'a:b:c', 'Zürich', "O'Fallon"];
  const rooms = [
    ...names.map((name) => `city:${name}`),
    `city:${'ж'.repeat(95)}`,
    `city:${'漢'.repeat(83)}`,
    `city:${'🚀'.repeat(62)}`,
  ];
  for (const room of rooms) assert.deepEqual(await ask(client, room), joined(room));
  for (const [i, room] of rooms.entries()) await callTo(room, i);
  await settled(service, client);
  assert.deepEqual(ids(client), [...rooms.keys()]);
});

test('a refusal without an acknowledgement is sent as event error', async () => {
  const client = await join(service, operator(17));
  client.socket.emit('join-room', { room: 'directors' });
  assert.equal((await client.event('error')).code, 'room_forbidden');
  client.socket.emit('join-room', { room: 'managers' });
  await client.event('error', ({ code }) => code === 'room_unknown');
  client.socket.emit('leave-room', { room: 'city:' });
  await client.event('error', ({ code }) => code === 'room_invalid');
  assert.equal(client.socket.connected, true);
  const { error } = { error: client.events.find(({ name }) => name === 'error').args[0] };
  assert.equal('reconnect' in error, false, 'reconnect announces a close');
});

test('a refused join receives nothing', async () => {
  const client = await join(service, operator(17));
  await refused(client, 'directors', 'room_forbidden');
  await refused(client, 'operator:18', 'room_forbidden');
  await refused(client, 'region:64', 'room_unknown');
  await callTo('directors');
  await callTo('operator:18');
  await settled(service, client);
  assert.deepEqual(client.broadcasts(), []);
});

test('no events after leaving; joining twice has the effect of once', async () => {
  for (const transports of [['websocket'], ['polling']]) {
    const client = await join(service, operator(17), { transports });
    assert.deepEqual(await ask(client, 'order:9'), joined('order:9'));
    assert.deepEqual(await ask(client, 'order:9'), joined('order:9'));
    await callTo('order:9', 'inside');
    await settled(service, client);
    assert.deepEqual(await ask(client, 'order:9', 'leave-room'), joined('order:9'));
    assert.deepEqual(await ask(client, 'operators', 'leave-room'), joined('operators'));
    await callTo('order:9', 'outside');
    await callTo('operators', 'outside');
    await settled(service, client);
    assert.deepEqual(ids(client), ['inside']);
    assert.deepEqual(await ask(client, 'operators'), joined('operators'));
    await callTo('operators', 'back');
    await settled(service, client);
    assert.deepEqual(ids(client), ['inside', 'back']);
  }
});

test('sockets have separate rooms, even those of the same user', async () => {
  const [first, second] = [await join(service, operator(17)), await join(service, operator(17))];
  await first.join('order:10');
  await callTo('order:10');
  await settled(service, first, second);
  assert.deepEqual(ids(first), ['order:10']);
  assert.deepEqual(ids(second), []);
});

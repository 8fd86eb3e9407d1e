// Rooms have positions: a replay follows the rooms at the time of each event, not the current ones, and the current
// permissions.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { testsOf } from '../support/harness.mjs';
import { accepted, unique } from '../support/http.mjs';
import { Numbers } from '../support/numbers.mjs';
import { Visit } from '../support/recovering.mjs';
import { sharedService } from '../support/service.mjs';
import { Tab, isAfter } from '../support/tab.mjs';
import { director, operator, sign } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

let service;
before(async () => {
  service = await sharedService();
});
const test = testsOf(() => service);

let last = 0;
/** Posts one call to these rooms; returns its id. */
async function post(...rooms) {
  const id = ++last;
  await accepted(service, 'call-new', { call: { id }, rooms });
  return id;
}

async function join(visit, room) {
  const answer = await visit.ask('join-room', { room });
  assert.equal(answer.success, true, JSON.stringify(answer));
  return answer.position;
}

async function leave(visit, room) {
  assert.equal((await visit.ask('leave-room', { room })).success, true);
}

/** Recovers without an offset, hence with everything since the session's birth; waits for `connected`. */
const fromBirth = (old, token) => Visit.welcome(service, { pid: old.pid, token });

test('nothing from before a join and nothing from after a leave, however often a room is joined', async () => {
  const userId = unique('stays');
  const token = operator(userId);
  const room = `order:${userId}`;
  const first = await Visit.welcome(service, { token });
  const wanted = [];
  for (let n = 0; n < 3; n++) {
    await post(room);
    await join(first, room);
    wanted.push(await post(room), await post(room, `operator:${userId}`));
    await leave(first, room);
    await post(room);
    wanted.push(await post(`operator:${userId}`, room));
  }
  await join(first, room);
  await first.cut();
  wanted.push(await post(room));
  const second = await fromBirth(first, token);
  await second.got(wanted);
  assert.ok(second.greeting.rooms.includes(room));

  // A room that was left in an earlier life stays left.
  await leave(second, room);
  await post(room);
  await second.cut();
  await post(room);
  const third = await fromBirth(first, token);
  await third.got(wanted);
  assert.ok(!third.greeting.rooms.includes(room));
});

test('the position in the answer to a join is where its events begin', async () => {
  const userId = unique('begin');
  const numbers = new Numbers(service, [`order:${userId}`]).flow(1);
  const visit = await Visit.welcome(service, { token: operator(userId) });
  await until('events before the join', () => numbers.accepted.length > 20);
  const position = await join(visit, `order:${userId}`);
  const least = numbers.accepted.length + 20;
  await until('events after the join', () => numbers.accepted.length > least);
  await numbers.stop();
  await visit.call(numbers.accepted.at(-1));
  const epoch = position.split('-')[0];
  const after = numbers.accepted.filter((n) => isAfter(`${epoch}-${numbers.ids.get(n)}`, position));
  await visit.got(after);
  // The same after a recovery.
  await visit.cut();
  await (await fromBirth(visit, operator(userId))).got(after);
});

test('the brief\'s page joins on connect, during the replay: old rooms replay missed events, new ones get later events', async () => {
  const userId = unique('page');
  const [kept, added] = [`order:${userId}-kept`, `order:${userId}-added`];
  const tab = new Tab(service.url, { auth: { token: operator(userId) }, transports: ['websocket'] });
  const wanted = [kept];
  const answers = [];
  tab.socket.on('connect', () => wanted.forEach((room) =>
    tab.socket.emit('join-room', { room }, (answer) => answers.push({ ...answer, at: tab.events.length }))));
  await tab.back(1);
  await until('the join', () => answers.length === 1);
  assert.equal(answers[0].success, true);
  const [toKept, toAdded] = [new Numbers(service, [kept], 2_000), new Numbers(service, [added])];
  await toKept.post(10);
  await tab.hasAll(toKept);

  for (const nth of [2, 3]) {
    answers.length = 0;
    const before = toAdded.accepted.length;
    await tab.leave();
    await toKept.post(200);
    if (nth === 2) await toAdded.post(5);
    wanted.splice(1, 1, added);
    tab.come();
    await tab.back(nth);
    await until(() => `the joins; there are ${JSON.stringify(answers)}`, () => answers.length === 2);
    tab.assertRecovered(nth);
    // The joins were handled after the replay.
    for (const { success, position, at } of answers) {
      assert.equal(success, true);
      assert.ok(!isAfter(tab.greeting(nth).position, position));
      assert.ok(tab.events.slice(tab.lives[nth - 1].from, at).some(({ name }) => name === 'connected'), 'connected before the answers');
    }
    await toKept.post(5);
    await toAdded.post(5);
    await tab.hasAll(toKept);
    await tab.hasAll(toAdded, toAdded.accepted.slice(5));
    assert.equal(toAdded.accepted.length, before + (nth === 2 ? 10 : 5));
  }
});

test('a notification to everybody is replayed too, one to another user is not', async () => {
  const userId = unique('everybody');
  const token = operator(userId);
  const first = await Visit.welcome(service, { token });
  await first.cut();
  const [message, other] = [unique('all'), unique('other')];
  await accepted(service, 'notification', { notification: { type: 'info', message: other }, userId: unique('nobody') });
  await accepted(service, 'notification', { notification: { type: 'info', message } });
  await accepted(service, 'notification', { notification: { type: 'info', message }, userId });
  const back = await Visit.welcome(service, { pid: first.pid, offset: first.offset, token });
  const texts = back.events.filter(([name]) => name === 'notification').map(([, payload]) => payload.message);
  assert.deepEqual(texts, [message, message]);
});

test('the role has changed: nothing is replayed from rooms that are no longer allowed', async () => {
  const userId = unique('role');
  const [order, theirs] = [`order:${userId}`, unique('operator:other')];
  const first = await Visit.welcome(service, { token: director(userId) });
  for (const room of [order, theirs]) await join(first, room);
  await first.cut();
  const wanted = [];
  await post('directors');
  await post(theirs);
  wanted.push(await post(order), await post(`operator:${userId}`, order), await post('directors', order));
  const back = await Visit.welcome(service, { pid: first.pid, offset: first.offset, token: operator(userId) });
  const { role, rooms, recovered } = back.greeting;
  assert.equal(role, 'operator');
  for (const gone of ['directors', theirs]) assert.ok(!rooms.includes(gone), `${gone} in ${rooms}`);
  assert.ok(rooms.includes('operators') && rooms.includes(`operator:${userId}`));
  assert.equal(recovered, true);
  await back.got(wanted);
  const live = await post('operators');
  await post('directors');
  const end = await post(order);
  await back.call(end);
  assert.deepEqual(back.calls.slice(-2), [live, end]);
});

test('the token names other cities: the old one is left before the replay, the new one starts now', async () => {
  const userId = unique('cities');
  const [before, since] = [`city:${unique('Саратов')}`, `city:${unique('Энгельс')}`];
  const token = (room) => operator(userId, { cities: [room.slice('city:'.length)] });
  const first = await Visit.welcome(service, { token: token(before) });
  assert.ok(first.greeting.rooms.includes(before));
  await first.cut();
  await post(before);
  await post(since);
  const back = await Visit.welcome(service, { pid: first.pid, offset: first.offset, token: token(since) });
  assert.deepEqual(back.calls, []);
  assert.ok(back.greeting.rooms.includes(since) && !back.greeting.rooms.includes(before), JSON.stringify(back.greeting.rooms));
  await post(before);
  const live = await post(since);
  await back.call(live);
  assert.deepEqual(back.calls, [live]);
});

test('a fresh token changes rooms within a session, and the replay follows their positions', async () => {
  const userId = unique('fresh');
  const city = unique('Самара');
  const room = `city:${city}`;
  const first = await Visit.welcome(service, { token: operator(userId, { cities: ['Другой'] }) });
  await post(room);
  assert.equal((await first.ask('authenticate', { token: operator(userId, { cities: [city] }) })).success, true);
  const within = await post(room);
  await first.call(within);
  await first.cut();
  const missed = await post(room);
  const back = await fromBirth(first, operator(userId, { cities: [city] }));
  assert.equal(back.greeting.recovered, true);
  await back.got([within, missed]);
});

test('an identity without a role has only its own room, and recovers it', async () => {
  const userId = unique('courier');
  const token = sign({ userId, role: 'courier' });
  const first = await Visit.welcome(service, { token });
  await first.cut();
  await post('operators', 'directors');
  const message = unique('own');
  await accepted(service, 'notification', { notification: { type: 'info', message }, userId });
  const back = await Visit.welcome(service, { pid: first.pid, offset: first.offset, token });
  assert.deepEqual(back.events.map(([name, payload]) => payload.message ?? name), [message, 'connected']);
});

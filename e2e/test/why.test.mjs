// Why a user did or did not get an event, on three instances of which one is killed: every cause is made and named.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Client, join, settled } from '../support/clients.mjs';
import { Cluster } from '../support/cluster.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, request, unique } from '../support/http.mjs';
import { metric } from '../support/metrics.mjs';
import { RawWebSocket, connect } from '../support/raw.mjs';
import { Visit } from '../support/recovering.mjs';
import { ADMIN_API_SECRET, adminToken, director, operator, sign } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const MINUTES = { timeout: 120_000 };
/** A dead instance counts as dead after 10 s of silence; the rest is for a busy machine. */
const DEAD = { timeoutMs: 60_000, everyMs: 1_000 };
const PATIENCE = { timeoutMs: 60_000 };
const SLOW = 'code="slow_client"';

let cluster;
before(async () => {
  cluster = await Cluster.start(3, { ADMIN_API_SECRET, REALTIME_ENGINE_MAXQUEUEDBYTES: '100000' });
});
after(() => cluster?.stop());
const test = testsOf(() => cluster?.instances);

const api = (instance, path, options) => request(`${instance.url}/api/v1/admin${path}`, {
  ...options, headers: { Authorization: `Bearer ${adminToken('admin')}` },
});

const ask = (event, user, instance = cluster.instances[0]) =>
  api(instance, `/why?event=${event}&user=${encodeURIComponent(user)}`);

async function why(event, user, instance) {
  const answer = await ask(event, user, instance);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}

/** Posts a call to rooms; returns the event's id. */
const post = async (...rooms) => (await accepted(cluster.instances[1], 'call-new', { call: { id: unique('call') }, rooms })).id;

/** A connected operator that does not come back by itself. */
const enter = (instance, userId, claims) => join(cluster.instances[instance], operator(userId, claims), { reconnection: false });

async function act(path, body) {
  const answer = await api(cluster.instances[0], path, { body });
  assert.equal(answer.status, 200, answer.text);
}

/** Waits until a user's sockets are gone from an instance's statistics. */
const gone = (userId) => until('the user to be gone', async () =>
  (await api(cluster.instances[0], `/stats/connections?user=${userId}`)).json.data.connections.length === 0);

test('written: on which sockets and instances, the same wherever it is asked', MINUTES, async () => {
  const userId = unique('written');
  const tabs = [await enter(0, userId), await enter(2, userId)];
  await settled(cluster.instances[0], ...tabs);
  const event = await post(`operator:${userId}`);
  const answers = await Promise.all(cluster.instances.map((instance) => why(event, userId, instance)));
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  const [answer] = answers;
  assert.deepEqual([answer.reason, answer.event, answer.user, answer.missing], ['written', event, userId, []]);
  assert.deepEqual(answer.to, [`operator:${userId}`]);
  assert.deepEqual(answer.sockets.map(({ socketId }) => socketId).sort(), tabs.map(({ socket }) => socket.id).sort());
  for (const { reason, rooms, since } of answer.sockets) {
    assert.equal(reason, 'written');
    assert.ok(rooms.includes(`operator:${userId}`));
    assert.equal(Date.parse(since), Number(event.split('-')[0]));
  }
  assert.equal(new Set(answer.sockets.map(({ instance }) => instance)).size, 2);
});

test('offline: before, between and after its sockets, and whoever never came', MINUTES, async () => {
  const userId = unique('offline');
  const early = await post('operators');
  const tab = await enter(1, userId);
  const during = await post('operators');
  await settled(cluster.instances[0], tab);
  tab.close();
  await gone(userId);
  const late = await post('operators');
  const [before, written, after] = [await why(early, userId), await why(during, userId), await why(late, userId)];
  assert.deepEqual([before.reason, written.reason, after.reason], ['offline', 'written', 'offline']);
  assert.equal(after.code, 'left');
  assert.ok(Date.parse(after.since) <= Number(late.split('-')[0]));
  assert.deepEqual((await why(late, unique('nobody'))).sockets, []);
  assert.equal((await why(late, unique('nobody'))).reason, 'offline');
});

test('not_in_rooms: before the join and after the leave; what was written in between stays written', MINUTES, async () => {
  const userId = unique('rooms');
  const room = `order:${userId}`;
  const tab = await enter(2, userId);
  const events = [await post(room)];
  await settled(cluster.instances[0], tab);
  await tab.join(room);
  events.push(await post(room));
  await settled(cluster.instances[0], tab);
  assert.ok((await tab.ask('leave-room', { room })).success);
  events.push(await post(room));
  const reasons = [];
  for (const event of events) reasons.push((await why(event, userId)).reason);
  assert.deepEqual(reasons, ['not_in_rooms', 'written', 'not_in_rooms']);
});

test('refused: a room that may not be joined, and a token that has run out', MINUTES, async () => {
  const userId = unique('refused');
  const tab = await enter(0, userId, { cities: ['Вольск'] });
  assert.equal((await tab.ask('join-room', { room: 'city:Саратов' })).error.code, 'room_forbidden');
  await settled(cluster.instances[0], tab);
  const answer = await why(await post('city:Саратов'), userId);
  assert.deepEqual([answer.reason, answer.code], ['refused', 'room_forbidden']);
  assert.equal((await why(await post('city:Вольск'), userId)).reason, 'written');

  const late = unique('late');
  const token = sign({ userId: late, role: 'operator', exp: Math.floor(Date.now() / 1000) - 3_600 });
  const client = new Client(cluster.instances[1].url, { auth: { token }, transports: ['websocket'], reconnection: false });
  await client.refused();
  const expired = await why(await post(`operator:${late}`), late);
  assert.deepEqual([expired.reason, expired.code], ['refused', 'token_expired']);
});

test('blocked: while the block lasts, and not after it', MINUTES, async () => {
  const userId = unique('blocked');
  await enter(1, userId);
  await act(`/users/${userId}/block`, { seconds: 600, reason: 'test' });
  await gone(userId);
  const during = await post(`operator:${userId}`);
  assert.equal((await why(during, userId)).reason, 'blocked');
  await act(`/users/${userId}/unblock`, { reason: 'test' });
  assert.equal((await why(await post(`operator:${userId}`), userId)).reason, 'offline');
  assert.equal((await why(during, userId)).reason, 'blocked', 'the answer is about then, not about now');
});

test('queue_full: a client that stops reading', MINUTES, async () => {
  const userId = unique('slow');
  const slow = await RawWebSocket.open(cluster.instances[0]);
  await connect(slow, { token: operator(userId) });
  await slow.message(/^42\["connected"/);
  const before = await metric(cluster.instances[0], 'realtime_sockets_closed_total', SLOW);
  slow.socket.pause();
  const events = [];
  for (let sent = 0; (await metric(cluster.instances[0], 'realtime_sockets_closed_total', SLOW)) === before; sent++) {
    // The kernel buffers some megabytes; the service's own limit is below one message.
    assert.ok(sent < 100, 'not ended after 20 MB');
    events.push((await accepted(cluster.instances[0], 'notification', {
      notification: { message: 'x'.repeat(200_000) }, rooms: [`user:${userId}`],
    })).id);
  }
  // The last ones may have come after the close.
  let answer;
  do answer = await why(events.pop(), userId); while (answer.reason === 'offline');
  assert.deepEqual([answer.reason, answer.code], ['queue_full', 'slow_client']);
  slow.socket.resume();
});

/** Sends a notification that has to be confirmed; returns its id. */
const askToConfirm = async (rooms, confirm) => (await accepted(cluster.instances[1], 'notification', {
  notification: { message: unique('alarm') }, rooms, confirm,
})).id;

const confirm = async (tab, id) => assert.deepEqual(await tab.ask('confirm', { id }), { success: true });

test('confirmed: the notification, the reminder or the escalation, wherever it is asked', MINUTES, async () => {
  const [fast, late, never, boss] = ['fast', 'late', 'never', 'boss'].map(unique);
  const tabs = await Promise.all([enter(0, fast), enter(1, late), enter(2, never)]);
  const bossTab = await join(cluster.instances[2], director(boss), { reconnection: false });
  const again = (tab, what, id) => tab.event('notification', (it) => it.confirmId === id && it[what] === true, PATIENCE);
  const id = await askToConfirm([fast, late, never].map((userId) => `user:${userId}`), { within: 3, escalateTo: [`user:${boss}`] });
  await tabs[0].event('notification', ({ confirmId }) => confirmId === id, PATIENCE);
  await confirm(tabs[0], id);
  await again(tabs[1], 'reminder', id);
  await confirm(tabs[1], id);
  await again(bossTab, 'escalation', id);
  await confirm(bossTab, id);
  const { receipt, users } = await until('the escalation to be recorded', async () => {
    const { json } = await api(cluster.instances[2], `/receipts/${id}`);
    return !json.receipt.open && json;
  }, PATIENCE);

  const answers = await Promise.all(cluster.instances.map((instance) => why(id, fast, instance)));
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  assert.equal(answers[0].reason, 'confirmed');
  assert.equal(answers[0].since, users.find(({ userId }) => userId === fast).confirmedAt);
  assert.deepEqual(answers[0].sockets.map(({ reason }) => reason), ['written']);
  for (const event of [id, receipt.reminder.event]) assert.equal((await why(event, late)).reason, 'confirmed');
  for (const event of [id, receipt.escalation.event]) assert.equal((await why(event, boss)).reason, 'confirmed');
  for (const event of [id, receipt.reminder.event]) assert.equal((await why(event, never)).reason, 'written');
});

test('wrong parameters, and an event that is not there', MINUTES, async () => {
  for (const [query, status, code] of [
    ['', 400, 'validation_failed'], ['?event=1-1', 400, 'validation_failed'], ['?event=soon&user=1', 400, 'validation_failed'],
    [`?event=1-1&user=${'x'.repeat(300)}`, 400, 'validation_failed'], ['?event=1-1&user=1', 404, 'not_found'],
  ]) {
    const answer = await api(cluster.instances[0], `/why${query}`);
    assert.deepEqual([answer.status, answer.json.code], [status, code], answer.text);
  }
});

test('a killed instance: unknown until its sockets are known to be gone; a tab that recovers has it written', MINUTES, async () => {
  const [lost, back] = [unique('lost'), unique('back')];
  await enter(2, lost);
  const visit = await Visit.welcome(cluster.instances[2], { token: operator(back) });
  const sure = unique('sure');
  const tab = await enter(2, sure);
  const asked = await askToConfirm([`user:${sure}`], { within: 3_600 });
  await tab.event('notification', ({ confirmId }) => confirmId === asked, PATIENCE);
  await confirm(tab, asked);
  const first = await post('operators');
  assert.equal((await why(first, lost)).reason, 'written');
  assert.equal((await why(first, back)).reason, 'written');

  const { sockets: [{ instance: name }] } = await why(first, lost);
  const call = await until('the call', () => visit.events.find(([what]) => what === 'call:new'));
  await cluster.instances[2].stop('SIGKILL');
  const event = await post('operators');
  const recovered = await Visit.welcome(cluster.instances[0], {
    token: operator(back), pid: visit.pid, offset: call.at(-1),
  });
  assert.equal(recovered.greeting.recovered, true);
  const answer = await why(event, back);
  assert.equal(answer.reason, 'written');
  assert.ok(answer.sockets.some(({ reason, instance }) => reason === 'written' && instance !== name));

  assert.equal((await why(asked, sure)).reason, 'confirmed', 'a confirmation is not in the journal that died');

  const unknown = await why(event, lost);
  assert.deepEqual([unknown.reason, unknown.code, unknown.missing], ['unknown', 'instance_silent', [name]]);
  const later = await until('the instance to count as dead', async () => {
    const found = await why(await post('operators'), lost);
    return found.reason === 'offline' && found;
  }, DEAD);
  assert.equal(later.code, 'instance_died');
  assert.equal((await why(event, lost)).reason, 'unknown', 'what was unknown then stays unknown');
  assert.equal((await why(first, lost)).reason, 'written', 'what was known before stays known');
});

test('a journal that Redis has lost: unknown before, known from then on', MINUTES, async () => {
  const userId = unique('after');
  await enter(1, userId);
  const event = await post('operators');
  assert.equal((await why(event, userId)).reason, 'written');
  await cluster.redis.command('DEL', 'realtime:{journal}', `realtime:{journal:${userId}}`);
  // A tab that nobody but its own instance remembers.
  await until('the journal to begin again', async () => (await why(await post('operators'), userId)).reason === 'written',
    { timeoutMs: 30_000, everyMs: 500 });
  const answer = await why(event, userId);
  assert.deepEqual([answer.reason, answer.code], ['unknown', 'too_old']);
});

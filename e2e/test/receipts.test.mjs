// Notifications that people have to confirm, on three instances: who is asked, reminded and told further, whatever dies.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Cluster } from '../support/cluster.mjs';
import { join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, broadcast, request, unique } from '../support/http.mjs';
import { ADMIN_API_SECRET, WEBHOOK_TOKEN, adminToken, director, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const MINUTES = { timeout: 240_000 };
const PATIENCE = { timeoutMs: 60_000 };

let cluster;
before(async () => {
  cluster = await Cluster.start(3, { ADMIN_API_SECRET });
});
after(() => cluster?.stop());
const test = testsOf(() => cluster?.instances);

let lastUser = 100;
const someone = () => lastUser++;

/** Sends a notification that has to be confirmed, and returns its id. */
const ask = async (instance, rooms, confirm) =>
  (await accepted(instance, 'notification', { notification: { type: 'alarm', message: unique('alarm') }, rooms, confirm })).id;

/** What a client got of a receipt: `sent`, `reminder`, `escalation`, in order. */
const got = (client, id) => client.events
  .filter(({ name, args }) => name === 'notification' && args[0].confirmId === id)
  .map(({ args: [{ reminder, escalation }] }) => (reminder ? 'reminder' : escalation ? 'escalation' : 'sent'));

const gets = (client, id, what) => until(
  () => `${what} of ${id} for ${client.userId}, who got ${got(client, id)}`, () => got(client, id).includes(what), PATIENCE);

const confirm = (client, id) => client.ask('confirm', { id });
const code = async (answer) => {
  const { success, error } = await answer;
  assert.equal(success, false);
  return error.code;
};

async function receipt(instance, id) {
  const answer = await request(`${instance.url}/api/v1/admin/receipts/${id}`, {
    headers: { Authorization: `Bearer ${adminToken('viewer')}` },
  });
  assert.equal(answer.status, 200, answer.text);
  return { ...answer.json.receipt, people: answer.json.users };
}

/** Waits until nothing is to come of a receipt. */
const over = (instance, id) => until(`${id} to be over`, async () => {
  const found = await receipt(instance, id);
  return !found.open && found;
}, PATIENCE);

const confirmedBefore = ({ people }, userId, time) =>
  Date.parse(people.find((user) => user.userId === String(userId)).confirmedAt) < Date.parse(time);

test('who confirms is left alone, who does not is reminded once, and then directors hear of it once', MINUTES, async () => {
  const city = unique('city');
  const [anna, boris, tab, stranger] = await Promise.all([
    join(cluster.instances[0], operator(someone(), { cities: [city] })),
    join(cluster.instances[1], operator(someone(), { cities: [city] })),
    join(cluster.instances[2], operator(lastUser - 1, { cities: [city] })),
    join(cluster.instances[2], operator(someone(), { cities: ['elsewhere'] })),
  ]);
  const boss = await join(cluster.instances[2], director(someone(), { cities: ['elsewhere'] }));
  const id = await ask(cluster.instances[0], [`city:${city}`], { within: 5, escalateTo: ['directors'] });
  await gets(anna, id, 'sent');
  // At once, and from the other side of the cluster as well.
  assert.deepEqual(await confirm(anna, id), { success: true });
  assert.deepEqual(await confirm(anna, id), { success: true });
  assert.equal(await code(confirm(stranger, id)), 'confirm_unknown');
  assert.equal(await code(confirm(anna, '1-1')), 'confirm_unknown');
  assert.equal(await code(confirm(anna, 'nothing')), 'confirm_unknown');
  assert.equal(await code(anna.ask('confirm', { id: 7 })), 'payload_invalid');
  assert.equal(await code(confirm(boss, id)), 'confirm_unknown', 'not before the escalation');
  await gets(boss, id, 'escalation');
  assert.deepEqual(await confirm(boss, id), { success: true });
  const found = await over(cluster.instances[1], id);
  await settled(cluster.instances[0], anna, boris, tab, stranger, boss);
  // A machine that stands still for five seconds confirms too late.
  if (confirmedBefore(found, anna.userId, Date.parse(found.at) + 5_000)) assert.deepEqual(got(anna, id), ['sent']);
  assert.deepEqual(got(boris, id), ['sent', 'reminder']);
  assert.deepEqual(got(tab, id), ['sent', 'reminder']);
  assert.deepEqual(got(stranger, id), []);
  assert.deepEqual(got(boss, id), ['escalation']);
  assert.deepEqual([found.users, found.confirmed, found.sockets, found.escalation.sockets], [3, 2, 3, 1]);
  assert.deepEqual(found.sender, { service: 'default' });
  assert.deepEqual(found.people.map(({ userId, by }) => [userId, by]).sort(), [
    [String(anna.userId), 'sent'], [String(boris.userId), 'sent'], [String(boss.userId), 'escalation'],
  ].sort());
});

test('without confirm nothing is added, and what is wrong with it is said', async () => {
  const anna = await join(cluster.instances[0], operator(someone()));
  const message = unique('plain');
  await accepted(cluster.instances[1], 'notification', { notification: { message, data: { confirm: 1 } }, userId: anna.userId });
  const payload = await anna.event('notification', (notification) => notification.message === message);
  assert.deepEqual(Object.keys(payload), ['message', 'data', 'timestamp']);
  for (const [event, fields, path] of [
    ['notification', { notification: { message }, confirm: { within: 0 } }, 'confirm.within'],
    ['notification', { notification: { message }, confirm: { within: 5, to: [] } }, 'confirm'],
    ['notification', { notification: { message, confirmId: 'mine' }, confirm: { within: 5 } }, 'notification.confirmId'],
    ['call-new', { call: { id: 1 }, confirm: { within: 5 } }, 'confirm'],
  ]) {
    const answer = await broadcast(cluster.instances[2], event, fields);
    assert.deepEqual([answer.status, answer.json.code, answer.json.errors[0].path], [400, 'validation_failed', path]);
  }
});

test('who was cut off and comes back within the window is asked too', MINUTES, async () => {
  const anna = await join(cluster.instances[1], operator(someone()), { reconnection: false });
  // Recovery begins after an event with a position.
  await settled(cluster.instances[0], anna);
  anna.socket.io.engine.close();
  await until('the connection to be gone', () => !anna.socket.connected, PATIENCE);
  const id = await ask(cluster.instances[0], [`user:${anna.userId}`], { within: 3_600 });
  anna.socket.connect();
  await gets(anna, id, 'sent');
  await until('the session to be recovered', () => anna.socket.connected && anna.socket.recovered, PATIENCE);
  assert.deepEqual(await confirm(anna, id), { success: true });
  const found = await receipt(cluster.instances[2], id);
  assert.deepEqual([found.users, found.confirmed, found.open], [1, 1, true]);
});

test('a restart of Redis between sending and reminding loses nothing', MINUTES, async () => {
  const [anna, boris] = await Promise.all([0, 1].map((n) => join(cluster.instances[n], operator(someone()))));
  const id = await ask(cluster.instances[2], [`user:${anna.userId}`, `user:${boris.userId}`], { within: 4 });
  await Promise.all([gets(anna, id, 'sent'), gets(boris, id, 'sent')]);
  // What is written is recorded within milliseconds; a receipt with both of them is on the disk.
  await until('both to be recorded', async () => (await receipt(cluster.instances[0], id)).users === 2, PATIENCE);
  await cluster.restartRedis();
  const answer = await until('Redis to be back', async () => {
    const acknowledged = await confirm(anna, id);
    if (!acknowledged.success) assert.match(acknowledged.error.code, /^backplane_/);
    return acknowledged.success && acknowledged;
  }, PATIENCE);
  assert.deepEqual(answer, { success: true });
  await gets(boris, id, 'reminder');
  const found = await over(cluster.instances[1], id);
  await until('Redis to take events', () => settled(cluster.instances[2], anna, boris).then(() => true), PATIENCE);
  assert.deepEqual(got(boris, id), ['sent', 'reminder']);
  assert.deepEqual([found.users, found.confirmed, found.escalation], [2, 1, undefined]);
});

/** What the stream has, as sockets receive it. */
const history = async (instance, query) => (await request(`${instance.url}/api/v1/events${query}`, {
  headers: { 'X-Webhook-Token': WEBHOOK_TOKEN },
})).json;

/** The names of the cluster's instances, in order. */
const names = () => Promise.all(cluster.instances.map(async (instance) => {
  const client = await join(instance, director(someone()));
  return until('the socket to be known', async () => {
    const answer = await request(`${instance.url}/api/v1/stats/connections?user=${client.userId}`, {
      headers: { 'X-Webhook-Token': WEBHOOK_TOKEN },
    });
    return answer.json.data.connections[0]?.instance;
  }, PATIENCE);
}));

/** Waits for one of these instances to lead. */
const leader = (among) => until('somebody to lead', async () => {
  // A length, and then the text.
  const [, name] = (await cluster.redis.answerTo('tests', 'GET', 'realtime:{instances}:leader')).split('\r\n');
  return among.includes(name) && name;
}, PATIENCE);

// The last one: it leaves one instance.
test('the sender and then the next leader are killed: reminded exactly once, escalated exactly once', MINUTES, async () => {
  const known = await names();
  const first = known.indexOf(await leader(known));
  const rest = known.filter((name, n) => n !== first);
  const city = unique('city');
  const staff = await Promise.all(cluster.instances.map(async (instance) => ({
    operator: await join(instance, operator(someone(), { cities: [city] })),
    boss: await join(instance, director(someone())),
  })));
  const begin = (await history(cluster.instances[0], '')).next;
  const id = await ask(cluster.instances[first], [`city:${city}`], { within: 6, escalateTo: ['directors'] });
  await cluster.instances[first].stop('SIGKILL');
  const second = known.indexOf(await leader(rest));
  const last = known.findIndex((name, n) => n !== first && n !== second);
  await Promise.all([gets(staff[second].operator, id, 'reminder'), gets(staff[last].operator, id, 'reminder')]);
  await cluster.instances[second].stop('SIGKILL');
  await gets(staff[last].boss, id, 'escalation');
  const found = await over(cluster.instances[last], id);
  await settled(cluster.instances[last], staff[last].operator, staff[last].boss);
  assert.deepEqual(got(staff[last].operator, id), ['sent', 'reminder']);
  assert.deepEqual(got(staff[second].operator, id), ['sent', 'reminder']);
  assert.deepEqual(got(staff[last].boss, id), ['escalation']);
  const { events } = await history(cluster.instances[last], `?limit=1000&after=${begin}`);
  assert.deepEqual(
    events.filter(({ payload }) => payload.confirmId === id)
      .map(({ payload: { reminder, escalation } }) => [reminder, escalation]),
    [[undefined, undefined], [true, undefined], [undefined, true]],
    'the notification, one reminder and one escalation are in the stream');
  assert.ok(Date.parse(found.escalation.at) - Date.parse(found.reminder.at) >= 6_000);
  assert.deepEqual(await confirm(staff[last].boss, id), { success: true });
});

// Notifications that administrators hold, plan, limit in time and recall, on three instances, whatever dies.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Cluster } from '../support/cluster.mjs';
import { join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { request, unique } from '../support/http.mjs';
import { ADMIN_API_SECRET, adminToken, director, operator } from '../support/tokens.mjs';
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
const someone = (more) => operator(lastUser++, more);

const admin = (instance, path, body, headers = {}) => request(`${instance.url}/api/v1/admin/${path}`, {
  body,
  headers: { Authorization: `Bearer ${adminToken('operator-admin')}`, ...headers },
});

/** Sends a notification to rooms, with further members of the request; returns the answer. */
async function send(instance, rooms, more = {}) {
  const answer = await admin(instance, 'notifications', { to: { rooms }, notification: { message: unique('news') }, ...more });
  assert.equal(answer.status, more.hold || more.at ? 202 : 200, answer.text);
  return answer.json;
}

const end = (instance, { sending }, how) => admin(instance, `notifications/${sending}/${how}`, { reason: 'A slip' });
const now = async (instance, { sending }) => (await admin(instance, `notifications/${sending}`)).json;

const becomes = (instance, sent, state) => until(`${sent.sending} to be ${state}`, async () => {
  const found = await now(instance, sent);
  return found.state === state && found;
}, PATIENCE);

/** What a client got of a sending, in order. */
const got = (client, { sending }) => client.events
  .filter(({ args }) => args[0]?.notificationId === sending)
  .map(({ name, args: [{ reminder }] }) => (reminder ? 'reminder' : name));

const gets = (client, sent, what) => until(
  () => `${what} of ${sent.sending}; there was ${got(client, sent)}`, () => got(client, sent).includes(what), PATIENCE);

const inMs = (ms) => new Date(Date.now() + ms).toISOString();

/** Holds a notification and cancels it; holds it for longer if this machine stood still for that time. */
async function holdAndCancel(rooms, seconds = 2) {
  const held = await send(cluster.instances[0], rooms, { hold: seconds });
  assert.deepEqual([held.id, held.state], [undefined, 'held']);
  const { status, json } = await end(cluster.instances[2], held, 'cancel');
  if (json.code === 'already_sent' && seconds < 32) return holdAndCancel(rooms, seconds * 4);
  assert.deepEqual([status, json.state], [200, 'cancelled']);
  return held;
}

test('what is held can be cancelled and then never comes; what is planned comes at its time', MINUTES, async () => {
  const anna = await join(cluster.instances[1], someone());
  const rooms = [`user:${anna.userId}`];
  const cancelled = await holdAndCancel(rooms);
  // Later than the held one would have been sent.
  const planned = await send(cluster.instances[2], rooms, { at: new Date(Date.parse(cancelled.at) + 500).toISOString() });
  const found = await becomes(cluster.instances[1], planned, 'sent');
  assert.ok(Date.parse(found.sentAt) >= Date.parse(planned.at), 'not before its time');
  await settled(cluster.instances[0], anna);
  assert.deepEqual(got(anna, planned), ['notification']);
  assert.deepEqual(got(anna, cancelled), []);
  assert.equal((await end(cluster.instances[0], planned, 'cancel')).json.code, 'already_sent');
});

test('a repeated request is one sending', async () => {
  const anna = await join(cluster.instances[1], someone());
  const body = { to: { users: [String(anna.userId)] }, notification: { message: unique('once') } };
  const key = { 'Idempotency-Key': unique('key') };
  const answers = await Promise.all(cluster.instances.map((instance) => admin(instance, 'notifications', body, key)));
  assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200]);
  assert.equal(new Set(answers.map(({ json }) => json.sending)).size, 1);
  assert.equal(new Set(answers.map(({ json }) => json.id)).size, 1);
  assert.equal(answers.filter(({ headers }) => headers['idempotent-replayed']).length, 2);
  await settled(cluster.instances[0], anna);
  assert.deepEqual(got(anna, answers[0].json), ['notification']);
});

test('a recall reaches the tabs, cannot be confirmed, and nobody is reminded', MINUTES, async () => {
  const city = unique('city');
  const tabs = await Promise.all(cluster.instances.map((instance) => join(instance, someone({ cities: [city] }))));
  const boss = await join(cluster.instances[0], director(lastUser++, { cities: ['elsewhere'] }));
  const confirm = { within: 2, escalateTo: ['directors'] };
  const recalled = await send(cluster.instances[0], [`city:${city}`], { confirm });
  await Promise.all(tabs.map((tab) => gets(tab, recalled, 'notification')));
  assert.deepEqual(await tabs[0].ask('confirm', { id: recalled.id }), { success: true });
  const { json: ended } = await end(cluster.instances[1], recalled, 'recall');
  assert.equal(ended.state, 'recalled');
  await Promise.all(tabs.map((tab) => gets(tab, recalled, 'notification:recalled')));
  assert.deepEqual(await tabs[0].ask('confirm', { id: recalled.id }), { success: true }, 'confirmed before');
  assert.equal((await tabs[1].ask('confirm', { id: recalled.id })).error.code, 'confirm_recalled');
  // Reminder and escalation of this one come after those of the recalled one would have.
  const clock = await send(cluster.instances[2], [`city:${city}`], { confirm });
  await gets(boss, clock, 'notification');
  await settled(cluster.instances[1], boss, ...tabs);
  for (const tab of tabs) assert.deepEqual(got(tab, clock), ['notification', 'reminder']);
  // A machine that stands still for two seconds recalls too late.
  if (Date.parse(ended.endedAt) < Date.parse(ended.sentAt) + 2_000) {
    for (const tab of tabs) assert.deepEqual(got(tab, recalled), ['notification', 'notification:recalled']);
    assert.deepEqual(got(boss, recalled), []);
  }
  assert.equal((await end(cluster.instances[2], recalled, 'recall')).status, 200, 'once more is fine');
});

test('a tab that was away gets neither what was recalled nor what has run out', MINUTES, async () => {
  const anna = await join(cluster.instances[1], someone(), { reconnection: false });
  const rooms = [`user:${anna.userId}`];
  const shown = await send(cluster.instances[0], rooms);
  await gets(anna, shown, 'notification');
  anna.socket.io.engine.close();
  await until('the connection to be gone', () => !anna.socket.connected, PATIENCE);
  const [kept, recalled, expired] = [
    await send(cluster.instances[0], rooms),
    await send(cluster.instances[0], rooms),
    await send(cluster.instances[0], rooms, { until: inMs(3_000) }),
  ];
  await end(cluster.instances[2], shown, 'recall');
  await end(cluster.instances[2], recalled, 'recall');
  await becomes(cluster.instances[0], expired, 'expired');
  anna.socket.connect();
  await until('the session to be recovered', () => anna.socket.connected && anna.socket.recovered, PATIENCE);
  await settled(cluster.instances[0], anna);
  assert.deepEqual(got(anna, kept), ['notification']);
  assert.deepEqual(got(anna, shown), ['notification', 'notification:recalled'], 'it has to be taken off the page');
  assert.deepEqual(got(anna, recalled), ['notification:recalled']);
  assert.deepEqual(got(anna, expired), []);
  assert.equal((await end(cluster.instances[1], expired, 'recall')).json.code, 'not_sent');
});

test('a restart of Redis keeps what waits and what was recalled', MINUTES, async () => {
  const anna = await join(cluster.instances[1], someone());
  const rooms = [`user:${anna.userId}`];
  const held = await send(cluster.instances[0], rooms, { hold: 3 });
  const recalled = await send(cluster.instances[0], rooms);
  await end(cluster.instances[0], recalled, 'recall');
  await gets(anna, recalled, 'notification:recalled');
  await cluster.restartRedis();
  await gets(anna, held, 'notification');
  await until('Redis to take events', () => settled(cluster.instances[2], anna).then(() => true), PATIENCE);
  assert.deepEqual(got(anna, held), ['notification']);
  assert.equal((await becomes(cluster.instances[2], recalled, 'recalled')).endedBy, 'operator-admin@console');
});

// The last one: it kills an instance.
test('the instance that took it is killed, and it is sent once; a new instance knows what was recalled', MINUTES, async () => {
  const anna = await join(cluster.instances[0], someone(), { reconnection: false });
  const boris = await join(cluster.instances[1], someone());
  const rooms = [`user:${anna.userId}`, `user:${boris.userId}`];
  // Recovery begins after an event with a position.
  await settled(cluster.instances[1], anna, boris);
  const held = await send(cluster.instances[0], rooms, { hold: 2 });
  const back = cluster.replace(0);
  await until('the connection to be gone', () => !anna.socket.connected, PATIENCE);
  const recalled = await send(cluster.instances[1], rooms);
  await end(cluster.instances[2], recalled, 'recall');
  await gets(boris, held, 'notification');
  await back;
  anna.socket.connect();
  await until('the session to be recovered', () => anna.socket.connected && anna.socket.recovered, PATIENCE);
  await settled(cluster.instances[1], anna, boris);
  assert.deepEqual(got(anna, held), ['notification']);
  assert.deepEqual(got(boris, held), ['notification']);
  assert.deepEqual(got(boris, recalled), ['notification', 'notification:recalled']);
  assert.deepEqual(got(anna, recalled), ['notification:recalled']);
});

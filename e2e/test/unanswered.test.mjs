// Calls that nobody answers, and what operators are doing, as three instances tell it: once, whatever dies meanwhile.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Cluster } from '../support/cluster.mjs';
import { join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, unique } from '../support/http.mjs';
import { director, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const MINUTES = { timeout: 240_000 };
const PATIENCE = { timeoutMs: 60_000 };
/** The time of each step, in seconds. */
const STEPS = [4, 8];
/** A second is promised; the rest allows for a busy machine, whose JVMs stand still for a while. */
const LATE_MS = 4_000;

let cluster;
before(async () => {
  cluster = await Cluster.start(3, {
    REALTIME_BOARD_UNANSWEREDAFTER: `${STEPS[0]}s`,
    REALTIME_BOARD_UNANSWEREDSTEPS_0_AFTER: `${STEPS[1]}s`,
    REALTIME_BOARD_UNANSWEREDSTEPS_0_ROOMS: 'operators',
    REALTIME_PRESENCE_GRACE: '1s',
  });
});
after(() => cluster?.stop());
const test = testsOf(() => cluster?.instances);

let lastUser = 100;
const someone = () => lastUser++;

/** When Redis took an event, in milliseconds since 1970: part of the position that is its last argument. */
const takenAt = ({ args }) => Number(args.at(-1).split('-')[1]);

const steps = (client, id) => client.events
  .filter(({ name, args }) => name === 'call:unanswered' && args[0].call.id === id)
  .map(({ args }) => args[0].step);

/** Waits for a step, and returns by how many milliseconds it came after its time. */
async function told(client, id, step) {
  const event = await until(
    () => `${id} to be told in step ${step}; was told in ${steps(client, id)}`,
    () => client.events.find(({ name, args }) => name === 'call:unanswered' && args[0].call.id === id && args[0].step === step),
    PATIENCE);
  assert.equal(event.args[0].seconds, STEPS[step - 1]);
  return takenAt(event) - Date.parse(event.args[0].call.since) - STEPS[step - 1] * 1000;
}

const inTime = (lateMs) => assert.ok(lateMs >= -50 && lateMs < LATE_MS, `${lateMs} ms late`);

const ring = async (service, id, more = {}) => {
  await accepted(service, 'call-new', { call: { id, status: 'ringing', ...more }, rooms: ['operators', 'directors'] });
  return id;
};

const change = (service, id, event, status) =>
  accepted(service, event, { call: { id, status }, rooms: ['operators', 'directors'] });

test('a call is told once in each step, to the rooms of the step', MINUTES, async (t) => {
  const bosses = await Promise.all(cluster.instances.map((instance) => join(instance, director(someone()))));
  const colleague = await join(cluster.instances[1], operator(someone()));
  const id = await ring(cluster.instances[0], unique('call'), { phoneClient: '+7 900', operatorId: 7 });
  const late = await Promise.all(bosses.map((boss) => told(boss, id, 1)));
  late.push(await told(colleague, id, 2));
  late.forEach(inTime);
  await settled(cluster.instances[0], ...bosses, colleague);
  for (const boss of bosses) assert.deepEqual(steps(boss, id), [1]);
  assert.deepEqual(steps(colleague, id), [2]);
  const { call } = await bosses[0].event('call:unanswered', (payload) => payload.call.id === id);
  assert.deepEqual(
    [call.stage, call.status, call.phoneClient, call.operatorId, call.stageSince],
    ['waiting', 'ringing', '+7 900', 7, call.since]);
  t.diagnostic(`told ${late.join(', ')} ms after the time`);
});

test('an answer, a missed status and the end silence it', MINUTES, async () => {
  const boss = await join(cluster.instances[0], director(someone()));
  const ids = ['answered', 'missed', 'ended'].map((what) => unique(what));
  for (const id of ids) await ring(cluster.instances[1], id);
  await change(cluster.instances[2], ids[0], 'call-updated', 'Answered');
  await change(cluster.instances[2], ids[1], 'call-updated', 'no_answer');
  await change(cluster.instances[2], ids[2], 'call-ended', 'over');
  const colleague = await join(cluster.instances[0], operator(someone()));
  const waits = await ring(cluster.instances[1], unique('waits'));
  await told(colleague, waits, 2);
  await settled(cluster.instances[0], boss, colleague);
  assert.deepEqual(ids.map((id) => [...steps(boss, id), ...steps(colleague, id)]), [[], [], []]);
  assert.deepEqual(steps(boss, waits), [1]);
});

test('the leader is killed just before the time: told once, and not again after its restart', MINUTES, async (t) => {
  const killed = await cluster.leader();
  const [one] = cluster.instances.filter((instance, n) => n !== killed);
  const boss = await join(one, director(someone()));
  const colleague = await join(one, operator(someone()));
  const ids = [];
  for (let n = 0; n < 10; n++) ids.push(await ring(one, unique('call')));
  const since = takenAt(await until('the calls', () => boss.events.findLast(({ name }) => name === 'call:new')));
  await until('just before the time', () => Date.now() >= since + STEPS[0] * 1000 - 300, PATIENCE);
  await cluster.instances[killed].stop('SIGKILL');
  const late = [];
  for (const id of ids) late.push(await told(boss, id, 1));
  late.forEach(inTime);
  await cluster.replace(killed);
  for (const id of ids) await told(colleague, id, 2);
  await settled(one, boss, colleague);
  for (const id of ids) assert.deepEqual([steps(boss, id), steps(colleague, id)], [[1], [2]]);
  t.diagnostic(`told up to ${Math.max(...late)} ms after the time`);
});

test('what comes due while Redis is away is told once when it returns', MINUTES, async () => {
  const boss = await join(cluster.instances[0], director(someone()));
  const colleague = await join(cluster.instances[1], operator(someone()));
  const waits = await ring(cluster.instances[0], unique('waits'));
  const since = Date.now();
  await cluster.redis.stop();
  await until('both times to pass', () => Date.now() >= since + STEPS[1] * 1000 + 500, PATIENCE);
  assert.deepEqual(steps(boss, waits), []);
  await cluster.redis.start();
  await told(boss, waits, 1);
  await told(colleague, waits, 2);
  await until('Redis to take events', () => settled(cluster.instances[2], boss, colleague).then(() => true), PATIENCE);
  assert.deepEqual([steps(boss, waits), steps(colleague, waits)], [[1], [2]]);
});

test('after a restart of all instances nothing is told again, also without idempotence keys', MINUTES, async () => {
  const boss = await join(cluster.instances[0], director(someone()));
  const colleague = await join(cluster.instances[0], operator(someone()));
  const id = await ring(cluster.instances[0], unique('call'));
  await told(boss, id, 1);
  await told(colleague, id, 2);
  for (const client of [boss, colleague]) client.close();
  for (let n = 0; n < 3; n++) await cluster.restart(n);
  await cluster.redis.command('EVAL', `
    for _, key in ipairs(redis.call('KEYS', '*idempotence*')) do redis.call('DEL', key) end`, '0');
  const [laterBoss, laterColleague] = await Promise.all(
    [director, operator].map((token) => join(cluster.instances[1], token(someone()))));
  const marker = await ring(cluster.instances[0], unique('marker'));
  await told(laterBoss, marker, 1);
  await told(laterColleague, marker, 2);
  await settled(cluster.instances[0], laterBoss, laterColleague);
  assert.deepEqual([steps(laterBoss, id), steps(laterColleague, id)], [[], []]);
});

// ------------------------------------------------------------------ user:status

const statuses = (client, userId) => client.events
  .filter(({ name, args }) => name === 'user:status' && args[0].userId === userId)
  .map(({ args }) => args[0]);

/** Waits for the last of these statuses, and returns all. */
const became = (client, userId, ...expected) => until(
  () => `${userId} to become ${expected}; became ${statuses(client, userId).map(({ status }) => status)}`,
  () => statuses(client, userId).length >= expected.length, PATIENCE,
).then(() => {
  assert.deepEqual(statuses(client, userId).map(({ status }) => status), expected);
  return statuses(client, userId);
});

test('an operator becomes free, rings, talks and goes offline: told once with the time of the change', MINUTES, async () => {
  const bosses = await Promise.all(cluster.instances.map((instance) => join(instance, director(someone()))));
  const [boss] = bosses;
  const userId = someone();
  const tab = await join(cluster.instances[2], operator(userId));
  await became(boss, userId, 'free');
  const id = await ring(cluster.instances[1], unique('call'), { operatorId: userId });
  await became(boss, userId, 'free', 'ringing');
  await change(cluster.instances[1], id, 'call-updated', 'talking');
  await became(boss, userId, 'free', 'ringing', 'talking');
  // Whose last tab is closed during a call is still on it.
  tab.close();
  await boss.event('user:offline', (payload) => payload.userId === userId, PATIENCE);
  await change(cluster.instances[1], id, 'call-ended', 'over');
  const all = await became(boss, userId, 'free', 'ringing', 'talking', 'offline');
  const of = (name) => boss.events.find((event) =>
    event.name === name && (event.args[0].userId === userId || event.args[0].id === id));
  assert.deepEqual(
    all.map(({ since }) => Date.parse(since)),
    ['user:online', 'call:new', 'call:updated', 'call:ended'].map((name) => takenAt(of(name))));
  assert.deepEqual(all[0], { userId, name: `Operator ${userId}`, status: 'free', since: all[0].since });
  await settled(cluster.instances[0], ...bosses);
  for (const each of bosses) assert.deepEqual(statuses(each, userId), all);
  assert.deepEqual(tab.events.filter(({ name }) => name === 'user:status'), [], 'only directors are told');
});

test('a status that lasted for a moment is not told', MINUTES, async () => {
  const boss = await join(cluster.instances[0], director(someone()));
  let userId;
  // With another operator if this machine was so slow that the moment was a long one.
  await until('a short call', async () => {
    userId = someone();
    await join(cluster.instances[1], operator(userId));
    await became(boss, userId, 'free');
    const id = await ring(cluster.instances[0], unique('call'), { operatorId: userId });
    await change(cluster.instances[0], id, 'call-ended', 'missed');
    const event = (which) => until(which, () => boss.events.find(({ name, args }) => name === which && args[0].id === id));
    return takenAt(await event('call:ended')) - takenAt(await event('call:new')) < 450;
  }, PATIENCE);
  const other = someone();
  await join(cluster.instances[2], operator(other));
  await became(boss, other, 'free');
  await settled(cluster.instances[0], boss);
  assert.deepEqual(statuses(boss, userId).map(({ status }) => status), ['free']);
});

test('the leader is killed: whoever leads next tells the status, once', MINUTES, async () => {
  const killed = await cluster.leader();
  const others = cluster.instances.filter((instance, n) => n !== killed);
  const boss = await join(others[0], director(someone()));
  const userId = someone();
  await join(others[1], operator(userId));
  await became(boss, userId, 'free');
  const id = await ring(others[0], unique('call'), { operatorId: userId });
  await cluster.instances[killed].stop('SIGKILL');
  await became(boss, userId, 'free', 'ringing');
  await cluster.replace(killed);
  await change(others[0], id, 'call-ended', 'missed');
  await became(boss, userId, 'free', 'ringing', 'free');
  await settled(others[0], boss);
  assert.equal(statuses(boss, userId).length, 3);
});

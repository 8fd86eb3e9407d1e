// Instances that are killed, started again and replaced, and tabs that come back to another one as if nothing had happened.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Cluster } from '../support/cluster.mjs';
import { join, settled } from '../support/clients.mjs';
import { onClose, testsOf } from '../support/harness.mjs';
import { request, unique } from '../support/http.mjs';
import { Numbers } from '../support/numbers.mjs';
import { RawPolling } from '../support/raw.mjs';
import { Visit } from '../support/recovering.mjs';
import { Relay } from '../support/relay.mjs';
import { Tab } from '../support/tab.mjs';
import { ADMIN_API_SECRET, adminToken, director, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const MINUTES = { timeout: 180_000 };

let cluster;
before(async () => {
  cluster = await Cluster.start(3, {
    ADMIN_API_SECRET,
    // A start takes its time on a busy machine, and nobody is to be told of it.
    REALTIME_PRESENCE_GRACE: '120s',
    REALTIME_ENGINE_PINGINTERVAL: '3s',
    REALTIME_ENGINE_PINGTIMEOUT: '4s',
  });
});
after(() => cluster?.stop());
const test = testsOf(() => cluster?.instances);

const [steady, doomed, third] = [0, 1, 2];
const instance = (index) => cluster.instances[index];

async function relayTo(index) {
  const relay = await Relay.to(instance(index).port);
  onClose(() => relay.close());
  return relay;
}

const presence = (boss, userId) => boss.events.filter(({ name, args }) => name.startsWith('user:') && args[0].userId === userId).map(({ name }) => name);

/** What the admin API of the first instance answers. */
async function admin(method, path, body) {
  const answer = await request(`${instance(steady).url}/api/v1/admin${path}`, {
    method, headers: { Authorization: `Bearer ${adminToken('admin')}` }, body,
  });
  assert.equal(answer.status, 200, answer.text);
  return answer;
}

const known = (userId, count = 1) => until('the socket to be known', async () =>
  (await admin('GET', `/stats/connections?user=${userId}`)).json.data.connections.length === count);

test('restarted: tabs that know one address only come back to the new process with all they missed', MINUTES, async () => {
  const boss = await join(instance(steady), director(unique('boss')));
  const tabs = await Promise.all([['websocket'], ['polling'], ['polling', 'websocket']].map((transports) =>
    Tab.open(instance(doomed), operator(unique('restart')), { transports })));
  const numbers = new Numbers(instance(steady), tabs.map(({ userId }) => `operator:${userId}`)).flow(20);
  await until('events', () => tabs.every((tab) => tab.got(numbers).length > 5));
  await cluster.replace(doomed);
  for (const tab of tabs) await tab.back(2);
  await numbers.stop();
  for (const tab of tabs) {
    tab.assertRecovered(2);
    await tab.hasAll(numbers);
  }
  await settled(instance(steady), boss);
  for (const { userId } of tabs) assert.ok(!presence(boss, userId).includes('user:offline'), 'within the grace nobody sees anything');
});

test('half-open: a pid that is live on another instance moves to this one, and the old connection is ended silently', MINUTES, async () => {
  const userId = unique('half-open');
  const token = operator(userId);
  const numbers = new Numbers(instance(steady), [`operator:${userId}`]);
  for (const options of [{}, { kind: RawPolling }]) {
    const old = await Visit.welcome(instance(doomed), { token }, options);
    const [missed] = await numbers.post();
    const fresh = await Visit.welcome(instance(third), { pid: old.pid, offset: old.events[0][2], token });
    assert.equal(fresh.sid, old.sid);
    await fresh.got([missed]);
    if (!options.kind) await old.raw.closed;
    const [live] = await numbers.post();
    await fresh.call(live);
    // One socket, on the new instance.
    await until('one socket', async () => {
      const { connections } = (await admin('GET', `/stats/connections?user=${userId}`)).json.data;
      return connections.length === 1 && connections[0].socketId === old.sid;
    });
    assert.deepEqual(old.calls.filter((id) => id === live), [], 'the old one gets nothing more');
    assert.doesNotMatch(old.raw.messages.join(' '), /"error"|^41/);
    await fresh.cut();
    await known(userId, 0);
  }
});

test('a room put on and taken from a socket by an administrator goes with the session', MINUTES, async () => {
  const relay = await relayTo(doomed);
  const userId = unique('moved');
  const tab = await Tab.open(relay, operator(userId));
  await tab.join(`order:${userId}`);
  await known(userId);
  const path = `/connections/${tab.socket.id}`;
  await admin('POST', `${path}/join`, { room: `order:${userId}-given`, reason: 'stands in' });
  await admin('POST', `${path}/leave`, { room: `order:${userId}`, reason: 'is done' });
  relay.target = instance(third).port;
  relay.cut();
  await tab.away();
  const [joined, left] = [new Numbers(instance(steady), [`order:${userId}-given`]), new Numbers(instance(steady), [`order:${userId}`])];
  await joined.post(2);
  await left.post(2);
  relay.mend();
  await tab.back(2);
  tab.assertRecovered(2);
  await joined.post(1);
  await tab.hasAll(joined);
  assert.deepEqual(tab.got(left), []);
});

test('closed by an administrator, or blocked: the session is over', MINUTES, async () => {
  const [closed, blocked] = [unique('closed'), unique('blocked')];
  const close = () => admin('POST', `/users/${closed}/close`, { reason: 'shift is over' });
  const block = () => admin('POST', `/users/${blocked}/block`, { seconds: 2, reason: 'for a moment' });
  for (const [userId, end, code] of [[closed, close, 'closed_by_admin'], [blocked, block, 'user_blocked']]) {
    const token = operator(userId);
    const live = await Visit.welcome(instance(doomed), { token });
    const parked = await Visit.welcome(instance(third), { token });
    await known(userId, 2);
    if (code === 'user_blocked') {
      await parked.cut();
      await known(userId, 1);
    }
    await end();
    await live.raw.message(new RegExp(code));
    await live.raw.closed;
    let again;
    await until('to be let in again', async () => {
      again = await Visit.open(instance(steady), { pid: live.pid, offset: live.events[0][2], token });
      if (again.answer.startsWith('44')) assert.equal(again.data.code, 'user_blocked');
      return again.answer.startsWith('40');
    }, { timeoutMs: 20_000, everyMs: 200 });
    await again.connected();
    assert.equal(again.greeting.recovered, false);
    assert.notEqual(again.pid, live.pid);
  }
});

test('killed a moment after a join was acknowledged: the room is there', MINUTES, async () => {
  const boss = await join(instance(steady), director(unique('boss')));
  const relay = await relayTo(doomed);
  const tabs = await Promise.all([['websocket'], ['polling'], ['websocket'], ['polling', 'websocket']].map((transports) =>
    Tab.open(relay, operator(unique('killed')), { transports })));
  // The last of many joins, since the ones before may have been saved with it.
  const rooms = tabs.map(({ userId }) => Array.from({ length: 5 }, (_, n) => `order:${userId}-${n}`));
  const killing = instance(doomed);
  const acknowledged = tabs.map(() => []);
  await Promise.all(tabs.map((tab, n) => new Promise((resolve) => {
    for (const room of rooms[n]) {
      tab.socket.emit('join-room', { room }, ({ success }) => {
        if (success) acknowledged[n].push(room);
        if (acknowledged[n].length === 5) resolve();
        if (acknowledged.every((list) => list.length === 5)) process.kill(killing.pid, 'SIGKILL');
      });
    }
  })));
  relay.target = instance(third).port;
  const numbers = new Numbers(instance(steady), rooms.map((list) => list.at(-1)));
  await numbers.post(5);
  for (const [n, tab] of tabs.entries()) {
    await tab.back(2);
    tab.assertRecovered(2);
    for (const room of acknowledged[n]) assert.ok(tab.greeting(2).rooms.includes(room), `${room} in ${tab.greeting(2).rooms}`);
    await tab.hasAll(numbers);
  }
  await numbers.post(2);
  for (const tab of tabs) await tab.hasAll(numbers);
  await settled(instance(steady), boss);
  for (const { userId } of tabs) assert.ok(!presence(boss, userId).includes('user:offline'));
});

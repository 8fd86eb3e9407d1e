// Instances are killed, restarted, frozen and replaced, and tabs recover on other instances; and a pid, which is a
// credential, appears nowhere.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Cluster } from '../support/cluster.mjs';
import { join, settled } from '../support/clients.mjs';
import { onClose, testsOf } from '../support/harness.mjs';
import { request, unique } from '../support/http.mjs';
import { metric } from '../support/metrics.mjs';
import { Numbers } from '../support/numbers.mjs';
import { RawPolling } from '../support/raw.mjs';
import { Visit } from '../support/recovering.mjs';
import { Relay } from '../support/relay.mjs';
import { Tab } from '../support/tab.mjs';
import { ADMIN_API_SECRET, WEBHOOK_TOKEN, adminToken, director, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const MINUTES = { timeout: 180_000 };
const RETURN = { timeoutMs: 60_000 };

let cluster;
/** The output of all instances, including ended ones. */
let ended = '';
before(async () => {
  cluster = await Cluster.start(3, {
    ADMIN_API_SECRET,
    // A start takes long on a busy machine, and must not be announced.
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

/** Calls the admin API of the first instance. */
async function admin(method, path, body) {
  const answer = await request(`${instance(steady).url}/api/v1/admin${path}`, {
    method, headers: { Authorization: `Bearer ${adminToken('admin')}` }, body,
  });
  assert.equal(answer.status, 200, answer.text);
  return answer;
}

async function known(userId, count = 1) {
  let last;
  await until(() => `${count} sockets of ${userId} to be known; there are ${JSON.stringify(last)}`, async () => {
    last = (await admin('GET', `/stats/connections?user=${userId}`)).json.data.connections;
    return last.length === count;
  }, RETURN);
}

/** The pids of tabs and visits, which must not appear anywhere. */
const pids = new Set();
/** A private field of the stock client. */
const remember = (tab) => pids.add(tab.pid ?? tab.socket._pid);

test('restarted: tabs with only one address return to the new process and get all missed events', MINUTES, async () => {
  const boss = await join(instance(steady), director(unique('boss')));
  const tabs = await Promise.all([['websocket'], ['polling'], ['polling', 'websocket']].map((transports) =>
    Tab.open(instance(doomed), operator(unique('restart')), { transports })));
  const numbers = new Numbers(instance(steady), tabs.map(({ userId }) => `operator:${userId}`)).flow(20);
  await until('events', () => tabs.every((tab) => tab.got(numbers).length > 5));
  const replaced = instance(doomed);
  await cluster.replace(doomed);
  ended += replaced.output;
  for (const tab of tabs) await tab.back(2);
  await numbers.stop();
  for (const tab of tabs) {
    remember(tab);
    tab.assertRecovered(2);
    await tab.hasAll(numbers);
  }
  await settled(instance(steady), boss);
  for (const { userId } of tabs) assert.ok(!presence(boss, userId).includes('user:offline'), 'within the grace nobody sees anything');
});

test('frozen: its tabs move; when it resumes, it ends neither their sessions nor their presence', MINUTES, async () => {
  const boss = await join(instance(steady), director(unique('boss')));
  const relay = await relayTo(doomed);
  const tabs = await Promise.all([['websocket'], ['polling']].map((transports) => Tab.open(relay, operator(unique('frozen')), { transports })));
  for (const tab of tabs) await tab.join(`order:${tab.userId}`);
  const numbers = new Numbers(instance(steady), tabs.map(({ userId }) => `order:${userId}`));
  await numbers.post(3);
  for (const tab of tabs) await tab.hasAll(numbers);
  instance(doomed).freeze();
  try {
    relay.target = instance(third).port;
    await numbers.post(10);
    // They detect the missing ping by themselves.
    for (const tab of tabs) {
      await tab.back(2);
      tab.assertRecovered(2);
      await tab.hasAll(numbers);
    }
  } finally {
    instance(doomed).thaw();
  }
  // It detects its dead connections some seconds after resuming.
  await until('the frozen instance to have no session left', async () => (await metric(instance(doomed), 'realtime_engine_sessions')) === 0, RETURN);
  await numbers.post(3);
  for (const tab of tabs) {
    await known(tab.userId);
    await tab.hasAll(numbers);
    assert.equal(tab.lives.length, 2);
    assert.ok(!presence(boss, tab.userId).includes('user:offline'));
  }
  relay.cut();
  for (const tab of tabs) await tab.away();
  await numbers.post(3);
  relay.mend();
  for (const tab of tabs) {
    remember(tab);
    await tab.back(3);
    tab.assertRecovered(3);
    await tab.hasAll(numbers);
  }
});

test('half-open: a pid that is live on another instance moves to this one, and the old connection is ended silently', MINUTES, async () => {
  const userId = unique('half-open');
  const token = operator(userId);
  const numbers = new Numbers(instance(steady), [`operator:${userId}`]);
  for (const options of [{}, { kind: RawPolling }]) {
    const old = await Visit.welcome(instance(doomed), { token }, options);
    remember(old);
    const [missed] = await numbers.post();
    const fresh = await Visit.welcome(instance(third), { pid: old.pid, offset: old.events[0][2], token });
    assert.equal(fresh.sid, old.sid);
    await fresh.got([missed]);
    if (!options.kind) await old.raw.closed;
    const [live] = await numbers.post();
    await fresh.call(live);
    // There is one socket, on the new instance.
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

test('rooms an administrator added and removed stay with the session', MINUTES, async () => {
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

test('killed right after a join was acknowledged: the room is kept', MINUTES, async () => {
  const boss = await join(instance(steady), director(unique('boss')));
  const relay = await relayTo(doomed);
  const tabs = await Promise.all([['websocket'], ['polling'], ['websocket'], ['polling', 'websocket']].map((transports) =>
    Tab.open(relay, operator(unique('killed')), { transports })));
  // The last of many joins, since earlier ones may have been saved with it.
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
  ended += (await killing.ended, killing.output);
  for (const [n, tab] of tabs.entries()) {
    remember(tab);
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

test('a pid is in no log, no answer, no statistics, no metric, no URL, and not in Redis', MINUTES, async () => {
  const boss = await join(instance(steady), director(unique('boss')));
  const visit = await Visit.welcome(instance(third), { token: operator(unique('secret')) });
  remember(visit);
  await known(boss.userId);
  const places = { log: ended + cluster.instances.map(({ output }) => output).join('') };
  for (const index of [steady, third]) {
    const at = (path, headers) => request(instance(index).url + path, { headers });
    const service = { 'X-Webhook-Token': WEBHOOK_TOKEN };
    places[`statistics ${index}`] = (await at('/api/v1/stats/connections?size=1000', service)).text;
    places[`rooms ${index}`] = (await at('/api/v1/stats/rooms', service)).text;
    places[`metrics ${index}`] = (await at('/actuator/prometheus', { Authorization: `Bearer ${WEBHOOK_TOKEN}` })).text;
    places[`health ${index}`] = (await at('/health', service)).text;
  }
  for (const path of ['/stats/connections?size=1000', '/stats/rooms', '/instances', '/events', '/audit', '/blocks']) {
    places[`admin ${path}`] = (await admin('GET', path)).text;
  }
  places['presence of others'] = JSON.stringify(boss.events);
  const everything = `local all = {}
    for _, key in ipairs(redis.call('KEYS', '*')) do
      all[#all + 1] = key
      local kind = redis.call('TYPE', key).ok
      if kind == 'string' then all[#all + 1] = redis.call('GET', key)
      elseif kind == 'hash' then all[#all + 1] = table.concat(redis.call('HGETALL', key), ' ')
      elseif kind == 'zset' then all[#all + 1] = table.concat(redis.call('ZRANGE', key, 0, -1), ' ')
      elseif kind == 'set' then all[#all + 1] = table.concat(redis.call('SMEMBERS', key), ' ')
      elseif kind == 'stream' then for _, entry in ipairs(redis.call('XRANGE', key, '-', '+')) do all[#all + 1] = table.concat(entry[2], ' ') end
      end
    end
    local found = 0
    for _, text in ipairs(all) do for _, pid in ipairs(ARGV) do if string.find(text, pid, 1, true) then found = found + 1 end end end
    return #all * 1000 + found`;
  const found = Number((await cluster.redis.command('EVAL', everything, '0', ...pids)).slice(1));
  assert.ok(found >= 10_000, 'there was something to look at');
  assert.equal(found % 1_000, 0, 'texts in Redis with a pid');
  assert.ok(pids.size >= 8 && ![...pids].includes(undefined), `${pids.size} pids`);
  for (const [place, text] of Object.entries(places)) {
    assert.ok(text.length > 1, `${place} has a text`);
    for (const pid of pids) assert.ok(!text.includes(pid), `a pid is in ${place}`);
  }
});

// Presence in a cluster of three instances: announced once, whatever is killed or restarted meanwhile.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Cluster } from '../support/cluster.mjs';
import { Client, join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { request } from '../support/http.mjs';
import { metric } from '../support/metrics.mjs';
import { Relay } from '../support/relay.mjs';
import { WEBHOOK_TOKEN, director, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const MINUTES = { timeout: 240_000 };
/** The grace, plus time for a busy machine. */
const GRACE = { timeoutMs: 30_000 };
/** How long the detection of a killed instance may take: 15 s, plus time for a busy machine. */
const NOTICED = { timeoutMs: 45_000 };

let cluster;
let relay;
before(async () => {
  // Longer than usual: on a busy machine, a reconnect must not count as a departure.
  cluster = await Cluster.start(2, { REALTIME_PRESENCE_GRACE: '8s' });
  relay = await Relay.to(cluster.redis.port);
  await cluster.add({ REDIS_PORT: String(relay.port) });
});
after(async () => {
  await cluster?.stop();
  relay?.close();
});
const test = testsOf(() => cluster?.instances);

let lastUser = 1_000;
const someone = () => lastUser++;

const isAnnouncement = ({ name }) => name === 'user:online' || name === 'user:offline';

const of = (client, userId) => client.events
  .filter((event) => isAnnouncement(event) && event.args[0].userId === userId)
  .map(({ name }) => name.slice('user:'.length));

const told = (client, userId, ...changes) => until(
  () => `${userId} to be told ${changes}; was told ${of(client, userId)}`,
  () => of(client, userId).length >= changes.length, NOTICED,
).then(() => assert.deepEqual(of(client, userId), changes));

async function stats(instance, what = 'connections', query = 'size=1000') {
  const answer = await request(`${instance.url}/api/v1/stats/${what}?${query}`, {
    headers: { 'X-Webhook-Token': WEBHOOK_TOKEN },
  });
  assert.equal(answer.status, 200, answer.text);
  return answer.json.data;
}

/** How often each instance has reread another's sockets because of a gap. */
const reread = () => Promise.all(cluster.instances.map((service) => metric(service, 'realtime_presence_reread_total')));

/** Waits until every running instance returns the same bytes; returns them parsed. */
async function agreed(condition, options) {
  let all;
  await until(() => `the instances to agree; they say ${JSON.stringify(all)}`, async () => {
    const running = cluster.instances.filter(({ running: runs }) => runs);
    all = await Promise.all(running.map(async (instance) => {
      const { total, users, byRole, byTransport, byInstance, connections } = await stats(instance);
      const rooms = await stats(instance, 'rooms');
      return { total, users, byRole, byTransport, byInstance, ids: connections.map(({ socketId }) => socketId).sort(), rooms };
    }));
    return all.every((one) => JSON.stringify(one) === JSON.stringify(all[0])) && condition(all[0]);
  }, options);
  return all[0];
}

const empty = () => agreed(({ total, users }) => total === 0 && users === 0, NOTICED);

test('four tabs on three instances are one user: announced online once and offline once', MINUTES, async () => {
  const boss = await join(cluster.instances[0], director(someone()));
  const userId = someone();
  const tabs = await Promise.all([0, 1, 2, 2].map((n) => join(cluster.instances[n], operator(userId))));
  await told(boss, userId, 'online');
  const online = boss.events.find(({ name, args }) => name === 'user:online' && args[0].userId === userId);
  assert.deepEqual(online.args[0], { userId, name: `Operator ${userId}`, role: 'operator' });
  await agreed(({ total, users, byRole }) => total === 5 && users === 2 && byRole.operator === 4);

  for (const tab of tabs.slice(0, 3)) tab.close();
  await agreed(({ total }) => total === 2);
  // A moment without tabs is not a departure.
  tabs[3].close();
  await agreed(({ total }) => total === 1);
  const back = await join(cluster.instances[1], operator(userId));
  await agreed(({ total }) => total === 2);
  const other = someone();
  const marker = await join(cluster.instances[1], operator(other));
  await told(boss, other, 'online');
  marker.close();
  await told(boss, other, 'online', 'offline');
  assert.deepEqual(of(boss, userId), ['online'], 'the grace period of this user is over too');
  back.close();
  await told(boss, userId, 'online', 'offline');
});

test('only directors are told', MINUTES, async () => {
  const [boss, colleague] = await Promise.all([
    join(cluster.instances[0], director(someone())), join(cluster.instances[1], operator(someone()))]);
  const userId = someone();
  await join(cluster.instances[2], operator(userId));
  await told(boss, userId, 'online');
  await settled(cluster.instances[0], colleague, boss);
  assert.deepEqual(colleague.events.filter(({ name }) => name.startsWith('user:')), []);
});

test('statistics are the same on every instance within a second: rooms, upgrades, roles', MINUTES, async () => {
  await empty();
  const before = await reread();
  const boss = await join(cluster.instances[0], director(someone(), { cities: ['Саратов'] }));
  const upgraded = await join(cluster.instances[1], operator(someone()), { transports: ['polling', 'websocket'] });
  await until('the upgrade', () => upgraded.transport === 'websocket');
  await agreed(({ byTransport }) => byTransport.websocket === 2 && !byTransport.polling);
  await upgraded.join('order:4711');
  await boss.join('order:4711');
  let seen = await agreed(({ rooms }) => rooms.rooms.some(({ room, members }) => room === 'order:4711' && members === 2));
  assert.deepEqual(Object.values(seen.byInstance).sort(), [0, 1, 1]);
  await upgraded.ask('leave-room', { room: 'order:4711' });
  seen = await agreed(({ rooms }) => rooms.rooms.some(({ room, members }) => room === 'order:4711' && members === 1));

  const [one] = (await stats(cluster.instances[2], 'connections', 'role=operator')).connections;
  assert.equal(one.socketId, upgraded.socket.id);
  assert.deepEqual(
    [one.transport, one.protocol, one.address, one.rooms.sort()],
    ['websocket', 4, '127.0.0.1', ['operators', `operator:${one.userId}`, `user:${one.userId}`].sort()]);
  assert.deepEqual(await reread(), before, 'it was told, and not looked up');
});

test('details are paged, sorted and filtered', MINUTES, async () => {
  await empty();
  const users = Array.from({ length: 12 }, someone);
  await Promise.all(users.map((userId, n) => join(cluster.instances[n % 3], operator(userId, { cities: ['Энгельс'] }))));
  await agreed(({ total }) => total === 12);
  const [, instance] = cluster.instances;
  const page = async (query) => {
    const { page: where, connections } = await stats(instance, 'connections', query);
    return { ...where, users: connections.map(({ userId }) => userId) };
  };
  assert.deepEqual(await page('sort=-user&size=5&page=1'),
    { number: 1, size: 5, matching: 12, users: users.toReversed().slice(5, 10) });
  assert.deepEqual(await page(`user=${users[3]}`), { number: 0, size: 100, matching: 1, users: [users[3]] });
  assert.deepEqual((await page(`text=OPERATOR%20${users[4]}`)).users, [users[4]]);
  assert.equal((await page(`room=${encodeURIComponent('city:Энгельс')}`)).matching, 12);
  assert.equal((await page('transport=polling')).matching, 0);
  const { byInstance } = await stats(instance);
  for (const tag of Object.keys(byInstance)) assert.equal((await page(`instance=${tag}`)).matching, 4);
  for (const [query, parameter] of [['sort=shoe', 'sort'], ['size=0', 'size'], ['page=x', 'page'], ['size=1001', 'size']]) {
    const answer = await request(`${instance.url}/api/v1/stats/connections?${query}`, {
      headers: { 'X-Webhook-Token': WEBHOOK_TOKEN },
    });
    assert.deepEqual([answer.status, answer.json.code, answer.json.errors[0].path], [400, 'validation_failed', parameter]);
  }
});

test('an instance cut off from Redis: its sockets disappear for the others and return afterwards, without ghosts and duplicates', MINUTES, async () => {
  await empty();
  const boss = await join(cluster.instances[0], director(someone()));
  const [stays, moves, goes, comes] = [someone(), someone(), someone(), someone()];
  const staying = await join(cluster.instances[2], operator(stays));
  await join(cluster.instances[2], operator(moves));
  await join(cluster.instances[1], operator(moves));
  const going = await join(cluster.instances[2], operator(goes));
  for (const userId of [stays, moves, goes]) await told(boss, userId, 'online');
  relay.cut();
  try {
    // They are not told of changes on the other side, and users on both sides stay online.
    await until('the others to notice', async () => (await stats(cluster.instances[0])).total === 2, NOTICED);
    for (const userId of [stays, goes]) await told(boss, userId, 'online', 'offline');
    going.close();
    await join(cluster.instances[2], operator(comes));
    await until('the instance itself to know', async () => (await stats(cluster.instances[2], 'connections', `user=${comes}`)).page.matching === 1);
  } finally {
    relay.mend();
  }
  await told(boss, comes, 'online');
  await told(boss, stays, 'online', 'offline', 'online');
  await agreed(({ total, users }) => total === 5 && users === 4, NOTICED);
  assert.deepEqual([of(boss, moves), of(boss, goes)], [['online'], ['online', 'offline']]);
  assert.deepEqual(staying.disconnects, []);
});

test('a killed instance is removed, and its users are announced offline once', MINUTES, async () => {
  await empty();
  const boss = await join(cluster.instances[0], director(someone()));
  const [alone, elsewhere] = [someone(), someone()];
  await join(cluster.instances[2], operator(alone), { reconnection: false });
  await join(cluster.instances[2], operator(elsewhere), { reconnection: false });
  await join(cluster.instances[1], operator(elsewhere));
  await told(boss, alone, 'online');
  await told(boss, elsewhere, 'online');
  await agreed(({ total }) => total === 4);

  const killed = Date.now();
  await cluster.instances[2].stop('SIGKILL');
  await agreed(({ total, byInstance }) => total === 2 && Object.keys(byInstance).length === 2, NOTICED);
  const noticed = Date.now() - killed;
  await told(boss, alone, 'online', 'offline');
  assert.deepEqual(of(boss, elsewhere), ['online']);
  await cluster.replace(2);
  await agreed(({ total, byInstance }) => total === 2 && Object.keys(byInstance).length === 3, NOTICED);
  assert.deepEqual(of(boss, alone), ['online', 'offline']);
  assert.ok(noticed < 25_000, `noticed after ${noticed} ms`);
});

test('the leader is killed: pending announcements are made once', MINUTES, async () => {
  await empty();
  // Two of three are killed in turn, so that at least one leader is affected.
  const hearers = await Promise.all(cluster.instances.map((instance) => join(instance, director(someone()), {
    reconnectionDelay: 100, reconnectionDelayMax: 500,
  })));
  const crowd = [];
  for (let n = 0; n < 2; n++) {
    const users = Array.from({ length: 10 }, someone);
    crowd.push(...users);
    await Promise.all(users.map((userId) => join(cluster.instances[2], operator(userId))));
    await cluster.replace(n);
    const survivor = hearers[2];
    for (const userId of users) await told(survivor, userId, 'online');
  }
  assert.deepEqual(crowd.map((userId) => of(hearers[2], userId)), crowd.map(() => ['online']));
});

test('Redis restarted: announces nobody by itself; changes meanwhile are announced afterwards', MINUTES, async () => {
  await empty();
  const boss = await join(cluster.instances[0], director(someone()));
  const [stays, goes, comes] = [someone(), someone(), someone()];
  await join(cluster.instances[1], operator(stays));
  const going = await join(cluster.instances[2], operator(goes));
  await told(boss, goes, 'online');
  await told(boss, stays, 'online');
  await cluster.redis.stop();
  going.close();
  await join(cluster.instances[1], operator(comes));
  await cluster.redis.start();
  await told(boss, comes, 'online');
  await told(boss, goes, 'online', 'offline');
  assert.deepEqual(of(boss, stays), ['online']);
  await agreed(({ total, users }) => total === 3 && users === 3, NOTICED);
});

test('Redis restarted without its data: announces nobody either', MINUTES, async () => {
  await empty();
  const boss = await join(cluster.instances[0], director(someone()));
  const [stays, goes] = [someone(), someone()];
  await join(cluster.instances[1], operator(stays));
  const going = await join(cluster.instances[2], operator(goes));
  await told(boss, goes, 'online');
  await told(boss, stays, 'online');
  await cluster.redis.stop('SIGKILL');
  cluster.redis.loseData();
  going.close();
  await cluster.redis.start();
  const marker = someone();
  await agreed(({ total, users }) => total === 2 && users === 2, NOTICED);
  await join(cluster.instances[2], operator(marker));
  await told(boss, marker, 'online');
  await told(boss, goes, 'online', 'offline');
  assert.deepEqual(of(boss, stays), ['online']);
});

test('an instance cut off for long: its users are offline for the others, and online when it returns, without ghosts', MINUTES, async () => {
  await empty();
  const boss = await join(cluster.instances[0], director(someone()));
  const userId = someone();
  const inside = await join(cluster.instances[2], operator(userId));
  await told(boss, userId, 'online');
  // Frozen, not killed: it looks dead to the others and then returns with its sockets.
  cluster.instances[2].freeze();
  try {
    await until('the others to notice', async () => (await stats(cluster.instances[0])).total === 1, NOTICED);
    await told(boss, userId, 'online', 'offline');
  } finally {
    cluster.instances[2].thaw();
  }
  await told(boss, userId, 'online', 'offline', 'online');
  await agreed(({ total, users, byInstance }) => total === 2 && users === 2 && Object.keys(byInstance).length === 3, NOTICED);
  assert.deepEqual(inside.disconnects, []);
});

test('keys suit Redis Cluster: related keys share a hash tag', async () => {
  const untagged = await cluster.redis.command('EVAL', `
    local untagged = {}
    for _, key in ipairs(redis.call('KEYS', 'realtime:*')) do
      if not string.find(key, '{.+}') then table.insert(untagged, key) end
    end
    return table.concat(untagged, ' ')`, '0');
  assert.equal(untagged, '$0');
});

test('1,000 operators at once: at most 20 announcements per second, and none for those who left meanwhile', MINUTES, async (t) => {
  await empty();
  const boss = await join(cluster.instances[0], director(someone()));
  const began = Date.now();
  const users = Array.from({ length: 1_000 }, someone);
  const operators = await Promise.all(users.map((userId, n) => new Client(cluster.instances[n % 3].url, {
    auth: { token: operator(userId) }, transports: ['websocket'],
  })));
  await Promise.all(operators.map((client) => client.connected()));
  // All but a hundred leave before their announcement is due.
  operators.slice(100).forEach((client) => client.close());
  const staying = users.slice(0, 100);
  await until('all who stay to be told', () => staying.every((userId) => of(boss, userId).length > 0), { timeoutMs: 60_000 });
  await until('the rest to be settled', async () => await cluster.redis.command('ZCARD', 'realtime:{presence}:due') === ':0', GRACE);
  // Over the whole time, since a busy client receives events late.
  const announcements = boss.events.filter(isAnnouncement).length;
  const allowed = 20 * (1 + (Date.now() - began) / 1000);
  assert.ok(announcements <= allowed, `${announcements} announcements, ${Math.round(allowed)} allowed`);
  const gone = users.slice(100).filter((userId) => of(boss, userId).length > 0);
  t.diagnostic(`${announcements} announcements for 1,000 arrivals and 900 departures`);
  // At most 20 per second for the time of their arrival.
  assert.ok(gone.length < 600, `${gone.length} were told of who were gone again`);
  for (const userId of gone) assert.deepEqual(of(boss, userId), ['online', 'offline']);
  const deliveries = operators.slice(0, 100).flatMap((client) => client.events.filter(({ name }) => name.startsWith('user:')));
  assert.equal(deliveries.length, 0, 'operators heard of each other');
});

test('when nobody is connected, Redis has no users', MINUTES, async () => {
  await empty();
  const users = () => cluster.redis.command('EVAL', "return #redis.call('KEYS', 'realtime:{user:*')", '0');
  await until('the users to be forgotten', async () => (await users()) === ':0', GRACE);
});

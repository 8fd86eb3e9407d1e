// The admin API on three instances: permissions, effects, and audit entries.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Cluster } from '../support/cluster.mjs';
import { Client, join, settled } from '../support/clients.mjs';
import { onClose, testsOf } from '../support/harness.mjs';
import { accepted, request, unique } from '../support/http.mjs';
import { ADMIN_API_SECRET, JWT_SECRET, WEBHOOK_TOKEN, adminToken, director, operator, sign, signText } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const MINUTES = { timeout: 120_000 };

let cluster;
before(async () => {
  cluster = await Cluster.start(3, { ADMIN_API_SECRET });
});
after(() => cluster?.stop());
const test = testsOf(() => cluster?.instances);

let lastUser = 5_000;
const someone = () => lastUser++;
let turn = 0;
/** The instances in turn. */
const anyInstance = () => cluster.instances[turn++ % 3];

function call(method, path, { role = 'admin', token = adminToken(role), body, instance = anyInstance() } = {}) {
  return request(`${instance.url}/api/v1/admin${path}`, {
    method,
    headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
}

async function done(method, path, options) {
  const answer = await call(method, path, options);
  assert.equal(answer.status, 200, `${method} ${path}: ${answer.text}`);
  return answer.json;
}

const refusedWith = (answer, status, code) => assert.deepEqual([answer.status, answer.json?.code], [status, code], answer.text);

/** Waits until every instance knows the sockets. */
async function knownEverywhere(...clients) {
  for (const client of clients) {
    await until('the socket to be known everywhere', async () => (await Promise.all(cluster.instances.map((instance) =>
      done('GET', `/stats/connections?user=${client.userId}`, { instance })))).every(({ data }) =>
      data.connections.some(({ socketId }) => socketId === client.socket.id)));
  }
}

// Every endpoint, its least role, and its answer to a valid call that finds nothing.
const ENDPOINTS = [
  ['GET', '/stats/connections', 'viewer', 200],
  ['GET', '/stats/rooms', 'viewer', 200],
  ['GET', '/instances', 'viewer', 200],
  ['GET', '/events', 'viewer', 200],
  ['GET', '/events/1-1', 'viewer', 404],
  ['GET', '/events/1-1/revealed', 'operator-admin', 404],
  ['GET', '/why?event=1-1&user=nobody', 'viewer', 404],
  ['GET', '/audit', 'viewer', 200],
  ['GET', '/blocks', 'viewer', 200],
  ['POST', '/audience', 'viewer', 200, { everybody: true }],
  ['POST', '/notifications', 'operator-admin', 200, { to: { users: ['nobody'] }, notification: { message: 'test' } }],
  ['GET', '/notifications', 'viewer', 200],
  ['GET', '/notifications/019ab9f1d9b83fc2a91e', 'viewer', 404],
  ['POST', '/notifications/019ab9f1d9b83fc2a91e/cancel', 'operator-admin', 404, { reason: 'test' }],
  ['POST', '/notifications/019ab9f1d9b83fc2a91e/recall', 'operator-admin', 404, { reason: 'test' }],
  ['POST', '/connections/nobody/close', 'admin', 404, { reason: 'test' }],
  ['POST', '/connections/nobody/join', 'admin', 404, { room: 'order:1', reason: 'test' }],
  ['POST', '/connections/nobody/leave', 'admin', 404, { room: 'order:1', reason: 'test' }],
  ['POST', '/users/nobody/close', 'admin', 200, { reason: 'test' }],
  ['POST', '/users/nobody/block', 'admin', 200, { seconds: 1, reason: 'test' }],
  ['POST', '/users/never-blocked/unblock', 'admin', 404, { reason: 'test' }],
];
const ROLES = ['viewer', 'operator-admin', 'admin'];

for (const [method, path, least, status, body] of ENDPOINTS) {
  test(`${method} ${path}: ${least} and above, nobody else`, MINUTES, async () => {
    for (const role of ROLES) {
      const answer = await call(method, path, { role, body });
      if (ROLES.indexOf(role) < ROLES.indexOf(least)) refusedWith(answer, 403, 'forbidden');
      else assert.equal(answer.status, status, `${role}: ${answer.text}`);
    }
    refusedWith(await call(method, path, { token: null, body }), 401, 'token_missing');
    refusedWith(await call(method, path, { token: WEBHOOK_TOKEN, body }), 401, 'token_invalid');
    refusedWith(await call(method, path, { token: director(1, { role: 'admin' }), body }), 401, 'token_invalid');
  });
}

test('a token of the admin API: its own secret, its own audience, a short life, a known role', MINUTES, async () => {
  const now = Math.floor(Date.now() / 1000);
  for (const [token, code] of [
    [adminToken('admin', { aud: 'realtime' }), 'token_audience'],
    [adminToken('admin', { aud: undefined }), 'token_audience'],
    [adminToken('admin', { exp: now - 1 }), 'token_expired'],
    [adminToken('admin', { exp: now + 3600 }), 'token_invalid'],
    [adminToken('admin', { exp: undefined }), 'token_invalid'],
    [adminToken('admin', { sub: undefined }), 'token_invalid'],
    [adminToken('director'), 'token_invalid'],
    [sign({ sub: 'x', role: 'admin', aud: 'admin-api' }, JWT_SECRET), 'token_invalid'],
    [signText(JSON.stringify({ sub: 'x', role: 'admin', aud: 'admin-api', exp: now + 60 }), undefined, { alg: 'none' }), 'token_invalid'],
  ]) refusedWith(await call('GET', '/instances', { token }), 401, code);
  assert.equal((await call('GET', '/instances', { token: adminToken('viewer', { aud: ['x', 'admin-api'] }) })).status, 200);
});

test('the gateway and the rest of the API refuse the admin API\'s tokens', MINUTES, async () => {
  for (const token of [adminToken('admin'), sign({ userId: 1, role: 'admin', aud: 'admin-api' })]) {
    const client = new Client(anyInstance().url, { auth: { token }, transports: ['websocket'] });
    assert.match((await client.refused()).data.code, /^token_/);
    client.close();
    const stats = await request(`${anyInstance().url}/api/v1/stats/connections`, { headers: { Authorization: `Bearer ${token}` } });
    assert.equal(stats.status, 401, stats.text);
  }
});

test('one socket is closed on any instance and told why; the audit has it', MINUTES, async () => {
  const userId = someone();
  const client = await join(cluster.instances[2], operator(userId));
  const other = await join(cluster.instances[1], operator(userId));
  await knownEverywhere(client, other);
  const reason = unique('wrong number');
  const { id: socketId } = client.socket;
  const result = await done('POST', `/connections/${socketId}/close`, { instance: cluster.instances[0], body: { reason } });
  // Only the socket's instance was asked.
  assert.deepEqual([result.sockets, Object.values(result.byInstance), result.silent], [1, [1], []]);
  assert.deepEqual(await client.event('error'), { code: 'closed_by_admin', message: reason, reconnect: false });
  await until('the end', () => client.disconnects[0] === 'io server disconnect');
  await settled(cluster.instances[0], other);
  assert.deepEqual(other.disconnects, []);

  const { items: [entry] } = await done('GET', `/audit?text=${encodeURIComponent(reason)}`);
  assert.equal(entry.id, result.auditId);
  const { actor, role, action, target, details, outcome, result: noted, address } = entry;
  assert.deepEqual({ actor, role, action, target, details, outcome, noted, address }, {
    actor: 'admin@console', role: 'admin', action: 'close-socket', target: socketId,
    details: { user: String(userId) }, outcome: 'done', noted: { sockets: 1, silent: [] }, address: '127.0.0.1',
  });
});

test('all of a user\'s sockets are closed on all instances', MINUTES, async () => {
  const userId = someone();
  const clients = await Promise.all([0, 1, 2].map((n) => join(cluster.instances[n], operator(userId))));
  await knownEverywhere(...clients);
  const result = await done('POST', `/users/${userId}/close`, { body: { reason: 'shift is over' } });
  assert.equal(result.sockets, 3);
  assert.deepEqual(Object.values(result.byInstance), [1, 1, 1]);
  for (const client of clients) assert.equal((await client.event('error')).message, 'shift is over');
});

test('a socket is added to a room and removed from it', MINUTES, async () => {
  const client = await join(cluster.instances[1], operator(someone(), { cities: ['Саратов'] }));
  const room = 'city:Энгельс';
  const path = `/connections/${client.socket.id}`;
  await done('POST', `${path}/join`, { body: { room, reason: 'stands in' } });
  const first = unique('order');
  await accepted(anyInstance(), 'order-new', { order: { id: first }, rooms: [room] });
  assert.equal((await client.event('order:new')).id, first);
  await done('POST', `${path}/leave`, { body: { room, reason: 'is back' } });
  await accepted(anyInstance(), 'order-new', { order: { id: unique('order') }, rooms: [room] });
  await settled(cluster.instances[0], client);
  assert.equal(client.events.filter(({ name }) => name === 'order:new').length, 1);

  for (const [bad, code] of [['everyone', 'validation_failed'], ['role:operator', 'validation_failed'], ['nonsense', 'room_unknown'], [undefined, 'validation_failed']]) {
    refusedWith(await call('POST', `${path}/join`, { body: { room: bad, reason: 'x' } }), 400, code);
  }
  const own = (await client.connected()).rooms.find((name) => name.startsWith('user:'));
  refusedWith(await call('POST', `${path}/leave`, { body: { room: own, reason: 'x' } }), 403, 'room_forbidden');
});

test('a blocked user loses all sockets at once and gets no new ones until unblocked', MINUTES, async () => {
  const userId = someone();
  const clients = await Promise.all([0, 2].map((n) => join(cluster.instances[n], operator(userId))));
  const before = Date.now();
  const result = await done('POST', `/users/${userId}/block`, { body: { seconds: 600, reason: 'lost a laptop' } });
  onClose(() => call('POST', `/users/${userId}/unblock`, { body: { reason: 'end of the test' } }));
  assert.equal(result.sockets, 2);
  assert.ok(Math.abs(Date.parse(result.until) - before - 600_000) < 60_000);
  for (const client of clients) assert.equal((await client.event('error')).code, 'user_blocked');
  // Every instance has answered, so all know of the block.
  for (const instance of cluster.instances) {
    const late = new Client(instance.url, { auth: { token: operator(userId) }, transports: ['websocket'] });
    assert.equal((await late.refused()).data.code, 'user_blocked');
    late.close();
  }
  assert.ok((await done('GET', '/blocks')).some(({ userKey }) => userKey === String(userId)));
  await done('POST', `/users/${userId}/unblock`, { body: { reason: 'found it' } });
  for (const instance of cluster.instances) await join(instance, operator(userId));
});

test('a notification is previewed, sent, received by its audience, and counted', MINUTES, async () => {
  const [a, b, c] = [someone(), someone(), someone()];
  const [anna, boris, boss] = await Promise.all([
    join(cluster.instances[0], operator(a, { cities: ['Вольск'] })),
    join(cluster.instances[1], operator(b)),
    join(cluster.instances[2], director(c)),
  ]);
  await knownEverywhere(anna, boris, boss);
  const to = { rooms: ['city:Вольск'], users: [String(b), 'absent-1', 'absent-2'] };
  const preview = await done('POST', '/audience', { body: to });
  assert.deepEqual(preview, { users: 2, sockets: 2, byRole: { operator: 2 }, offline: ['absent-1', 'absent-2'] });

  const message = unique('Пожар на складе');
  const sent = await done('POST', '/notifications', {
    role: 'operator-admin', body: { to, notification: { type: 'alert', severity: 'error', message, data: { floor: 3 } }, reason: 'drill' },
  });
  assert.match(sent.id, /^\d+-\d+$/);
  assert.deepEqual(sent.audience, preview);
  for (const client of [anna, boris]) {
    const got = await client.event('notification', (one) => one.message === message);
    assert.deepEqual([got.severity, got.data], ['error', { floor: 3 }]);
    assert.ok(Date.parse(got.timestamp));
  }
  await settled(cluster.instances[0], boss);
  assert.ok(!boss.events.some(({ args }) => args[0]?.message === message));

  const event = await until('the deliveries to be noted', async () => {
    const view = await done('GET', `/events/${sent.id}`);
    return Object.keys(view.written).length === 3 && view;
  });
  assert.deepEqual(Object.values(event.written).sort(), [0, 1, 1]);
  assert.deepEqual([event.event, event.rooms.sort()], ['notification', ['city:Вольск', `user:${b}`, 'user:absent-1', 'user:absent-2'].sort()]);
  const { items: [entry] } = await done('GET', '/audit?action=notify&text=drill');
  assert.deepEqual([entry.actor, entry.outcome, entry.result.event], ['operator-admin@console', 'done', sent.id]);
  const { items: several } = await done('GET', '/audit?action=notify,block&action=unblock');
  assert.ok(several.length > 0 && several.every(({ action }) => ['notify', 'block', 'unblock'].includes(action)));
});

test('to a role, and to everybody; an empty audience is refused', MINUTES, async () => {
  const [worker, boss] = await Promise.all([join(anyInstance(), operator(someone())), join(anyInstance(), director(someone()))]);
  const send = async (to) => {
    const message = unique('to');
    await done('POST', '/notifications', { body: { to, notification: { message } } });
    return message;
  };
  const toDirectors = await send({ roles: ['director'] });
  const toAll = await send({ everybody: true });
  for (const client of [worker, boss]) await client.event('notification', ({ message }) => message === toAll);
  const got = (client) => client.events.filter(({ name }) => name === 'notification').map(({ args }) => args[0].message);
  assert.deepEqual([got(worker).includes(toDirectors), got(boss).includes(toDirectors)], [false, true]);
  for (const [body, path] of [
    [{ to: {}, notification: { message: 'x' } }, 'to'],
    [{ notification: { message: 'x' } }, 'to'],
    [{ to: { everybody: true } }, 'notification'],
    [{ to: { everybody: true }, notification: { type: 'x' } }, 'notification.message'],
    [{ to: { everybody: true }, notification: { message: 'x', severity: 'loud' } }, 'notification.severity'],
  ]) {
    const answer = await call('POST', '/notifications', { body });
    refusedWith(answer, 400, 'validation_failed');
    assert.equal(answer.json.errors[0].path, path);
  }
  refusedWith(await call('POST', '/notifications', { body: { to: { rooms: ['nonsense'] }, notification: { message: 'x' } } }), 400, 'room_unknown');
});

test('events are read back, newest first, by place, name and room; phone numbers only on request', MINUTES, async () => {
  const room = `order:${unique('o')}`;
  const ids = [];
  for (let n = 0; n < 5; n++) {
    const { id } = await accepted(anyInstance(), n % 2 ? 'call-new' : 'call-updated', {
      call: { id: n, phoneClient: '+79271234567', note: 'ring 8 (927) 765-43-21 after six', amount: 12 }, rooms: [room],
    });
    ids.unshift(id);
  }
  const page = async (query) => (await done('GET', `/events?room=${encodeURIComponent(room)}&${query}`));
  assert.deepEqual((await page('count=500')).items.map(({ id }) => id), ids);
  const first = await page('count=2');
  assert.deepEqual(first.items.map(({ id }) => id), ids.slice(0, 2));
  assert.deepEqual((await page(`count=2&before=${first.before}`)).items.map(({ id }) => id), ids.slice(2, 4));
  assert.deepEqual((await page(`after=${ids[2]}`)).items.map(({ id }) => id), ids.slice(0, 2));
  assert.equal((await page('event=call:new')).items.length, 2);
  assert.equal((await page(`before=${new Date(0).toISOString()}`)).items.length, 0);
  refusedWith(await call('GET', '/events?before=yesterday'), 400, 'validation_failed');

  assert.deepEqual(first.items[0].payload, {
    id: 4, phoneClient: '+•••••••••67', note: 'ring • (•••) •••-••-21 after six', amount: 12,
  });
  const revealed = await done('GET', `/events/${ids[0]}/revealed?reason=call%20back`, { role: 'operator-admin' });
  assert.equal(revealed.payload.phoneClient, '+79271234567');
  const { items: [entry] } = await done('GET', '/audit?action=reveal-event');
  assert.deepEqual([entry.target, entry.reason], [ids[0], 'call back']);
});

test('an event shows where it went, also without named rooms', MINUTES, async () => {
  const order = unique('order');
  const { id } = await accepted(anyInstance(), 'order-new', { order: { id: order, city: 'Саратов' } });
  const { to } = await done('GET', `/events/${id}`);
  assert.deepEqual(to, ['operators', 'directors', 'city:Саратов', `order:${order}`]);
});

test('sockets without a city, one socket, and rooms by name, on any instance', MINUTES, async () => {
  const role = unique('role');
  const city = unique('Энгельс');
  const [anna, boris] = await Promise.all([
    join(cluster.instances[0], director(someone(), { cities: [city] })),
    join(cluster.instances[1], director(someone())),
  ]);
  await knownEverywhere(anna, boris);
  const sockets = async (query) => (await done('GET', `/stats/connections?${query}`)).data.connections.map(({ socketId }) => socketId);
  assert.deepEqual(await sockets(`socket=${anna.socket.id}`), [anna.socket.id]);
  const without = await sockets('without=city');
  assert.deepEqual([without.includes(anna.socket.id), without.includes(boris.socket.id)], [false, true]);
  const named = [`city:${city}`, `role:${role}`].map((room) => `room=${encodeURIComponent(room)}`).join('&');
  assert.deepEqual((await done('GET', `/stats/rooms?${named}`)).data.rooms, [
    { room: `city:${city}`, members: 1 }, { room: `role:${role}`, members: 0 },
  ]);
  refusedWith(await call('GET', '/stats/rooms?kind=town'), 400, 'validation_failed');
});

test('instances report their state', MINUTES, async () => {
  const client = await join(cluster.instances[1], operator(someone()));
  await knownEverywhere(client);
  const { instances, silent } = await done('GET', '/instances');
  assert.deepEqual([instances.length, silent], [3, []]);
  for (const one of instances) {
    assert.ok(one.heapUsed > 0 && one.heapMax > one.heapUsed && one.uptime > 0 && one.version, JSON.stringify(one));
    assert.deepEqual([one.redis, one.problems], ['up', []]);
  }
  assert.equal(instances.filter(({ sockets }) => sockets > 0).length, 1);

  const before = new Map(instances.map(({ instance, events }) => [instance, events]));
  for (let n = 0; n < 5; n++) await accepted(anyInstance(), 'call-new', { call: { id: n } });
  const reports = await until('every instance to have delivered them', async () => {
    const { instances: now } = await done('GET', '/instances');
    return now.every(({ instance, events }) => events >= before.get(instance) + 5) && now;
  });
  for (const one of reports) assert.ok(one.latencyP50 >= 0 && one.latencyP99 >= one.latencyP50, JSON.stringify(one));
});

test('without Redis nothing is done, and the answer says so', MINUTES, async () => {
  const client = await join(cluster.instances[0], operator(someone()));
  await knownEverywhere(client);
  await cluster.redis.stop();
  try {
    for (const [method, path, body] of [
      ['POST', `/connections/${client.socket.id}/close`, { reason: 'x' }],
      ['POST', '/notifications', { to: { everybody: true }, notification: { message: 'x' } }],
      ['GET', '/instances'],
    ]) {
      const answer = await call(method, path, { body });
      refusedWith(answer, 503, 'backplane_unavailable');
    }
    assert.equal((await call('GET', '/stats/connections')).status, 200);
  } finally {
    await cluster.redis.start();
  }
  await settled(cluster.instances[0], client);
  assert.deepEqual(client.disconnects, []);
});

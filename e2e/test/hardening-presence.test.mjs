// Sockets that change rooms endlessly, and one that leaves the rooms of notifications: costs and harm.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { Client, join } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { Honest } from '../support/honest.mjs';
import { accepted, unique } from '../support/http.mjs';
import { counting } from '../support/metrics.mjs';
import { ownService } from '../support/service.mjs';
import { operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const MINUTES = { timeout: 120_000 };
const SOCKETS = 20;
const ROOMS = 190;
const SECONDS = 8;

let redis;
let service;
before(async () => {
  process.env.E2E_JVM_FLAGS = '-Xmx256m';
  ({ redis, service } = await ownService());
});
const test = testsOf(() => service);

const range = (size) => Array.from({ length: size }, (_, n) => n);
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Runs a script and returns its number. */
const evaluate = async (script) => Number((await redis.command('EVAL', script, '0')).slice(1));
/** The memory Redis uses, in bytes. */
const used = () => evaluate("return tonumber(string.match(redis.call('INFO', 'memory'), 'used_memory:(%d+)'))");
/** The size of the presence stream in bytes. */
const stream = () => evaluate("return redis.call('MEMORY', 'USAGE', 'presence', 'SAMPLES', 0) or 0");
/** Sockets and their rooms, as they stand in Redis. The honest socket may get a field more: for its upgrade or its queue. */
const entries = async () => (await redis.answerTo('tests', 'EVAL', `
  local entries = {}
  for _, key in ipairs(redis.call('KEYS', 'realtime:{presence:*}')) do
    for _, field in ipairs(redis.call('HKEYS', key)) do
      if not string.find(field, '=') then entries[#entries + 1] = field end
    end
  end
  return table.concat(entries, '\\n')`, '0')).split('\r\n')[1].split('\n').filter(Boolean);
const fields = async () => (await entries()).length;

test('20 sockets with 190 long rooms each leave and join ten times per second: a change costs its own bytes only', MINUTES, async (t) => {
  const honest = await Honest.start(service);
  // The socket may be there a moment before its rooms.
  const before = await until('the honest socket and its rooms to be in Redis', async () => {
    const there = await entries();
    return there.some((entry) => entry.includes(':user:')) && there.length;
  });
  const user = unique('mover');
  const name = (socket, n) => `order:${socket}-${n}-${'ж'.repeat(80)}`;
  const clients = await Promise.all(range(SOCKETS).map(() => new Client(service.url, {
    auth: { token: operator(user) }, transports: ['websocket'], reconnection: false,
  }).open()));
  await Promise.all(clients.map((client) => client.connected()));
  await Promise.all(clients.flatMap((client, socket) => range(ROOMS).map((n) => client.join(name(socket, n)))));
  await until('the rooms to be in Redis', async () => (await fields()) >= before + SOCKETS * ROOMS);

  const [memory, bytes] = [await used(), await stream()];
  let changes = 0;
  const ends = Date.now() + SECONDS * 1_000;
  for (let n = 0; Date.now() < ends; n++) {
    for (const [socket, client] of clients.entries()) {
      client.socket.emit(n % 2 ? 'join-room' : 'leave-room', { room: name(socket, n >> 1) });
      changes++;
    }
    await pause(50);
  }
  // The acknowledgement follows those of all earlier requests.
  await Promise.all(clients.map((client) => client.ask('leave-room', { room: 'operators' })));
  const grown = (await used()) - memory;
  const each = ((await stream()) - bytes) / changes;
  t.diagnostic(`${changes} changes of rooms of 170 bytes: Redis grew by ${grown} bytes, the stream by ${Math.round(each)} a change`);
  assert.ok(grown < 4_000_000, `Redis grew by ${grown} bytes`);
  assert.ok(each < 300, `a change cost ${each} bytes in the stream`);
  assert.deepEqual(clients.flatMap(({ disconnects }) => disconnects), []);

  for (const client of clients) client.close();
  let left;
  await until(
    () => `their entries to be gone; ${left.length} are left of ${before} before: ${left.slice(0, 20)}`,
    async () => (left = await entries()).length <= before, { timeoutMs: 60_000 });
  await honest.check();
});

test('ordinary rooms: at most 150 bytes in the stream per change, including batches', MINUTES, async (t) => {
  const clients = await Promise.all(range(40).map((n) => join(service, operator(unique(`page${n}`)))));
  await until('a quiet moment', async () => {
    const now = await stream();
    await pause(300);
    return now === await stream();
  });
  const bytes = await stream();
  let changes = 0;
  for (let n = 0; n < 40; n++) {
    for (const [socket, client] of clients.entries()) {
      client.socket.emit(n % 2 ? 'leave-room' : 'join-room', { room: `order:${100_000 + socket}` });
      changes++;
    }
    await pause(100);
  }
  await Promise.all(clients.map((client) => client.join('order:1')));
  changes += clients.length;
  await pause(300);
  const each = ((await stream()) - bytes) / changes;
  t.diagnostic(`${changes} changes, ${Math.round(each)} bytes in the stream for each`);
  assert.ok(each <= 150, `a change cost ${each} bytes in the stream`);
});

test('a flood of joins and leaves is refused with room_rate; a page that joins all its rooms at once is not', MINUTES, () =>
  counting(service, 'realtime_sockets_refused', 'code="room_rate"', async () => {
    const honest = await Honest.start(service);
    const client = await join(service, operator(unique('flooder')));
    const rooms = range(190).map((n) => `order:${n}`);
    for (const room of rooms) await client.join(room);
    const answers = await Promise.all(range(600).map((n) =>
      client.ask(n % 2 ? 'join-room' : 'leave-room', { room: 'order:1' })));
    const refused = answers.filter(({ success }) => !success);
    assert.ok(refused.length > 300, `${refused.length} refused`);
    assert.deepEqual([...new Set(refused.map(({ error }) => error.code))], ['room_rate']);
    await until('another join to be taken', async () => (await client.ask('join-room', { room: 'order:1' })).success, { everyMs: 100 });
    assert.deepEqual(client.disconnects, []);
    await honest.check();
  }));

test('nobody can leave the rooms of notifications', async () => {
  const user = unique('stays');
  const client = await join(service, operator(user));
  for (const room of [`user:${user}`, 'role:operator', 'everyone']) {
    const { success, error } = await client.ask('leave-room', { room });
    assert.deepEqual([success, error.code], [false, 'room_forbidden'], room);
  }
  assert.equal((await client.ask('leave-room', { room: 'operators' })).success, true);
  const message = unique('for you');
  await accepted(service, 'notification', { notification: { message }, userId: user });
  await client.event('notification', (notification) => notification.message === message);
});

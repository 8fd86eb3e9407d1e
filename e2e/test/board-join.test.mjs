// A page that joins a room with a snapshot while events flow, with the code of docs/clients.md; and who sees what.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Cluster } from '../support/cluster.mjs';
import { exampleOf } from '../support/examples.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, request, unique } from '../support/http.mjs';
import { Tab, idOf, isAfter } from '../support/tab.mjs';
import { WEBHOOK_TOKEN, director, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const MINUTES = { timeout: 120_000 };
const EVERY_MS = 10;
const PAGES = 12;

let cluster;
let followRoom;
before(async () => {
  followRoom = await exampleOf('docs/clients.md', 'followRoom');
  cluster = await Cluster.start(2);
});
after(() => cluster?.stop());
const test = testsOf(() => cluster.instances);

const asService = { headers: { 'X-Webhook-Token': WEBHOOK_TOKEN } };

/** Calls that come, are answered and end, and orders that change, 100 events a second in all. */
class Floor {
  count = 0;
  #flowing = true;

  constructor(room) {
    this.room = room;
    this.ended = this.#flow();
  }

  async #flow() {
    const begun = performance.now();
    for (let n = 0; this.#flowing; n++) {
      const call = { id: `${this.room}-${Math.floor(n / 4)}` };
      const rooms = n % 2 ? [this.room] : [this.room, 'directors'];
      const post = [
        ['call-new', { call: { ...call, phoneClient: '+79991234567' } }],
        ['order-new', { order: { id: n, statusOrder: 'Новый', city: 'Саратов' } }],
        ['call-updated', { call: { ...call, status: 'answered', operatorId: n } }],
        n % 8 < 4 ? ['call-ended', { call }] : ['order-status-changed', { orderId: n - 2, newStatus: 'Готово' }],
      ][n % 4];
      await accepted(cluster.instances[n % 2], post[0], { ...post[1], rooms });
      this.count++;
      await new Promise((resolve) => setTimeout(resolve, begun + n * EVERY_MS - performance.now()));
    }
  }

  async stop() {
    this.#flowing = false;
    await this.ended;
  }
}

/** Everything that the service accepted after a position: `{ position, event, payload }`. */
async function historyAfter(position, room) {
  const events = [];
  let page = { next: position, more: true };
  while (page.more) {
    const query = new URLSearchParams({ after: page.next, rooms: room, limit: 1000 });
    page = (await request(`${cluster.instances[0].url}/api/v1/events?${query}`, asService)).json;
    events.push(...page.events);
  }
  return events;
}

/** What a board must show after these events. */
function oracle(events) {
  const calls = new Map();
  const orders = new Map();
  for (const { event, payload } of events) {
    const id = payload.id ?? payload.orderId;
    if (event === 'call:new') calls.set(id, { stage: 'waiting' });
    else if (event === 'call:updated') calls.set(id, { stage: 'talking', operatorId: payload.operatorId });
    else if (event === 'call:ended') calls.delete(id);
    else if (event === 'order:new') orders.set(id, { status: payload.statusOrder });
    else if (event === 'order:status-changed') orders.delete(id);
  }
  return { calls, orders };
}

/** Asserts that a snapshot shows exactly what the events before its position say. */
function checkSnapshot({ position, snapshot }, history) {
  const expected = oracle(history.filter((event) => !isAfter(event.position, position)));
  const calls = snapshot.calls.map(({ id, stage, operatorId }) => [id, operatorId === undefined ? { stage } : { stage, operatorId }]);
  assert.deepEqual(new Map(calls.sort()), new Map([...expected.calls].sort()));
  if (snapshot.truncated) assert.equal(snapshot.calls.length + snapshot.orders.length, 500);
  else assert.deepEqual(snapshot.orders.map(({ id }) => id).sort(), [...expected.orders.keys()].sort());
}

test('pages that join with a snapshot under 100 events per second miss none and see none twice', MINUTES, async () => {
  const room = `order:${unique('floor')}`;
  const { next: begin } = (await request(`${cluster.instances[0].url}/api/v1/events`, asService)).json;
  const floor = new Floor(room);
  const pages = [];
  for (let n = 0; n < PAGES; n++) {
    const transports = [['websocket'], ['polling'], ['polling', 'websocket']][n % 3];
    const tab = await Tab.open(cluster.instances[n % 2], operator(`page-${n}`), { transports });
    const page = { tab };
    // The callback runs before the events behind the acknowledgement: what comes from here on must be what follows.
    tab.socket.emit('join-room', { room, snapshot: true }, (ack) => Object.assign(page, { ack, from: tab.events.length }));
    pages.push(page);
    await until('a little later', () => floor.count > (n + 1) * 15);
  }
  await until('all snapshots', () => pages.every(({ ack }) => ack));
  await until('some more', () => floor.count > (PAGES + 5) * 15);
  await floor.stop();
  const history = await historyAfter(begin, room);
  assert.equal(history.length, floor.count);
  const last = history.at(-1).position;
  for (const { tab, ack, from } of pages) {
    assert.equal(ack.success, true, JSON.stringify(ack));
    checkSnapshot(ack, history);
    const positions = () => tab.events.map(({ args }) => args.at(-1)).filter((one) => typeof one === 'string');
    await until('the last event', () => positions().includes(last));
    const expected = history.map(({ position }) => position).filter((position) => isAfter(position, ack.position));
    const known = new Set(history.map(({ position }) => position));
    const got = tab.events.slice(from).map(({ args }) => args.at(-1)).filter((position) => known.has(position));
    assert.deepEqual(got.map(idOf), expected.map(idOf));
    // What came before the snapshot is in it.
    const earlier = tab.events.slice(0, from).map(({ args }) => args.at(-1)).filter((position) => known.has(position));
    assert.ok(earlier.every((position) => !isAfter(position, ack.position)));
  }
});

test('the example shows the same as the board, on new and on recovered sessions', MINUTES, async () => {
  const room = `order:${unique('example')}`;
  const floor = new Floor(room);
  const pages = [];
  for (let n = 0; n < 6; n++) {
    const tab = await Tab.open(cluster.instances[n % 2], operator(`example-${n}`));
    const page = { tab };
    followRoom(tab.socket, room, (calls, orders) => Object.assign(page, { calls: [...calls.keys()], orders }));
    pages.push(page);
    if (n % 3 === 1) setTimeout(() => tab.socket.io.engine.close(), 100);
    if (n % 3 === 2) {
      // A client that forgets its session comes back as a new one.
      setTimeout(() => {
        tab.socket._pid = undefined;
        tab.socket.io.engine.close();
      }, 150);
    }
    await until('a little later', () => floor.count > (n + 1) * 20);
  }
  await until('some more', () => floor.count > 180);
  await floor.stop();
  const query = new URLSearchParams({ rooms: room, size: 1000 });
  const board = (await request(`${cluster.instances[0].url}/api/v1/board/calls?${query}`, asService)).json;
  const expected = board.rows.map(({ id }) => id).sort();
  for (const page of pages) {
    await until('the last change', () => JSON.stringify([...page.calls].sort()) === JSON.stringify(expected));
  }
});

test('a snapshot has at most 500 entries, and says so', MINUTES, async () => {
  const room = `order:${unique('many')}`;
  const posts = Array.from({ length: 520 }, (_, id) => ({ order: { id: `${room}-${id}` }, rooms: [room] }));
  for (const post of posts) await accepted(cluster.instances[0], 'order-new', post);
  const tab = await Tab.open(cluster.instances[0], operator('many'));
  const { snapshot } = await tab.socket.emitWithAck('join-room', { room, snapshot: true });
  assert.equal(snapshot.orders.length, 500);
  assert.equal(snapshot.truncated, true);
  assert.equal(snapshot.orders[0].id, `${room}-519`, 'the one with the latest event first');
});

test('a refused join brings nothing, and a wrong member is named', async () => {
  const tab = await Tab.open(cluster.instances[0], operator('refused'));
  const refused = await tab.socket.emitWithAck('join-room', { room: 'directors', snapshot: true });
  assert.deepEqual([refused.success, refused.error.code, refused.snapshot], [false, 'room_forbidden', undefined]);
  const wrong = await tab.socket.emitWithAck('join-room', { room: 'operators', snapshot: 'yes' });
  assert.equal(wrong.error.code, 'payload_invalid');
  const without = await tab.socket.emitWithAck('join-room', { room: 'operators', snapshot: false });
  assert.deepEqual([without.success, without.snapshot], [true, undefined]);
});

test('a user sees what goes to their rooms, a service everything, and people only who may', async () => {
  const city = unique('город');
  const [mine, other] = [unique('call'), unique('call')];
  await accepted(cluster.instances[0], 'call-new', { call: { id: mine, operatorId: 17 }, rooms: ['operator:17'] });
  await accepted(cluster.instances[0], 'call-new', { call: { id: other }, rooms: [`city:${city}`] });
  const calls = async (headers, query = '') => {
    const answer = await request(`${cluster.instances[0].url}/api/v1/board/calls?size=1000${query}`, { headers });
    assert.equal(answer.status, 200, answer.text);
    return answer.json.rows.map(({ id }) => id).filter((id) => id === mine || id === other);
  };
  const bearer = (token) => ({ Authorization: `Bearer ${token}` });
  assert.deepEqual(await calls(bearer(operator(17))), [mine]);
  assert.deepEqual(await calls(bearer(operator(18))), []);
  assert.deepEqual(await calls(bearer(director(1)), `&rooms=${encodeURIComponent(`city:${city}`)}`), [other]);
  assert.deepEqual(await calls(asService.headers), [mine, other]);
  const people = (headers) => request(`${cluster.instances[0].url}/api/v1/board/people`, { headers });
  assert.equal((await people(bearer(operator(17)))).json.code, 'forbidden');
  assert.equal((await people(bearer(director(1)))).status, 200);
  assert.equal((await people(undefined)).status, 401);
});

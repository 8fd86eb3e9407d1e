// The live board on three instances: the same on all, and what the events so far say, whatever dies.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { join } from '../support/clients.mjs';
import { Cluster } from '../support/cluster.mjs';
import { testsOf } from '../support/harness.mjs';
import { broadcast, request, unique } from '../support/http.mjs';
import { isAfter } from '../support/tab.mjs';
import { WEBHOOK_TOKEN, operator } from '../support/tokens.mjs';
import { pick, random } from '../support/traffic.mjs';
import { until } from '../support/wait.mjs';

const MINUTES = { timeout: 480_000 };
const RETRIES = { timeoutMs: 60_000, everyMs: 50 };
const NOTICED = { timeoutMs: 60_000, everyMs: 100 };
const OPERATORS = [701, 702, 703];

let cluster;
before(async () => {
  cluster = await Cluster.start(3);
});
after(() => cluster?.stop());
const test = testsOf(() => cluster?.instances);

const epochOf = (position) => position.split('-')[0];
const byId = (rows) => rows.sort((a, b) => String(a.id ?? a.userId).localeCompare(String(b.id ?? b.userId)));

/** A list of one instance's board: `{ position, rows }`. */
async function list(instance, path) {
  const { status, json, text } = await request(`${instance.url}/api/v1/board/${path}${path.includes('?') ? '&' : '?'}size=1000`, {
    headers: { 'X-Webhook-Token': WEBHOOK_TOKEN },
  });
  if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`);
  if (json.page.matching > 1_000) throw Object.assign(new Error('One page must have it all.'), { final: true });
  return { position: json.position, rows: byId(json.rows) };
}

/** Everything on one instance's board: `{ positions, calls, open, closed, people }`. */
async function boardOf(instance) {
  const lists = await Promise.all(['calls?stage=waiting,talking,missed,ended', 'orders', 'orders?closed=true', 'people']
    .map((path) => list(instance, path)));
  const [calls, open, closed, everybody] = lists.map(({ rows }) => rows);
  // Which sockets there are is known without events.
  const people = everybody.map(({ userId, name, status, since, callId }) => ({ userId, name, status, since, callId }));
  return { positions: lists.map(({ position }) => position), calls, open, closed, people };
}

/** The boards of all instances at one position, which is not before the event with that id. */
const boardsAt = (lastId) => until('all boards to be at one position', async () => {
  const boards = await Promise.all(cluster.instances.map(boardOf));
  const [first, ...others] = boards.flatMap(({ positions }) => positions);
  return others.every((position) => position === first) && !isAfter(`${epochOf(first)}-${lastId}`, first) ? boards : undefined;
}, NOTICED);

/** What the events so far say, kept apart from the service. */
class Oracle {
  calls = new Map();
  orders = new Map();
  lastId = '0-0';

  take({ path, body }, id) {
    this.lastId = id;
    if (path.startsWith('call')) {
      const { id: key, status } = body.call;
      const known = this.calls.get(key) ?? { stage: 'waiting' };
      if (path === 'call-ended') known.stage = { waiting: 'missed', talking: 'ended' }[known.stage] ?? known.stage;
      // Somebody answered, as becomes known late.
      else if (status === 'answered') known.stage = { waiting: 'talking', missed: 'ended' }[known.stage] ?? known.stage;
      this.calls.set(key, known);
    } else {
      const key = body.order?.id ?? body.orderId;
      this.orders.set(key, path === 'order-status-changed' && body.newStatus === 'Готово');
    }
  }

  judge({ calls, open, closed }) {
    const here = (rows) => rows.filter(({ id }) => this.calls.has(id) || this.orders.has(id));
    assert.deepEqual(
      new Map(here(calls).map(({ id, stage }) => [id, stage])),
      new Map([...this.calls].map(([id, { stage }]) => [id, stage])));
    const orders = (isClosed) => [...this.orders].filter(([, is]) => is === isClosed).map(([id]) => id).sort();
    assert.deepEqual(here(open).map(({ id }) => id).sort(), orders(false));
    assert.deepEqual(here(closed).map(({ id }) => id).sort(), orders(true));
  }
}

/** Calls and orders that live: begun, updated and over, one event after the other. */
class Life {
  oracle = new Oracle();
  #going = [];
  #next;

  constructor(seed) {
    this.#next = random(seed);
  }

  /** Posts this many events to any instances, and retries with the same key until each is accepted. */
  async post(count) {
    for (let n = 0; n < count; n++) {
      const event = this.#event();
      const key = unique('board');
      await until('a post to be accepted', async () => {
        const answer = await broadcast(pick(this.#next, cluster.instances), event.path, event.body, {
          headers: { 'Idempotency-Key': key },
        }).catch(() => undefined);
        if (answer?.status === 200) this.oracle.take(event, answer.json.id);
        return answer?.status === 200;
      }, RETRIES);
    }
  }

  #event() {
    const dice = this.#next();
    if (this.#going.length < 3 || dice < 0.3) {
      const id = unique('live');
      this.#going.push(id);
      return dice < 0.15
        ? { path: 'order-new', body: { order: { id, statusOrder: 'Ожидает', city: 'Самара' } } }
        : { path: 'call-new', body: { call: { id, status: 'new', operatorId: pick(this.#next, OPERATORS) } } };
    }
    const id = pick(this.#next, this.#going);
    if (this.oracle.orders.has(id)) {
      return { path: 'order-status-changed', body: { orderId: id, newStatus: dice < 0.5 ? 'Готово' : 'В работе' } };
    }
    return dice < 0.6
      ? { path: 'call-updated', body: { call: { id, status: 'answered' } } }
      : { path: 'call-ended', body: { call: { id, status: 'over' } } };
  }

  /** All instances have the same board, and it is what the events say. */
  async judge() {
    const boards = await boardsAt(this.oracle.lastId);
    assert.deepEqual(boards[1], boards[0]);
    assert.deepEqual(boards[2], boards[0]);
    this.oracle.judge(boards[0]);
    return boards[0];
  }
}

const epochs = () => Promise.all(cluster.instances.map(async (instance) => epochOf((await list(instance, 'calls')).position)));

test('the board is the same on all instances, and what the events say', MINUTES, async () => {
  const people = await Promise.all(OPERATORS.map((id, n) => join(cluster.instances[n], operator(id))));
  await until('everybody to be on every board', async () => {
    const lists = await Promise.all(cluster.instances.map((instance) => list(instance, 'people')));
    return lists.every(({ rows }) => OPERATORS.every((id) => rows.some(({ userId, status }) => userId === id && status !== 'offline')));
  }, NOTICED);
  const life = new Life(1);
  await life.post(200);
  const { people: there } = await life.judge();
  assert.ok(there.some(({ status }) => status === 'talking' || status === 'ringing'), JSON.stringify(there));
  assert.deepEqual(people.flatMap(({ disconnects }) => disconnects), []);
});

test('instances that are killed or restarted have the board again', MINUTES, async () => {
  const life = new Life(2);
  await life.post(50);
  await Promise.all([cluster.replace(0), life.post(150)]);
  await life.judge();
  await Promise.all([cluster.restart(1), life.post(150)]);
  await life.judge();
  await cluster.replace(2);
  await life.judge();
});

test('a restart of Redis with its data changes nothing on the board', MINUTES, async () => {
  const life = new Life(3);
  await life.post(50);
  await Promise.all([cluster.restartRedis('SIGTERM'), life.post(100)]);
  await life.judge();
  await cluster.replace(1);
  await life.post(20);
  await life.judge();
});

test('after Redis lost its data all boards begin empty, in the new epoch', MINUTES, async () => {
  const [former] = await epochs();
  await cluster.restartRedis('SIGKILL', async () => cluster.redis.loseData());
  await until('the new epoch on all boards', async () => {
    const now = await epochs();
    return now[0] !== former && now.every((epoch) => epoch === now[0]);
  }, NOTICED);
  const life = new Life(4);
  await life.post(50);
  const { calls } = await life.judge();
  assert.equal(calls.length, life.oracle.calls.size, 'nothing of the former epoch');
  await cluster.replace(0);
  await life.judge();
});

// Pages that open while events flow, with the code of docs/clients.md.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Cluster } from '../support/cluster.mjs';
import { exampleOf } from '../support/examples.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, request } from '../support/http.mjs';
import { Tab } from '../support/tab.mjs';
import { WEBHOOK_TOKEN, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const MINUTES = { timeout: 120_000 };
const EVERY_MS = 10;
const PAGES = 12;
const ORDER = 1001;

let cluster;
let followOrder;
before(async () => {
  followOrder = await exampleOf('docs/clients.md', 'followOrder');
  cluster = await Cluster.start(2);
});
after(() => cluster?.stop());
const test = testsOf(() => cluster.instances);

/** The orders service: stores a change and then posts it. */
class Orders {
  revision = 0;
  #flowing;

  begin() {
    this.#flowing = true;
    this.ended = this.#flow();
    return this;
  }

  async #flow() {
    const begun = performance.now();
    for (let n = 0; this.#flowing; n++) {
      const service = cluster.instances[n % 2];
      // An event of another order, for the same people.
      if (n % 4 === 0) await accepted(service, 'order-updated', { order: { id: ORDER + 1, revision: n }, rooms: ['operators', `order:${ORDER}x`] });
      const revision = ++this.revision;
      const rooms = n % 3 === 0 ? ['operators', `order:${ORDER}`] : [`order:${ORDER}`];
      await accepted(service, 'order-updated', { order: { id: ORDER, revision }, rooms });
      await new Promise((resolve) => setTimeout(resolve, begun + n * EVERY_MS - performance.now()));
    }
  }

  async stop() {
    this.#flowing = false;
    await this.ended;
  }

  /** Loads an order, as slowly as a database under load. */
  async load(delayMs) {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    return { id: ORDER, revision: this.revision };
  }
}

/** A page that runs the example, with its socket at one instance and its requests to the other. */
class OrderPage {
  /** What it showed, in order: `['show', revision]` and `['change', revision]`. */
  seen = [];

  constructor(tab, n, orders) {
    this.tab = tab;
    this.stop = followOrder(tab.socket, {
      url: cluster.instances[(n + 1) % 2].url,
      token: tab.token,
      id: ORDER,
      loadOrder: () => orders.load(n * 30),
      show: ({ revision }) => this.seen.push(['show', revision]),
      change: (event, { revision }) => this.seen.push(['change', revision]),
    });
  }

  static async open(n, orders) {
    const token = operator(`page-${n}`);
    const tab = await Tab.open(cluster.instances[n % 2], token);
    tab.token = token;
    return new OrderPage(tab, n, orders);
  }

  get last() {
    return this.seen.at(-1)?.[1];
  }

  /** Asserts that it saw every revision after its last load, once and in order. */
  check(revision) {
    const begun = this.seen.findLastIndex(([what]) => what === 'show');
    const [, shown] = this.seen[begun];
    const changes = this.seen.slice(begun + 1).map(([, one]) => one);
    // A change during the load may appear again; none may be missing.
    assert.ok(changes[0] <= shown + 1, `loaded with ${shown}, and then ${changes[0]}`);
    assert.deepEqual(changes, Array.from({ length: revision - changes[0] + 1 }, (_, i) => changes[0] + i));
    return begun;
  }
}

test('pages that open under 100 events per second miss none and see none twice', MINUTES, async () => {
  const orders = new Orders().begin();
  const pages = [];
  for (let n = 0; n < PAGES; n++) {
    pages.push(await OrderPage.open(n, orders));
    // The connection breaks while the page loads, or shortly afterwards.
    if (n % 3 === 2) setTimeout(() => pages[n].tab.socket.io.engine.close(), n * 25);
    await until('a little later', () => orders.revision > (n + 1) * 20);
  }
  await until('some more', () => orders.revision > (PAGES + 4) * 20);
  await orders.stop();
  await until('the last change on every page', () => pages.every(({ last }) => last === orders.revision), { timeoutMs: 30_000 });
  for (const page of pages) {
    const begun = page.check(orders.revision);
    // A page whose connection broke before joining its room starts again.
    if (page.tab.lives.length === 1) assert.equal(begun, 0);
    else page.tab.assertRecovered(2);
  }
  assert.ok(pages.some(({ tab }) => tab.lives.length === 2), 'some were cut');
  pages.forEach((page) => page.stop());
});

test('a page whose session is lost reloads, and misses none', MINUTES, async () => {
  const orders = new Orders().begin();
  const page = await OrderPage.open(0, orders);
  await until('changes', () => page.seen.length > 20);
  // A client that forgets its session reconnects as a new one.
  page.tab.socket._pid = undefined;
  page.tab.socket.io.engine.close();
  await page.tab.back(2);
  page.tab.assertNew(2);
  await until('that it loads again', () => page.seen.filter(([what]) => what === 'show').length === 2);
  const there = orders.revision;
  await until('some more', () => orders.revision > there + 50);
  await orders.stop();
  await until('the last change', () => page.last === orders.revision);
  assert.ok(page.check(orders.revision) > 0);
  page.stop();
});

test('the history of one instance has the events accepted by another', MINUTES, async () => {
  const ask = async (n, query) => {
    const answer = await request(`${cluster.instances[n].url}/api/v1/events${query}`, { headers: { 'X-Webhook-Token': WEBHOOK_TOKEN } });
    assert.equal(answer.status, 200, answer.text);
    return answer.json;
  };
  let { next } = await ask(0, '');
  for (let n = 0; n < 50; n++) {
    await accepted(cluster.instances[n % 2], 'call-new', { call: { id: n }, rooms: ['operators'] });
    const page = await ask((n + 1) % 2, `?after=${next}`);
    assert.deepEqual(page.events.map(({ payload }) => payload.id), [n]);
    assert.equal(page.more, false);
    ({ next } = page);
  }
});

// What of the accepted events a Redis still has after something happened to it, and what a tab is told.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { broadcast, request, unique } from './http.mjs';
import { Redis, encoded } from './redis.mjs';
import { Relay } from './relay.mjs';
import { SECRETS, Service } from './service.mjs';
import { Tab } from './tab.mjs';
import { WEBHOOK_TOKEN, operator } from './tokens.mjs';
import { until, within } from './wait.mjs';

const WORKERS = 4;
const PAUSE_MS = 20;
const LONG = { timeoutMs: 30_000, everyMs: 100 };

/** Posts events, one after the other by each of some workers, until it is told to stop. */
export class Load {
  /** What was answered 200: `{ mark, at }`, `at` being when the answer came. */
  accepted = [];
  /** What was answered otherwise: `{ status, code }`. */
  refused = [];
  /** When its Redis was killed. */
  killedAt;

  #service;
  #name = unique('load');
  #count = 0;
  #stopping = false;
  #workers;

  static begin(service) {
    const load = new Load();
    load.#service = service;
    load.#workers = Array.from({ length: WORKERS }, () => load.#post());
    return load;
  }

  async #post() {
    while (!this.#stopping) {
      // The dot keeps 1 from being found in 11.
      const mark = `${this.#name}-${this.#count++}.`;
      const answer = await broadcast(this.#service, 'call-new', { call: { id: mark }, rooms: ['operators'] });
      if (answer.status === 200) {
        this.accepted.push({ mark, at: performance.now() });
      } else {
        this.refused.push({ status: answer.status, code: answer.json?.code });
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }

  /** Waits for that many more accepted events. */
  async more(count) {
    const wanted = this.accepted.length + count;
    await until(`${wanted} accepted events`, () => this.accepted.length >= wanted, LONG);
  }

  /** Ends the posting; what is under way is answered first. */
  async stop() {
    this.#stopping = true;
    await Promise.all(this.#workers);
  }

  /** Those of the accepted events that the stream of this Redis does not have. */
  async lostIn(redis) {
    const text = await streamOf(redis);
    return this.accepted.filter(({ mark }) => !text.includes(mark));
  }
}

/** All of the stream `events`, as it is on the wire. */
async function streamOf(redis) {
  const end = unique('end');
  const socket = connect(redis.port, redis.host);
  try {
    return await within(20_000, 'the stream', new Promise((resolve, reject) => {
      let text = '';
      socket.setEncoding('utf8').on('error', reject).on('close', () => reject(new Error('Redis closed the connection')));
      socket.on('data', (data) => {
        text += data;
        if (text.endsWith(`${end}\r\n`)) resolve(text);
      });
      socket.write(encoded(redis.login('tests')) + encoded(['XRANGE', 'events', '-', '+']) + encoded(['ECHO', end]));
    }));
  } finally {
    socket.destroy();
  }
}

/** One service, and for each line of the table a Redis of its own that the service finds at the same address. */
export class Stand {
  service;
  #address;
  #open = [];

  static async start() {
    const stand = new Stand();
    const redis = await stand.#redis();
    stand.#address = await Relay.to(redis.port);
    stand.service = await Service.start(
      { ...redis.env, ...SECRETS, REDIS_PORT: String(stand.#address.port) },
      { args: ['--realtime.continuity.close-within=1s'] });
    return stand;
  }

  async #redis(settings, environment) {
    const redis = await Redis.start(settings, environment);
    this.#open.push(() => redis.stop('SIGKILL'));
    return redis;
  }

  /** Ends what the line has opened, the last first. */
  async clear() {
    while (this.#open.length > 0) await this.#open.pop()();
  }

  async stop() {
    await this.clear();
    await this.service?.stop();
    this.#address?.close();
  }

  /** The service's Redis is a fresh one with these settings; there is a tab, and a load that has gone on for a while. */
  async begin(settings, events = 200, environment = {}) {
    const redis = await this.#redis(settings, environment);
    await this.#moveTo(redis);
    const tab = await this.#keptTab();
    const load = Load.begin(this.service);
    this.#open.push(() => load.stop());
    await load.more(events);
    return { redis, tab, load };
  }

  /** A tab whose session is in Redis. The first ones after Redis was away may be served before that, without a position. */
  async #keptTab() {
    for (;;) {
      const tab = await Tab.open(this.service, operator(unique('tab')));
      if (tab.greeting(1).position) return tab;
      tab.close();
    }
  }

  async #moveTo(redis) {
    this.#address.target = redis.port;
    this.#address.drop();
    await until('posts to be taken again', async () => {
      const { status } = await broadcast(
        this.service, 'notification', { notification: { message: 'probe' }, userId: unique('nobody') });
      return status === 200;
    }, LONG);
    // Whatever this instance finds out about its other stream it does before it reads on there.
    const history = (query) => request(`${this.service.url}/api/v1/events${query}`, { headers: { 'X-Webhook-Token': WEBHOOK_TOKEN } });
    await until('the service to read there', async () => {
      const { status, json } = await history('');
      // The epoch of this Redis, too: what begins before it is known there is of another one.
      const epoch = (await redis.answerTo('tests', 'GET', 'realtime:{epoch}')).split('\r\n')[1];
      return status === 200 && json.head.startsWith(`${epoch}-`) && (await history(`?after=${json.head}`)).status === 200;
    }, LONG);
  }

  /** SIGKILL under load, and the same Redis again. Answers what of the accepted events it has no longer. */
  async kill({ redis, load }, meanwhile = () => {}) {
    await redis.stop('SIGKILL');
    load.killedAt = performance.now();
    await load.stop();
    meanwhile();
    await redis.start();
    return load.lostIn(redis);
  }

  /** The same with a replica, which copies its master through a relay. */
  async beginPair(settings) {
    const line = await this.begin(settings);
    const relay = await Relay.to(line.redis.port);
    this.#open.push(() => relay.close());
    const replica = await this.#redis(
      ['--replicaof', `127.0.0.1 ${relay.port}`, '--masteruser', 'tests', '--masterauth', Redis.passwordOf('tests')]);
    await until('the replica to have its master', async () => (await replica.info('replication')).master_link_status === 'up', LONG);
    return { ...line, relay, replica };
  }

  /** The master is killed and the replica takes its place. Answers what of the accepted events the new master does not have. */
  async failOver({ redis, relay, replica, load }) {
    await redis.stop('SIGKILL');
    load.killedAt = performance.now();
    relay.close();
    await load.stop();
    await replica.command('REPLICAOF', 'NO', 'ONE');
    await this.#moveTo(replica);
    return load.lostIn(replica);
  }
}

/** Waits until the replica has what its master has now; answers how many of the accepted events that are. */
export async function copied({ load, redis, replica }) {
  const count = load.accepted.length;
  const { master_repl_offset: sent } = await redis.info('replication');
  await until('the replica to have it', async () =>
    Number((await replica.info('replication')).slave_repl_offset) >= Number(sent), LONG);
  return count;
}

const marks = (tab) => tab.events.filter(({ name }) => name === 'call:new').map(({ args: [{ id }] }) => id);

/** The tab was told nothing, got everything accepted once, and is recovered when its connection breaks. */
export async function assertKeptWhole({ tab, load }) {
  await until('everything accepted', () => {
    const got = new Set(marks(tab));
    return load.accepted.every(({ mark }) => got.has(mark));
  }, LONG);
  assert.deepEqual(tab.disconnects, []);
  tab.socket.io.engine.close();
  await tab.back(2);
  tab.assertRecovered(2);
  const got = marks(tab);
  assert.equal(new Set(got).size, got.length, 'nothing twice');
}

/** The tab was told that it must load again: by the code of the close, and by `connected` when it was back. */
export async function assertToldToLoadAgain({ tab }) {
  await tab.event('error', ({ code }) => code === 'continuity_lost', LONG);
  await tab.back(2);
  tab.assertNew(2);
}

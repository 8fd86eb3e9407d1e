// Checks which accepted events a Redis still has after a failure, and what a tab is told.
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

/** Posts events with several workers until stopped. */
export class Load {
  /** Posts answered with 200: `{ mark, at }`, where `at` is the time of the answer. */
  accepted = [];
  /** Other answers: `{ status, code }`. */
  refused = [];
  /** The time at which its Redis was killed. */
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
      // The dot keeps 1 from matching 11.
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

  /** Waits for this many more accepted events. */
  async more(count) {
    const wanted = this.accepted.length + count;
    await until(`${wanted} accepted events`, () => this.accepted.length >= wanted, LONG);
  }

  /** Stops posting, after pending posts are answered. */
  async stop() {
    this.#stopping = true;
    await Promise.all(this.#workers);
  }

  /** The accepted events that are missing in this Redis' stream. */
  async lostIn(redis) {
    const text = await streamOf(redis);
    return this.accepted.filter(({ mark }) => !text.includes(mark));
  }
}

/** The whole stream `events` in its wire format. */
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

/** One service and, for each line of the table, a new Redis at the same address. */
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

  /** Closes what the line has opened, in reverse order. */
  async clear() {
    while (this.#open.length > 0) await this.#open.pop()();
  }

  async stop() {
    await this.clear();
    await this.service?.stop();
    this.#address?.close();
  }

  /** Starts a fresh Redis with these settings, a tab, and a load that has run for a while. */
  async begin(settings, events = 200, environment = {}) {
    const redis = await this.#redis(settings, environment);
    await this.#moveTo(redis);
    const tab = await this.#keptTab();
    const load = Load.begin(this.service);
    this.#open.push(() => load.stop());
    await load.more(events);
    return { redis, tab, load };
  }

  /** A tab whose session is in Redis. After an outage of Redis, the first tabs may connect without a position. */
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
    // The instance handles losses in its other stream before it continues reading there.
    const history = (query) => request(`${this.service.url}/api/v1/events${query}`, { headers: { 'X-Webhook-Token': WEBHOOK_TOKEN } });
    await until('the service to read there', async () => {
      const { status, json } = await history('');
      // Also waits for the epoch of this Redis: earlier sessions belong to another epoch.
      const epoch = (await redis.answerTo('tests', 'GET', 'realtime:{epoch}')).split('\r\n')[1];
      return status === 200 && json.head.startsWith(`${epoch}-`) && (await history(`?after=${json.head}`)).status === 200;
    }, LONG);
  }

  /** Kills Redis under load and restarts it. Returns the accepted events it has lost. */
  async kill({ redis, load }, meanwhile = () => {}) {
    await redis.stop('SIGKILL');
    load.killedAt = performance.now();
    await load.stop();
    meanwhile();
    await redis.start();
    return load.lostIn(redis);
  }

  /** Like `begin`, with a replica behind a relay. */
  async beginPair(settings) {
    const line = await this.begin(settings);
    const relay = await Relay.to(line.redis.port);
    this.#open.push(() => relay.close());
    const replica = await this.#redis(
      ['--replicaof', `127.0.0.1 ${relay.port}`, '--masteruser', 'tests', '--masterauth', Redis.passwordOf('tests')]);
    await until('the replica to have its master', async () => (await replica.info('replication')).master_link_status === 'up', LONG);
    return { ...line, relay, replica };
  }

  /** Kills the master and promotes the replica. Returns the accepted events the new master does not have. */
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

/** Waits until the replica has what its master has now; returns the number of accepted events. */
export async function copied({ load, redis, replica }) {
  const count = load.accepted.length;
  const { master_repl_offset: sent } = await redis.info('replication');
  await until('the replica to have it', async () =>
    Number((await replica.info('replication')).slave_repl_offset) >= Number(sent), LONG);
  return count;
}

const marks = (tab) => tab.events.filter(({ name }) => name === 'call:new').map(({ args: [{ id }] }) => id);

/**
 * Asserts that the tab was not disturbed, received every accepted event once, and recovers when its connection breaks.
 */
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

/** Asserts that the tab was told to reload: by the code of the close, and by `connected` after the reconnect. */
export async function assertToldToLoadAgain({ tab }) {
  await tab.event('error', ({ code }) => code === 'continuity_lost', LONG);
  await tab.back(2);
  tab.assertNew(2);
}

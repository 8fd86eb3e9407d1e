// Several instances over one Redis, with clients and posts spread over them.
import assert from 'node:assert/strict';
import { join, settled } from './clients.mjs';
import { broadcast, request, unique } from './http.mjs';
import { Redis } from './redis.mjs';
import { SECRETS, Service } from './service.mjs';
import { WEBHOOK_TOKEN, director } from './tokens.mjs';
import { people, pick, random, randomEvent } from './traffic.mjs';
import { until } from './wait.mjs';

const PATIENCE = { timeoutMs: 60_000 };
const WORKERS = 8;
const RETRY_LIMIT_MS = 60_000;

export class Cluster {
  instances = [];

  #more;

  constructor(redis, more) {
    this.redis = redis;
    this.#more = more;
  }

  /** Starts this many instances, with further variables. */
  static async start(size = 3, more = {}) {
    const cluster = new Cluster(await Redis.start(), more);
    try {
      // One after the other, since the start of a JVM occupies a small machine.
      for (let n = 0; n < size; n++) cluster.instances.push(await Service.start(cluster.#env));
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** Adds an instance with its own variables. */
  async add(own) {
    this.instances.push(await Service.start({ ...this.#env, ...own }));
  }

  get #env() {
    return { ...this.redis.env, ...SECRETS, ...this.#more };
  }

  /** Stops Redis until `awayUntil` resolves. Instances retry for a while and hide a short outage. */
  async restartRedis(signal, awayUntil = async () => {}) {
    await this.redis.stop(signal);
    await awayUntil();
    await this.redis.start();
  }

  /** Which of the instances leads: its index. */
  async leader() {
    let name;
    await until('somebody to lead', async () => {
      // A length, and then the text.
      [, name] = (await this.redis.answerTo('tests', 'GET', 'realtime:{instances}:leader')).split('\r\n');
      return name;
    }, PATIENCE);
    const names = await Promise.all(this.instances.map(async (instance, n) => {
      const client = await join(instance, director(`of-instance-${n}`));
      const found = await until('the socket to be known', async () => {
        const answer = await request(`${instance.url}/api/v1/stats/connections?user=${client.userId}`, {
          headers: { 'X-Webhook-Token': WEBHOOK_TOKEN },
        });
        return answer.json.data.connections[0]?.instance;
      }, PATIENCE);
      client.close();
      return found;
    }));
    assert.ok(names.includes(name), `${name} is none of ${names}`);
    return names.indexOf(name);
  }

  /** Kills an instance and starts a new one on the same port. */
  async replace(index) {
    const { port } = this.instances[index];
    await this.instances[index].stop('SIGKILL');
    this.instances[index] = await Service.start(this.#env, { port });
  }

  /** Terminates an instance and then starts a new one on the same port. Returns its end, `{ code, signal }`. */
  async restart(index, graceMs = 60_000) {
    const { port } = this.instances[index];
    const end = await this.instances[index].stop('SIGTERM', graceMs);
    this.instances[index] = await Service.start(this.#env, { port });
    return end;
  }

  /** Stops everything in reverse order. */
  async stop() {
    await Promise.all(this.instances.map((instance) => instance.stop()));
    await this.redis.stop('SIGKILL');
  }
}

/** The clients of a cluster, as a ledger needs them. */
export class Audience {
  members = [];

  /** Connects this many people of `traffic.mjs` to the instances in turn. */
  static async join(cluster, count) {
    const audience = new Audience();
    const joined = people(count).map(async (person, n) => {
      const index = (n + Math.floor(n / 8)) % cluster.instances.length;
      const client = await join(cluster.instances[index], person.token, {
        transports: person.transports,
        reconnectionDelay: 100,
        reconnectionDelayMax: 1_000,
      });
      for (const room of person.joins) await client.join(room);
      // A new connection is only in the rooms of its token.
      client.socket.on('connected', () => person.joins.forEach((room) => client.socket.emit('join-room', { room })));
      audience.members.push({
        client,
        index,
        userId: person.userId,
        label: `${person.userId} (${person.transports}, instance ${index})`,
        rooms: new Set([...person.rooms, ...person.joins, `user:${person.userId}`]),
      });
    });
    await Promise.all(joined);
    return audience;
  }

  /**
   * Waits until everything accepted has arrived, and returns what a ledger judges. A client that lost its connection
   * may miss events.
   */
  async results(cluster) {
    const clients = this.members.map(({ client }) => client);
    await until('every client to be back', () => clients.every(({ socket, disconnects, events }) =>
      socket.connected && events.filter(({ name }) => name === 'connected').length > disconnects.length,
    ), { timeoutMs: 60_000 });
    await settled(cluster.instances[0], ...clients);
    return this.members.map((member) => ({
      ...member,
      complete: member.client.disconnects.length === 0,
      received: member.client.broadcasts(),
    }));
  }
}

/** Posts random events to random instances, each with its own key, and retries until accepted. */
export class Posters {
  #next;
  #count = 0;

  constructor(cluster, ledger, seed) {
    this.cluster = cluster;
    this.ledger = ledger;
    this.#next = random(seed);
  }

  /** Posts this many events with several workers. */
  async post(count) {
    let left = count;
    await Promise.all(Array.from({ length: WORKERS }, async () => {
      while (left-- > 0) await this.#one();
    }));
  }

  async #one() {
    const event = randomEvent(this.#next, `m-${this.#count++}`);
    const key = unique(event.mark);
    this.ledger.post();
    await until(`${event.mark} to be accepted`, async () => {
      const answer = await this.#attempt(event, key);
      if (answer?.status === 200) {
        this.ledger.accept(event, answer.json.id);
        return true;
      }
      this.ledger.refuse();
      if (answer && answer.status !== 503) {
        throw Object.assign(new Error(`${event.path} was answered ${answer.status}: ${answer.text}`), { final: true });
      }
      return false;
    }, { timeoutMs: RETRY_LIMIT_MS, everyMs: 50 });
  }

  /** The answer, or undefined if the instance is down. */
  #attempt(event, key) {
    const instance = pick(this.#next, this.cluster.instances);
    return broadcast(instance, event.path, event.body, { headers: { 'Idempotency-Key': key } }).catch(() => undefined);
  }
}

// Reads the stream beside the instances, straight from Redis, so that a run knows what it held, whatever is trimmed later.
import { idOf } from './ids.mjs';
import { RedisConnection } from './resp.mjs';

const PAGE = 1_000;
const PAUSE_MS = 200;

export class Witness {
  #redis;
  #connection;
  #truth;
  #last = '0-0';
  #stopped = false;
  #reading = Promise.resolve();
  #loop;

  constructor(redis, truth) {
    this.#redis = redis;
    this.#truth = truth;
  }

  start() {
    this.#loop = (async () => {
      while (!this.#stopped) {
        // While Redis is away there is nothing to be seen.
        await this.read().catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    })();
    return this;
  }

  /** Reads up to the end that the stream has now. */
  read() {
    const next = this.#reading.then(() => this.#toTheEnd());
    this.#reading = next.catch(() => {});
    return next;
  }

  async #toTheEnd() {
    for (let full = true; full;) {
      const page = await this.#command('XRANGE', 'events', `(${this.#last}`, '+', 'COUNT', String(PAGE));
      page.forEach(([id, fields]) => this.#add(id, fields));
      full = page.length === PAGE;
    }
  }

  #add(id, fields) {
    this.#last = id;
    const value = (name) => JSON.parse(fields[fields.indexOf(name) + 1]);
    const { event, rooms } = value('headers');
    // They go to nobody.
    if (event !== 'canary') this.#truth.add({ id, name: event, rooms, mark: value('payload').mark });
  }

  /** Removes what is older than `key`, after it has been read here. */
  async trim(key) {
    await this.read();
    await this.#command('XTRIM', 'events', 'MINID', '=', idOf(key));
  }

  /** By a connection that is made anew when Redis was away. */
  async #command(...words) {
    this.#connection ??= await RedisConnection.open(this.#redis);
    try {
      return await this.#connection.ask(...words);
    } catch (error) {
      this.#connection.close();
      this.#connection = undefined;
      throw error;
    }
  }

  async stop() {
    this.#stopped = true;
    await this.#loop;
    this.#connection?.close();
  }
}

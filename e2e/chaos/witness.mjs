// Reads the stream directly from Redis, so that a run knows its contents even after trimming.
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
        // Fails while Redis is down; the next read catches up.
        await this.read().catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    })();
    return this;
  }

  /** Reads to the current end of the stream. */
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
    // Canaries are not delivered.
    if (event !== 'canary') this.#truth.add({ id, name: event, rooms, mark: value('payload').mark });
  }

  /** Trims entries older than `key`, after reading them. */
  async trim(key) {
    await this.read();
    await this.#command('XTRIM', 'events', 'MINID', '=', idOf(key));
  }

  /** Uses a connection that is replaced after Redis was down. */
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

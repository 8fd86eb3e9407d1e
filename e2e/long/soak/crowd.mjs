// A crowd of constant size: each visitor that leaves is replaced, possibly by one of another kind.
import { operator } from '../../support/tokens.mjs';
import { CITIES } from './events.mjs';

const LIFE_MS = { least: 5_000, most: 115_000 };
/** The first visitors arrive at about the same rate as later ones. */
const ARRIVALS_PER_SECOND = 70;
const BETWEEN_MS = 50;
const MOST_ATTACKS = 60;
/** The end of visitors that stayed until the crowd was stopped. */
const THERE = 'there to the end';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** One visitor's stay. Everything it opened is closed at the end. */
class Visit {
  #opened = [];
  #over = false;

  constructor(service, number) {
    this.service = service;
    this.number = number;
  }

  /** Each place in the crowd is a separate user, so that nobody reaches the limit of sockets per user. */
  get token() {
    return operator(`soak-${this.number}`, { cities: [CITIES[this.number % CITIES.length]] });
  }

  /** Registers something to close. */
  own(thing) {
    if (this.#over) thing.close();
    else this.#opened.push(thing);
    return thing;
  }

  life(share = 1) {
    return pause((LIFE_MS.least + Math.random() * (LIFE_MS.most - LIFE_MS.least)) * share);
  }

  pause(ms) {
    return pause(ms);
  }

  end() {
    this.#over = true;
    for (const thing of this.#opened) thing.close();
  }
}

/**
 * `residents` stay for a while, `attacks` come at a steady rate; both are lists of
 * `{ name, share, ends, run(visit) }`, where `run` resolves with how it ended and `ends` has the ways in which it may.
 */
export class Crowd {
  #leaving = new Set();
  #attacks = 0;
  #stopped = false;
  live = 0;
  came = 0;
  /** By kind: how often each end occurred. */
  ends = new Map();

  constructor(service, { sockets, residents, attacks }) {
    this.service = service;
    this.sockets = sockets;
    this.residents = residents;
    this.attacks = attacks;
  }

  start() {
    for (let n = 0; n < this.sockets; n++) this.#place(n);
    this.#attack();
  }

  /** Disconnects everybody at once. */
  stop() {
    this.#stopped = true;
    for (const leave of this.#leaving) leave();
  }

  /** The numbers of unexpected ends, in words. */
  wrong() {
    const ways = new Map([...this.residents, ...this.attacks].map(({ name, ends }) => [name, ends]));
    return [...this.ends].flatMap(([name, ends]) =>
      [...ends].filter(([end]) => end !== THERE && !ways.get(name).includes(end)).map(([end, count]) => `${name}: ${count} × ${end}`));
  }

  table() {
    return Object.fromEntries([...this.residents, ...this.attacks].map(({ name }) => {
      const ends = [...(this.ends.get(name) ?? [])].sort(([, a], [, b]) => b - a);
      const total = ends.reduce((sum, [, count]) => sum + count, 0);
      return [name, { times: total, 'how it ended': ends.map(([end, count]) => `${count} ${end}`).join(', ') }];
    }));
  }

  async #place(number) {
    await pause(Math.random() * (this.sockets / ARRIVALS_PER_SECOND) * 1_000);
    while (!this.#stopped) {
      this.live++;
      await this.#visit(chosen(this.residents), number);
      this.live--;
      await pause(BETWEEN_MS);
    }
  }

  async #attack() {
    const everyMs = 1_000 / Math.max(2, this.sockets / 600);
    for (let n = 0; !this.#stopped; n++) {
      await pause(everyMs);
      if (this.#stopped || this.#attacks >= MOST_ATTACKS) continue;
      this.#attacks++;
      this.#visit(chosen(this.attacks), this.sockets + n).finally(() => this.#attacks--);
    }
  }

  async #visit({ name, run }, number) {
    const visit = new Visit(this.service, number);
    this.came++;
    const how = await new Promise((resolve) => {
      const leave = () => resolve(THERE);
      this.#leaving.add(leave);
      run(visit).catch((error) => `failed: ${error.message}`).then(resolve).finally(() => this.#leaving.delete(leave));
    });
    visit.end();
    this.#count(name, how);
  }

  #count(name, end) {
    if (!this.ends.has(name)) this.ends.set(name, new Map());
    const ends = this.ends.get(name);
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
}

function chosen(kinds) {
  let left = Math.random() * kinds.reduce((sum, { share }) => sum + share, 0);
  return kinds.find(({ share }) => (left -= share) < 0) ?? kinds[0];
}

// A browser tab with a stock client that supports recovery: records what it saw, in order, and each of its returns.
import assert from 'node:assert/strict';
import { io as newest } from 'socket.io-client';
import { io as oldest } from 'socket.io-client-4.6';
import { Client } from './clients.mjs';
import { until } from './wait.mjs';

/** The first client version with recovery, and the newest. */
export const RECOVERING = { '4.6': oldest, '4.8': newest };

/** Epoch, milliseconds, sequence. Opaque to clients; only tests look inside. */
export const POSITION = /^[0-9a-z]+-\d+-\d+$/;

const RETURN = { timeoutMs: 30_000, everyMs: 10 };

/** Whether one position comes after another of the same epoch. */
export function isAfter(one, other) {
  const [[epoch1, ms1, seq1], [epoch2, ms2, seq2]] = [one, other].map((position) => position.split('-'));
  assert.equal(epoch1, epoch2, 'the epoch');
  return ms1 === ms2 ? Number(seq1) > Number(seq2) : Number(ms1) > Number(ms2);
}

/** The stream id in a position, as the POST of its event was answered. */
export const idOf = (position) => position.slice(position.indexOf('-') + 1);

const last = (list) => list.at(-1);

export class Tab extends Client {
  /**
   * Its connections: `{ id, recovered, from, to }`; `from` and `to` are the numbers of events at their start and end.
   */
  lives = [];

  constructor(url, options) {
    super(url, { reconnectionDelay: 20, reconnectionDelayMax: 200, ...options });
    this.socket.on('connect', () => {
      const { id, recovered } = this.socket;
      this.lives.push({ id, recovered, from: this.events.length, to: Infinity });
    });
    this.socket.on('disconnect', () => {
      last(this.lives).to = this.events.length;
    });
  }

  /** Opens a tab and waits for its identity. `service` is an object with a `url`. */
  static async open(service, token, options) {
    const tab = new Tab(service.url, { auth: { token }, transports: ['websocket'], ...options });
    const { userId } = await tab.connected();
    tab.userId = userId;
    if (options?.transports?.length > 1) await until('the upgrade', () => tab.transport === 'websocket', RETURN);
    return tab;
  }

  /** The numbered events it received over all its lives. */
  got(numbers) {
    return this.events.filter(({ args }) => args[0]?.mark === numbers.mark).map(({ args }) => args[0].id);
  }

  /** Closes the connection; the client stays away until `come`. */
  async leave() {
    this.socket.io.reconnection(false);
    this.socket.io.engine.close();
    await this.away();
  }

  come() {
    this.socket.io.reconnection(true);
    this.socket.connect();
  }

  /** Waits until the connection is lost. */
  away() {
    return until('the tab to lose its connection', () => !this.socket.connected, RETURN);
  }

  /** Waits for its nth `connected` (from 1); returns that life. */
  async back(nth) {
    await until(() => `life ${nth} of ${JSON.stringify(this.lives)}`, () => this.#connectedOf(nth - 1), RETURN);
    return this.lives[nth - 1];
  }

  /** The payload of the nth life's `connected`. */
  greeting(nth) {
    return this.#connectedOf(nth - 1)?.args[0];
  }

  /** The events of the nth life. */
  eventsOf(nth) {
    const { from, to } = this.lives[nth - 1];
    return this.events.slice(from, to);
  }

  #connectedOf(index) {
    return this.lives[index] && this.eventsOf(index + 1).find(({ name }) => name === 'connected');
  }

  /** Waits until it has the last of these numbers, and checks that it has all of them, once and in order. */
  async hasAll(numbers, expected = numbers.accepted) {
    await until(
      () => `${expected.length} numbered events; there are ${this.got(numbers).length}`,
      () => this.got(numbers).length >= expected.length && (expected.length === 0 || this.got(numbers).includes(last(expected))),
      RETURN,
    ).catch(() => {});
    assert.deepEqual(this.got(numbers), expected);
  }

  /**
   * Asserts that its nth life continues the previous one: the same socket, nothing before CONNECT, then the missed
   * events, then one `connected` with `recovered`, then events newer than its position.
   */
  assertRecovered(nth) {
    const life = this.lives[nth - 1];
    const before = this.lives[nth - 2];
    assert.deepEqual({ recovered: life.recovered, id: life.id }, { recovered: true, id: before.id });
    assert.equal(life.from, before.to, 'no event between the lives');
    const events = this.eventsOf(nth);
    const greetings = events.filter(({ name }) => name === 'connected');
    assert.equal(greetings.length, 1, 'one connected');
    const [{ args: [greeting, position] }] = greetings;
    assert.deepEqual([greeting.recovered, greeting.position, greeting.socketId], [true, position, before.id]);
    const at = events.indexOf(greetings[0]);
    for (const [n, { name, args }] of events.entries()) {
      // A `position` event may repeat a position, and an `error` before a close has none.
      if (n !== at && name !== 'position' && name !== 'error') assert.equal(isAfter(last(args), position), n > at, `event ${n} of the life, connected is ${at}`);
    }
  }

  /** Asserts that its nth life is a new session, and that the tab was told. */
  assertNew(nth) {
    const life = this.lives[nth - 1];
    assert.ok(!life.recovered, 'not recovered');
    assert.notEqual(life.id, this.lives[nth - 2].id);
    assert.equal(life.from, this.lives[nth - 2].to, 'no event between the lives');
    const [first] = this.eventsOf(nth);
    assert.equal(first.name, 'connected');
    assert.equal(first.args[0].recovered, false);
  }
}

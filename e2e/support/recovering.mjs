// Recovery without a stock client: the test controls CONNECT and sees the raw frames.
import assert from 'node:assert/strict';
import { accepted, unique } from './http.mjs';
import { RawWebSocket, connect } from './raw.mjs';
import { operator } from './tokens.mjs';
import { until } from './wait.mjs';

/** A new user with a token, and posts to this user only. */
export function newcomer(service) {
  const userId = unique('newcomer');
  let last = 0;
  return {
    userId,
    token: operator(userId),
    /** Posts one call; returns `[id, stream id]`. */
    post: async (rooms = [`operator:${userId}`]) => {
      const id = ++last;
      return [id, (await accepted(service, 'call-new', { call: { id }, rooms })).id];
    },
  };
}

/** One connection that has sent its CONNECT. */
export class Visit {
  constructor(raw, answer) {
    this.raw = raw;
    this.answer = answer;
    Object.assign(this, JSON.parse(answer.slice(2)));
  }

  /** @param auth the payload of CONNECT */
  static async open(service, auth, { kind = RawWebSocket, ...options } = {}) {
    const raw = await kind.open(service, options);
    return new Visit(raw, await connect(raw, auth));
  }

  /** Opens a visit and waits for `connected`. */
  static async welcome(service, auth, options) {
    const visit = await Visit.open(service, auth, options);
    if (!visit.answer.startsWith('40')) throw new Error(`CONNECT was answered ${visit.answer}`);
    await visit.connected();
    return visit;
  }

  /** Every event so far: `[name, payload, position]`. */
  get events() {
    return this.raw.messages.filter((message) => message.startsWith('42[')).map((message) => JSON.parse(message.slice(2)));
  }

  /** The ids of the calls among them. */
  get calls() {
    return this.events.filter(([name]) => name === 'call:new').map(([, { id }]) => id);
  }

  /** Waits for that many calls and checks their ids. */
  async got(ids) {
    await until(() => `${ids.length} calls; there are ${this.calls}`, () => this.calls.length >= ids.length);
    assert.deepEqual(this.calls, ids);
  }

  /** The `connected` event. */
  connected() {
    return until(() => `connected; there were ${this.raw.messages.join(' ').slice(0, 1_000)}`,
      () => this.events.find(([name]) => name === 'connected'), { timeoutMs: 20_000 });
  }

  get greeting() {
    return this.events.find(([name]) => name === 'connected')?.[1];
  }

  /** Waits for the call with that id; returns its event. */
  call(id) {
    return until(() => `call ${id}; there were ${this.calls}`,
      () => this.events.find(([name, payload]) => name === 'call:new' && payload.id === id));
  }

  /** The position of the last event. */
  get offset() {
    return this.events.at(-1).at(-1);
  }

  /** Emits an event and resolves with its acknowledgement. */
  async ask(name, payload) {
    const id = this.asked = (this.asked ?? 0) + 1;
    this.raw.send(`42${id}${JSON.stringify([name, payload])}`);
    const answer = await this.raw.message(new RegExp(`^43${id}\\[`));
    return JSON.parse(answer.slice(answer.indexOf('[')))[0];
  }

  /** Breaks the connection, like a network failure. */
  async cut() {
    this.raw.close();
    await this.raw.closed;
  }
}

// Numbered events, posted one after the other, so that received and accepted events can be compared.
import { accepted, unique } from './http.mjs';

export class Numbers {
  /** The accepted numbers in stream order. */
  accepted = [];
  /** The stream id of each. */
  ids = new Map();
  /** Part of every payload, to distinguish these events from others. */
  mark = unique('numbers');
  #next = 0;
  #flow;
  #flowing = false;

  /**
   * @param service the instance they are posted to; it must live
   * @param rooms whom they are for
   * @param padding how many characters each has besides
   */
  constructor(service, rooms, padding = 0) {
    this.service = service;
    this.rooms = rooms;
    this.padding = 'x'.repeat(padding);
  }

  /** Posts this many events to these rooms. Returns their numbers. */
  async post(count = 1, rooms = this.rooms) {
    const numbers = [];
    for (let n = 0; n < count; n++) numbers.push(await this.#one(rooms));
    return numbers;
  }

  async #one(rooms) {
    const number = this.#next++;
    const call = { id: number, mark: this.mark, ...(this.padding && { padding: this.padding }) };
    const { id } = await accepted(this.service, 'call-new', { call, rooms });
    this.accepted.push(number);
    this.ids.set(number, id);
    return number;
  }

  /** Posts one after the other, with a pause in between, until `stop`. */
  flow(pauseMs = 5) {
    this.#flowing = true;
    this.#flow = (async () => {
      while (this.#flowing) {
        await this.#one(this.rooms);
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    })();
    // Reported by stop.
    this.#flow.catch(() => {});
    return this;
  }

  async stop() {
    this.#flowing = false;
    await this.#flow;
  }
}

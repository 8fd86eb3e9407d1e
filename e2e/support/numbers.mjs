// Numbered events, posted one after the other: what arrives can be compared with what was accepted.
import { accepted, unique } from './http.mjs';

export class Numbers {
  /** The numbers that were accepted, in the order of the stream. */
  accepted = [];
  /** The stream id of each. */
  ids = new Map();
  /** In every payload, so that nobody takes these numbers for others'. */
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

  /** That many, for these rooms. Answers their numbers. */
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

  /** One after the other, with that much time in between, until `stop`. */
  flow(pauseMs = 5) {
    this.#flowing = true;
    this.#flow = (async () => {
      while (this.#flowing) {
        await this.#one(this.rooms);
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    })();
    // Told by stop.
    this.#flow.catch(() => {});
    return this;
  }

  async stop() {
    this.#flowing = false;
    await this.#flow;
  }
}

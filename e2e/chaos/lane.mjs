// Runs one fault after the other, in an order given by the seed: every kind runs before one is repeated.
import { random } from '../support/traffic.mjs';

export class Lane {
  #next;
  #kinds;
  #bag = [];
  #loop;
  #stopped = false;

  /**
   * @param kinds by name: `(next, circumstances) => { text, run }`
   * @param pauseMs the shortest and the longest pause between two faults
   * @param timeline receives the faults
   */
  constructor(kinds, { seed, pauseMs, circumstances, timeline }) {
    this.#kinds = kinds;
    this.#next = random(seed);
    this.pauseMs = pauseMs;
    this.circumstances = circumstances;
    this.timeline = timeline;
  }

  start() {
    this.#loop = (async () => {
      for (;;) {
        await this.#pause();
        if (this.#stopped) return;
        await this.#one();
      }
    })();
    // Reported by stop.
    this.#loop.catch(() => {});
    return this;
  }

  async #one() {
    if (this.#bag.length === 0) this.#bag = Object.keys(this.#kinds);
    const [name] = this.#bag.splice(Math.floor(this.#next() * this.#bag.length), 1);
    const { run, text, kind = name, floor } = this.#kinds[name](this.#next, this.circumstances);
    const fault = { kind, text, floor, at: Date.now() };
    this.timeline.push(fault);
    try {
      await run();
    } catch (error) {
      fault.text += ` (failed: ${error.message.split('\n', 1)[0]})`;
      if (kind !== 'trim') throw error;
    }
    fault.until = Date.now();
  }

  async #pause() {
    const [least, most] = this.pauseMs;
    const until = Date.now() + least + this.#next() * (most - least);
    while (!this.#stopped && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Stops after the current fault. */
  async stop() {
    this.#stopped = true;
    await this.#loop;
  }
}

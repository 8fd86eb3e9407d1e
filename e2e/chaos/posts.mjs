// Services that continuously post numbered events to any instance and record the outcome of each.
import { broadcast } from '../support/http.mjs';
import { random, randomEvent } from '../support/traffic.mjs';

const LIMIT_MS = 4_000;
const TRIES = 4;

export class Poster {
  /** `{ mark, name, isFor, id }`; `id` if the answer had one. */
  posts = [];
  refused = 0;
  #stopped = false;
  #next;
  #loop;

  /**
   * @param name begins its marks
   * @param service an object with a `url`
   * @param keyed whether it uses an Idempotency-Key and retries
   * @param make creates the events: `(next, mark) => { path, name, body, isFor }`
   */
  constructor(name, service, seed, perSecond, { keyed = false, make = randomEvent } = {}) {
    this.name = name;
    this.service = service;
    this.keyed = keyed;
    this.make = make;
    this.pauseMs = 1_000 / perSecond;
    this.#next = random(seed);
  }

  start() {
    this.#loop = (async () => {
      for (let n = 0; !this.#stopped; n++) {
        const began = performance.now();
        await this.#one(`${this.name}-${n}`);
        const rest = this.pauseMs - (performance.now() - began);
        await new Promise((resolve) => setTimeout(resolve, Math.max(1, rest)));
      }
    })();
    // Reported by stop.
    this.#loop.catch(() => {});
    return this;
  }

  async #one(mark) {
    const event = this.make(this.#next, mark);
    const post = { mark, name: event.name, isFor: event.isFor };
    this.posts.push(post);
    for (let n = 0; n < (this.keyed ? TRIES : 1) && !post.id; n++) {
      const answer = await broadcast(this.service, event.path, event.body, {
        timeoutMs: LIMIT_MS,
        headers: this.keyed ? { 'Idempotency-Key': mark } : {},
        agent: false,
      }).catch(() => undefined);
      if (answer?.status === 200) post.id = answer.json.id;
      else if (answer && answer.status < 500) throw new Error(`${event.path} was answered ${answer.status}: ${answer.text}`);
      else this.refused++;
    }
  }

  async stop() {
    this.#stopped = true;
    await this.#loop;
  }
}

// Events posted at a steady rate during the soak test, and their receivers.
import { broadcast, unique } from '../../support/http.mjs';
import { until } from '../../support/wait.mjs';

export const CITIES = ['Саратов', 'Энгельс', 'Самара', 'Пенза', 'Казань', 'Уфа', 'Пермь', 'Тверь'];
/** The room of the slow readers, with enough traffic to overflow them soon. */
export const LOUD_ROOM = 'order:77';

const EVERY_MS = 250;
const LOUD = 'x'.repeat(240_000);
const MOST_IN_FLIGHT = 50;
const RETRY_LIMIT_MS = 60_000;

const inAny = (wanted) => (rooms) => wanted.some((room) => rooms.has(room));
const pick = (list) => list[Math.floor(Math.random() * list.length)];

/** In turn: to everybody, to a city, to one operator, to the loud room. Directors get all but the last. */
const TURNS = [toAll, loud, order, call, loud, order, call, loud];

function toAll(mark) {
  return { path: 'notification', name: 'notification', body: { notification: { message: 'Обед', mark } }, isFor: () => true };
}

function order(mark) {
  const city = pick(CITIES);
  const rooms = ['directors', `city:${city}`];
  return { path: 'order-new', name: 'order:new', body: { order: { id: mark, mark, city }, rooms }, isFor: inAny(rooms) };
}

function call(mark) {
  const rooms = ['directors', `operator:soak-${Math.floor(Math.random() * 5_000)}`];
  return { path: 'call-new', name: 'call:new', body: { call: { id: mark, mark, status: 'new' }, rooms }, isFor: inAny(rooms) };
}

function loud(mark) {
  const rooms = [LOUD_ROOM];
  return { path: 'notification', name: 'notification', body: { notification: { message: LOUD, mark }, rooms }, isFor: inAny(rooms) };
}

/** Posts one event after the other, each with its own key, and retries until it is accepted. */
export class Posts {
  #inFlight = new Set();
  #count = 0;
  #timer;

  constructor(service, ledger) {
    this.service = service;
    this.ledger = ledger;
  }

  start() {
    this.#timer = setInterval(() => {
      if (this.#inFlight.size < MOST_IN_FLIGHT) this.#track(this.#post());
    }, EVERY_MS);
  }

  /** Resolves once every posted event is accepted; rejects if one never is. */
  async stop() {
    clearInterval(this.#timer);
    await Promise.all(this.#inFlight);
  }

  #track(post) {
    this.#inFlight.add(post);
    // A failure stays, so that `stop` reports it.
    post.then(() => this.#inFlight.delete(post), () => {});
  }

  async #post() {
    const n = this.#count++;
    const event = TURNS[n % TURNS.length](`m-${n}`);
    const key = unique('soak');
    this.ledger.post();
    await until(`${event.mark} to be accepted`, async () => {
      const answer = await broadcast(this.service, event.path, event.body, { headers: { 'Idempotency-Key': key } });
      if (answer.status === 200) {
        this.ledger.accept({ mark: `m-${n}`, ...event }, answer.json.id);
        return true;
      }
      this.ledger.refuse();
      return false;
    }, { timeoutMs: RETRY_LIMIT_MS, everyMs: 100 });
  }
}

// The rooms of a session at each position, as far as its client can know.

const IN = 'in';
const OUT = 'out';
/** A join or leave was requested but never answered. */
const MAYBE = 'maybe';

/** Not part of any list of rooms. */
const EVERYONE = 'everyone';

export class Stays {
  /** `{ key, room, state }`: applies to what is newer than `key`. In the order of their keys. */
  #changes = [];
  #now = new Map();
  /** Rooms whose state in Redis may differ, which shows when the session recovers. */
  #doubtful = new Set();

  constructor(rooms, key, userId) {
    this.userId = userId;
    for (const room of rooms) this.#set(room, IN, key);
  }

  #set(room, state, key) {
    if (this.#now.get(room) === state) return;
    this.#now.set(room, state);
    // An answer may have named a position that is ahead of the client's last event.
    const place = this.#changes.findLastIndex((change) => change.key <= key) + 1;
    this.#changes.splice(place, 0, { key, room, state });
  }

  /** Requested when the client had everything up to `key`; whether it was done is unknown. */
  unanswered({ what, room }, key) {
    if ((this.#now.get(room) ?? OUT) !== (what === 'join' ? IN : OUT)) this.#set(room, MAYBE, key);
  }

  /** Possibly done after `from`, and certainly undone by `to`. */
  undone(asked, from, to) {
    const before = this.#now.get(asked.room) ?? OUT;
    this.unanswered(asked, from);
    this.#set(asked.room, before, to);
    this.#doubtful.add(asked.room);
  }

  /** The connection ended when the client had everything up to `key`. */
  parted(key) {
    for (const room of this.#doubtful) this.#set(room, MAYBE, key);
    this.#doubtful.clear();
  }

  /** Done, and valid from `key` on. */
  answered({ what, room }, key) {
    this.#doubtful.delete(room);
    this.#set(room, what === 'join' ? IN : OUT, key);
  }

  /** The rooms the server reports for a recovered session, at `key`. Returns the differences. */
  told(rooms, key) {
    const wrong = [];
    for (const room of new Set([...rooms, ...this.#now.keys()])) {
      const state = rooms.includes(room) ? IN : OUT;
      const known = this.#now.get(room) ?? OUT;
      if (known === MAYBE) this.#set(room, state, key);
      else if (known !== state) wrong.push(`${room} is ${state}, and should be ${known}`);
    }
    return wrong;
  }

  /** A function that tells for one record after the other, in stream order, whether the session was entitled to it. */
  reader() {
    const states = new Map();
    let next = 0;
    let certain = new Set();
    let possible = certain;
    return (record) => {
      const before = next;
      while (next < this.#changes.length && this.#changes[next].key < record.key) {
        const { room, state } = this.#changes[next++];
        states.set(room, state);
      }
      if (next > before) {
        const among = (...wanted) => new Set([...states.keys()].filter((room) => wanted.includes(states.get(room))));
        certain = among(IN);
        possible = among(IN, MAYBE);
      }
      if (this.#isFor(record, certain)) return IN;
      return this.#isFor(record, possible) ? MAYBE : OUT;
    };
  }

  #isFor({ isFor, rooms }, ours) {
    return isFor ? isFor(ours, this.userId) : rooms.some((room) => room === EVERYONE || ours.has(room));
  }

  /** The current rooms; undefined if the state of any is unknown. */
  get present() {
    const states = [...this.#now.values()];
    return states.includes(MAYBE) ? undefined : [...this.#now.keys()].filter((room) => this.#now.get(room) === IN);
  }
}

// In which rooms a session was at each position, as far as its client could know.

const IN = 'in';
const OUT = 'out';
/** A join or leave was asked for, and its answer never came. */
const MAYBE = 'maybe';

/** No list shows it. */
const EVERYONE = 'everyone';

export class Stays {
  /** `{ key, room, state }`: applies to what is newer than `key`. In the order of their keys. */
  #changes = [];
  #now = new Map();
  /** Rooms of which Redis may know otherwise: whoever comes back may find it so. */
  #doubtful = new Set();

  constructor(rooms, key, userId) {
    this.userId = userId;
    for (const room of rooms) this.#set(room, IN, key);
  }

  #set(room, state, key) {
    if (this.#now.get(room) === state) return;
    this.#now.set(room, state);
    this.#changes.push({ key, room, state });
  }

  /** Asked for when the client had got everything up to `key`; nobody knows whether it was done. */
  unanswered({ what, room }, key) {
    if ((this.#now.get(room) ?? OUT) !== (what === 'join' ? IN : OUT)) this.#set(room, MAYBE, key);
  }

  /** Perhaps done after `from`, and certainly undone by `to`. */
  undone(asked, from, to) {
    const before = this.#now.get(asked.room) ?? OUT;
    this.unanswered(asked, from);
    this.#set(asked.room, before, to);
    this.#doubtful.add(asked.room);
  }

  /** The connection has ended when the client had got everything up to `key`. */
  parted(key) {
    for (const room of this.#doubtful) this.#set(room, MAYBE, key);
    this.#doubtful.clear();
  }

  /** Done, and valid from `key` on. */
  answered({ what, room }, key) {
    this.#doubtful.delete(room);
    this.#set(room, what === 'join' ? IN : OUT, key);
  }

  /** What the server says of a session that goes on, at `key`. Answers the rooms in which it is wrong. */
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

  /** A function that says of one record after the other, in the stream's order, whether the session was entitled to it. */
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

  /** The rooms it is in now; undefined where that is not known of one of them. */
  get present() {
    const states = [...this.#now.values()];
    return states.includes(MAYBE) ? undefined : [...this.#now.keys()].filter((room) => this.#now.get(room) === IN);
  }
}

// The ledger of a run: what was posted and accepted, what every socket received, and what is wrong.

/** Compares stream ids by their two numbers. */
function compareIds(a, b) {
  const [ms1, seq1] = a.split('-').map(Number);
  const [ms2, seq2] = b.split('-').map(Number);
  return ms1 - ms2 || seq1 - seq2;
}

/**
 * Every event carries a unique `mark` in its payload, which identifies it at the sockets. All sockets must agree with
 * the order of the ids in the answers to the posts.
 */
export class Ledger {
  #accepted = new Map();
  #ids = new Set();
  posted = 0;
  refused = 0;
  /** Number of ids returned for two different events. */
  sharedIds = 0;

  /** Records the first attempt to post an event. */
  post() {
    this.posted++;
  }

  /** Records an attempt that was refused or never answered. */
  refuse() {
    this.refused++;
  }

  /** `isFor(rooms, userId)` says whether a socket in these rooms, of this user, is entitled to it. */
  accept({ mark, name, isFor }, id) {
    if (this.#ids.has(id)) this.sharedIds++;
    this.#ids.add(id);
    this.#accepted.set(mark, { name, isFor, id });
  }

  /**
   * Judges what sockets received. `members` are `{ label, rooms, userId, complete, received }`: `received` is a list of
   * `[name, payload]`, and `complete` means that the socket was connected all the time, so that nothing may be missing.
   * Returns total counts, and `examples` of errors.
   */
  judge(members) {
    const sum = { posted: this.posted, accepted: this.#accepted.size, refused: this.refused };
    Object.assign(sum, { delivered: 0, missing: 0, doubled: 0, misordered: 0, foreign: 0, sharedIds: this.sharedIds });
    const examples = [];
    const wrong = (what, member, mark) => {
      sum[what]++;
      if (examples.length < 20) examples.push(`${what}: ${mark} at ${member.label}`);
    };
    for (const member of members) this.#judgeOne(member, sum, wrong);
    return { ...sum, examples };
  }

  #judgeOne(member, sum, wrong) {
    const got = new Set();
    let newest = '0-0';
    for (const [name, payload] of member.received) {
      const mark = payload?.mark;
      const event = this.#accepted.get(mark);
      if (!event || event.name !== name || !event.isFor(member.rooms, member.userId)) {
        wrong('foreign', member, mark ?? name);
      } else if (got.has(mark)) {
        wrong('doubled', member, mark);
      } else {
        got.add(mark);
        sum.delivered++;
        if (compareIds(event.id, newest) <= 0) wrong('misordered', member, mark);
        else newest = event.id;
      }
    }
    if (!member.complete) return;
    for (const [mark, { isFor }] of this.#accepted) {
      if (isFor(member.rooms, member.userId) && !got.has(mark)) wrong('missing', member, mark);
    }
  }
}

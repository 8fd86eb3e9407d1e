// Judges one client: for every record of the stream, whether the client should have received it, and whether it did.
import { idOf } from './ids.mjs';
import { Stays } from './rooms.mjs';

const NEVER = -Infinity;

/**
 * A client's history lists what it saw, in order:
 * `connect` { recovered, sid }, `connected` { recovered, sid, rooms, key }, `event` { name, mark, key }, `position` { key },
 * `ask` { n, what, room }, `answer` { n, success, key }, `disconnect` { reason }, `error` { code }, `refused` { code }.
 * Each has `at`, a time; `key` is the position it carried, see ids.mjs.
 */
export class Judge {
  wrong = [];
  delivered = 0;
  /** Every return: `{ at, awayAt, recovered, from, to, code, session, lost, readyAt }`. */
  returns = [];
  #sessions = [];
  #session;
  #asked = new Map();
  #gone;
  #code;
  /**
   * Received before a disconnect, and handed over after it: a stock client that closes its engine during an upgrade keeps
   * what the last poll brought, without counting it as received, so it asks for it again; and once more from the first
   * replayed event on, if it is cut off during the replay.
   */
  #late = new Set();
  /** Whether the replay of what was late has begun, so that the client asks for the rest of it after the next cut. */
  #again = false;
  #away = false;

  constructor(label, userId, history, truth) {
    this.label = label;
    this.userId = userId;
    this.truth = truth;
    for (const entry of history) this[`on_${entry.kind}`](entry);
    this.#giveUpAsked();
  }

  /** Looks for what is missing: goes through the stream once for each session, which takes its time. */
  finish() {
    this.#sessions.forEach((session, n) => this.#missing(session, this.#sessions[n + 1]));
    return this;
  }

  #blame(what, entry, detail) {
    this.wrong.push({ what, who: this.label, at: entry.at, detail });
  }

  on_connect(entry) {
    const before = this.#session;
    const last = this.returns.at(-1);
    this.#away = false;
    if (before) {
      this.returns.push({
        who: this.label, at: entry.at, awayAt: this.#gone?.at ?? entry.at, why: this.#gone?.reason, code: this.#code,
        recovered: entry.recovered, from: before.last, hadPosition: before.positioned, wasKept: before.kept, began: before.at, asks: before.asks,
      });
      // A return that is cut again before `connected` continues.
      if (last && last.readyAt === undefined) this.returns.at(-1).awayAt = last.awayAt;
    }
    this.#code = undefined;
    if (before && entry.recovered) {
      if (entry.sid !== before.sid) this.#blame('other id', entry, `${before.sid} came back as ${entry.sid}`);
      before.resuming = true;
      return;
    }
    this.#session = {
      at: entry.at, sid: entry.sid, birth: undefined, last: NEVER, got: new Set(), stays: undefined,
      resuming: false, positioned: false, kept: true,
      /** Rooms requested before anything was known, without an answer. */
      doubts: new Set(),
      /** The times of room requests. */
      asks: [],
    };
    this.#sessions.push(this.#session);
  }

  on_connected(entry) {
    const session = this.#session;
    const back = this.returns.at(-1);
    if (back && back.readyAt === undefined) back.readyAt = entry.at;
    if (session.stays) {
      if (!session.resuming) this.#blame('connected twice', entry, entry.sid);
      if (!entry.recovered) this.#blame('flags differ', entry, 'socket.recovered, and `connected` says it is not');
      if (entry.key < session.last) this.#blame('out of order', entry, `connected at ${idOf(entry.key)} after ${idOf(session.last)}`);
      session.stays.told(entry.rooms, entry.key).forEach((room) => this.#blame('rooms', entry, room));
    } else {
      if (entry.recovered !== session.resuming) this.#blame('flags differ', entry, `socket.recovered is ${session.resuming}`);
      if (!session.resuming && session.got.size > 0) this.#blame('out of order', entry, 'events before connected');
      // Cut before its first `connected` and then recovered: its birth is before its first event.
      session.birth = session.resuming ? Math.min(entry.key, ...session.got) - 1 : entry.key;
      // Without a position, all that is known is that later events are newer.
      session.kept = session.birth !== undefined;
      session.stays = new Stays(entry.rooms.filter((room) => !session.doubts.has(room)), session.birth ?? NEVER, this.userId);
      for (const room of session.doubts) session.stays.unanswered({ what: 'join', room }, session.birth ?? NEVER);
      session.stays.told(entry.rooms, entry.key ?? NEVER);
    }
    session.resuming = false;
    this.#reached(session, entry.key);
  }

  on_position(entry) {
    if (entry.key < this.#session.last) this.#blame('out of order', entry, `position ${idOf(entry.key)} after ${idOf(this.#session.last)}`);
    this.#reached(this.#session, entry.key);
  }

  on_event(entry) {
    const session = this.#session;
    const record = entry.key === undefined ? this.truth.marked(entry.mark)[0] : this.truth.at(entry.key);
    const named = `${entry.name} ${entry.mark ?? ''} at ${entry.key === undefined ? 'no position' : idOf(entry.key)}`;
    if (!record) {
      // Presence from a service without positions.
      if (entry.mark || entry.key !== undefined) this.#blame('foreign', entry, `${named}: the stream has no such record`);
    } else if (record.name !== entry.name || record.mark !== entry.mark) {
      this.#blame('foreign', entry, `${named}: the stream has ${record.name} ${record.mark ?? ''} there`);
    } else if (session.got.has(record.key)) {
      if (!this.#late.delete(record.key)) this.#blame('doubled', entry, named);
      else this.#again = true;
    } else {
      session.got.add(record.key);
      if (this.#away && this.#gone.reason === 'forced close') this.#late.add(record.key);
      if (session.stays) session.birth ??= record.key - 1;
      this.delivered++;
      if (record.key <= session.last) this.#blame('out of order', entry, `${named} after ${idOf(session.last)}`);
      this.#reached(session, record.key, entry.key !== undefined);
    }
  }

  on_ask(entry) {
    this.#asked.set(entry.n, { ...entry, key: this.#session.last });
    this.#session.asks.push(entry.at);
  }

  on_answer(entry) {
    const asked = this.#asked.get(entry.n);
    this.#asked.delete(entry.n);
    const { stays, last } = this.#session;
    if (!asked || !stays) return;
    if (entry.success) stays.answered(asked, entry.key ?? last);
    // Done, and undone because Redis did not accept it.
    else if (entry.code?.startsWith('backplane')) stays.undone(asked, asked.key, last);
  }

  on_error(entry) {
    this.#code = entry.code;
  }

  /** After a refused CONNECT the stock client does not reconnect. */
  on_refused(entry) {
    this.#blame('refused', entry, entry.code);
  }

  on_disconnect(entry) {
    this.#gone = entry;
    this.#away = true;
    if (!this.#again) this.#late.clear();
    this.#again = false;
    this.#giveUpAsked();
    this.#session.stays?.parted(this.#session.last);
  }

  #giveUpAsked() {
    for (const asked of this.#asked.values()) {
      if (this.#session.stays) this.#session.stays.unanswered(asked, asked.key);
      else this.#session.doubts.add(asked.room);
    }
    this.#asked.clear();
  }

  #reached(session, key, positioned = key !== undefined) {
    if (key > session.last) session.last = key;
    session.positioned ||= positioned;
  }

  /** Compares the stream with what the session received. */
  #missing(session, next) {
    const back = next && this.returns.find(({ at }) => at === next.at);
    if (session.birth === undefined) {
      if (back) back.lost = 0;
      return;
    }
    const entitled = session.stays.reader();
    // The last session is judged to the end; an abandoned one, up to its client's last position.
    const until = next ? session.last : Infinity;
    const resumed = next ? next.birth ?? Math.min(Infinity, ...next.got) - 1 : Infinity;
    let lost = 0;
    for (const record of this.truth.records) {
      if (record.key > resumed && record.key > until) break;
      const has = session.got.has(record.key);
      const should = record.key > session.birth ? entitled(record) : 'out';
      const named = `${record.name} ${record.mark ?? ''} at ${record.id}`;
      if (has && should === 'out') this.#blame('foreign', session, `${named}, for ${record.rooms}`);
      if (!has && should === 'in') {
        if (record.key <= until) this.#blame('missing', session, named);
        else lost++;
      }
    }
    if (back) Object.assign(back, { lost, to: resumed });
  }

  /** Its id, and its rooms at the end as far as they are known. */
  get present() {
    return { sid: this.#session?.sid, rooms: this.#session?.stays?.present };
  }
}

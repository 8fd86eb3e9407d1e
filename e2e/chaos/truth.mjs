// What the stream contained: every record in order.
import { keyOf } from './ids.mjs';

export class Truth {
  /** `{ key, id, name, rooms, mark, isFor }` in the stream's order. */
  records = [];
  #byKey = new Map();
  #marks = new Map();

  /** The next record of the stream. */
  add({ id, name, rooms, mark }) {
    const record = { key: keyOf(id), id, name, rooms, mark };
    this.records.push(record);
    this.#byKey.set(record.key, record);
    if (mark) this.#marks.set(mark, [...(this.#marks.get(mark) ?? []), record]);
  }

  /** The key of the newest record. */
  get head() {
    return this.records.at(-1)?.key ?? -Infinity;
  }

  at(key) {
    return this.#byKey.get(key);
  }

  /** The records with this mark: more than one if an event was accepted twice. */
  marked(mark) {
    return this.#marks.get(mark) ?? [];
  }

  /**
   * Compares the stream with what was posted. `posts` are `{ mark, name, isFor, id }`, `id` only where the answer named it.
   * Answers what is wrong, as sentences, and from then on the records know whom the posters meant.
   */
  reconcile(posts) {
    const wrong = [];
    for (const { mark, name, isFor, id } of posts) {
      const records = this.marked(mark);
      if (records.length > 1) wrong.push(`accepted twice: ${mark} as ${records.map((record) => record.id).join(' and ')}`);
      if (id && records[0]?.id !== id) wrong.push(`not in the stream: ${mark}, accepted as ${id}`);
      for (const record of records) {
        record.isFor = isFor;
        if (record.name !== name) wrong.push(`another event: ${mark} is ${record.name}`);
      }
    }
    return wrong;
  }
}

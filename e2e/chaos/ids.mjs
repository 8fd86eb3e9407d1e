// Ids of the stream and positions as numbers, so that thousands are compared quickly.

/** Those of a run are far below; one beyond is the highest there is, in a position right before another. */
const SEQUENCES = 100_000;
const BEGAN = Date.now() - 24 * 3_600_000;

/** A number that orders as the id `ms-seq` does. */
export function keyOf(id) {
  const [ms, sequence] = id.split('-').map(Number);
  return (ms - BEGAN) * SEQUENCES + Math.min(sequence, SEQUENCES - 1);
}

/** The key of a position, `<epoch>-<ms>-<seq>`; undefined for what is none. */
export function keyOfPosition(position) {
  const [, id] = /^[0-9a-z]+-(\d+-\d+)$/.exec(position ?? '') ?? [];
  return id && keyOf(id);
}

/** When the record with that key was added, by Redis' clock. */
export const timeOf = (key) => Math.floor(key / SEQUENCES) + BEGAN;

export const idOf = (key) => `${timeOf(key)}-${((key % SEQUENCES) + SEQUENCES) % SEQUENCES}`;

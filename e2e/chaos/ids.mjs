// Ids of the stream and positions as numbers, so that thousands are compared quickly.

/** Sequences beyond this would collide; a run has a few hundred records a second. */
const SEQUENCES = 100_000;
const BEGAN = Date.now() - 24 * 3_600_000;

/** A number that orders as the id `ms-seq` does. */
export function keyOf(id) {
  const [ms, sequence] = id.split('-').map(Number);
  return (ms - BEGAN) * SEQUENCES + sequence;
}

/** The key of a position, `<epoch>-<ms>-<seq>`; undefined for what is none. */
export function keyOfPosition(position) {
  const [, id] = /^[0-9a-z]+-(\d+-\d+)$/.exec(position ?? '') ?? [];
  return id && keyOf(id);
}

/** When the record with that key was added, by Redis' clock. */
export const timeOf = (key) => Math.floor(key / SEQUENCES) + BEGAN;

export const idOf = (key) => `${timeOf(key)}-${((key % SEQUENCES) + SEQUENCES) % SEQUENCES}`;

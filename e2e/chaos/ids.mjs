// Stream ids and positions as numbers, for fast comparison.

/** Above the sequences of a run. Larger ones only occur in positions directly before another, with the highest sequence. */
const SEQUENCES = 100_000;
const BEGAN = Date.now() - 24 * 3_600_000;

/** A number with the same order as the id `ms-seq`. */
export function keyOf(id) {
  const [ms, sequence] = id.split('-').map(Number);
  return (ms - BEGAN) * SEQUENCES + Math.min(sequence, SEQUENCES - 1);
}

/** The key of a position, `<epoch>-<ms>-<seq>`; undefined if it is not a position. */
export function keyOfPosition(position) {
  const [, id] = /^[0-9a-z]+-(\d+-\d+)$/.exec(position ?? '') ?? [];
  return id && keyOf(id);
}

/** When the record with that key was added, by Redis' clock. */
export const timeOf = (key) => Math.floor(key / SEQUENCES) + BEGAN;

export const idOf = (key) => `${timeOf(key)}-${((key % SEQUENCES) + SEQUENCES) % SEQUENCES}`;

// Why a return may say `recovered: false`: every such return is matched to a fault of the timeline, or it is a defect.

/** Clocks of this process and what a fault takes to be felt. */
const SLACK_MS = 1_500;

/**
 * In this order: the first that applies is the cause. Each gets a return of the judge's and the circumstances:
 * `timeline` (faults with `kind`, `at`, `until`, and what they know), `windowMs`, and `isJava`.
 */
const CAUSES = {
  'a client that knows no recovery': (_, { isJava }) => isJava,
  'no position yet': ({ hadPosition }) => !hadPosition,
  'connected while Redis was away': ({ wasKept }) => !wasKept,
  'away for longer than the window': ({ awayAt, at }, { windowMs }) => at - awayAt >= windowMs - SLACK_MS,
  'trimmed beyond its position': (back, { timeline }) =>
    timeline.some(({ kind, at, floor }) => kind === 'trim' && at <= back.at + SLACK_MS && floor > back.from),
  'its instance missed what was trimmed': (back, { timeline }) =>
    back.code === 'continuity_lost' && timeline.some(({ kind, at }) => kind === 'trim' && at >= back.began && at <= back.at),
};

/** The cause of a return that was not recovered; undefined when there is none. */
export function causeOf(back, circumstances) {
  return Object.keys(CAUSES).find((cause) => CAUSES[cause](back, circumstances));
}

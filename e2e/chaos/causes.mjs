// Why a return may say `recovered: false`: every such return is matched to a fault of the timeline, or it is a defect.

import { timeOf } from './ids.mjs';

/** Clocks of this process and what a fault takes to be felt. */
const SLACK_MS = 1_500;

/** For how long after Redis is back a session may not be saved as it is. */
const SAVED_AGAIN_MS = 10_000;

/** What keeps an instance from saving. */
const FROM_REDIS = new Set(['kill Redis', 'freeze Redis', 'part an instance from Redis', 'cut an instance from Redis']);

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
  // Its rooms are saved anew when Redis is back, and nobody knows what it missed before; its client has got nothing since.
  'asked for a room while Redis was away': ({ asks, from }, { timeline }) => timeline
    .filter(({ kind }) => FROM_REDIS.has(kind))
    .some(({ at, until }) => asks.some((asked) => asked >= at - SLACK_MS && asked <= until + SLACK_MS)
      && timeOf(from) <= until + SAVED_AGAIN_MS),
  'its instance missed what was trimmed': (back, { timeline }) =>
    back.code === 'continuity_lost' && timeline.some(({ kind, at }) => kind === 'trim' && at >= back.began && at <= back.at),
};

/** The cause of a return that was not recovered; undefined when there is none. */
export function causeOf(back, circumstances) {
  return Object.keys(CAUSES).find((cause) => CAUSES[cause](back, circumstances));
}

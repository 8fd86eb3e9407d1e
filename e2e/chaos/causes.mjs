// Why a return may have `recovered: false`: every such return must match a fault of the timeline, otherwise it is a
// defect.

import { timeOf } from './ids.mjs';

/** Allows for clock differences and for the time until a fault takes effect. */
const SLACK_MS = 1_500;

/** How long after Redis' return a session may not be saved yet. */
const SAVED_AGAIN_MS = 10_000;

/** Faults that keep an instance from saving sessions. */
const FROM_REDIS = new Set(['kill Redis', 'freeze Redis', 'part an instance from Redis', 'cut an instance from Redis']);

/**
 * The first one that applies is the cause. Each gets a return of the judge and the circumstances: `timeline` (faults
 * with `kind`, `at`, `until` and further data), `windowMs` and `isJava`.
 */
const CAUSES = {
  'a client that knows no recovery': (_, { isJava }) => isJava,
  'no position yet': ({ hadPosition }) => !hadPosition,
  'connected while Redis was unavailable': ({ wasKept }) => !wasKept,
  'away for longer than the window': ({ awayAt, at }, { windowMs }) => at - awayAt >= windowMs - SLACK_MS,
  'trimmed beyond its position': (back, { timeline }) =>
    timeline.some(({ kind, at, floor }) => kind === 'trim' && at <= back.at + SLACK_MS && floor > back.from),
  // Its rooms are saved again when Redis is back, and what it missed before is unknown; its client has received nothing
  // since.
  'asked for a room while Redis was unavailable': ({ asks, from }, { timeline }) => timeline
    .filter(({ kind }) => FROM_REDIS.has(kind))
    .some(({ at, until }) => asks.some((asked) => asked >= at - SLACK_MS && asked <= until + SLACK_MS)
      && timeOf(from) <= until + SAVED_AGAIN_MS),
  'its instance missed what was trimmed': (back, { timeline }) =>
    back.code === 'continuity_lost' && timeline.some(({ kind, at }) => kind === 'trim' && at >= back.began && at <= back.at),
};

/** The cause of a return that was not recovered; undefined if there is none. */
export function causeOf(back, circumstances) {
  return Object.keys(CAUSES).find((cause) => CAUSES[cause](back, circumstances));
}

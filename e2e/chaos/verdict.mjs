// The verdict of a run: judges all clients, matches all returns to causes, and formats a summary and details.
import { setTimeout } from 'node:timers/promises';
import { causeOf } from './causes.mjs';
import { Judge } from './judge.mjs';

/** Of each kind. */
const EXAMPLES = 12;

/**
 * Everybody's history read, without the stream: enough to know where they are at the end. The clients are still connected:
 * held up for seconds they would miss their pings, and come back.
 */
export async function judgesOf(clients, truth) {
  const judges = [];
  for (const { label, userId, history } of clients) {
    judges.push(new Judge(label, userId, history, truth));
    await setTimeout(1);
  }
  return judges;
}

/** Sums up. `clients` are `{ label, userId, isJava, history }`; `posts` as in Truth.reconcile. */
export function verdictOf({ clients, judges, posts, truth, timeline, windowMs }) {
  const wrong = truth.reconcile(posts).map((detail) => ({ what: 'stream', who: 'the service', detail }));
  judges.forEach((judge) => judge.finish());
  const causes = new Map();
  const count = (cause) => causes.set(cause, (causes.get(cause) ?? 0) + 1);
  let lost = 0;
  for (const [n, judge] of judges.entries()) {
    wrong.push(...judge.wrong);
    for (const back of judge.returns) {
      const cause = back.recovered ? 'recovered' : causeOf(back, { timeline, windowMs, isJava: clients[n].isJava });
      back.cause = cause;
      count(cause ?? 'unjustified');
      if (cause) lost += back.recovered ? 0 : back.lost;
      else wrong.push({ what: 'unjustified', who: back.who, at: back.at, detail: describe(back) });
    }
  }
  return {
    wrong,
    judges,
    delivered: judges.reduce((sum, { delivered }) => sum + delivered, 0),
    accepted: posts.filter(({ id }) => id).length,
    unknown: posts.filter(({ id }) => !id).length,
    records: truth.records.length,
    lostWithCause: lost,
    causes: Object.fromEntries(causes),
    returnMs: quantile(judges.flatMap(({ returns }) => returns.map(({ awayAt, readyAt }) => readyAt - awayAt)), 0.99),
  };
}

function describe({ awayAt, at, why, code, from, lost, hadPosition }) {
  return `away for ${at - awayAt} ms after ${why}${code ? ` (${code})` : ''}, ${lost} events lost after ${from}, `
    + `${hadPosition ? 'with' : 'without'} a position`;
}

function quantile(values, part) {
  const sorted = values.filter((value) => value >= 0).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function firstOfEachKind(wrong) {
  const seen = {};
  return wrong.filter(({ what }) => (seen[what] = (seen[what] ?? 0) + 1) <= EXAMPLES);
}

/** The number of errors of each kind. */
export function countWrong(wrong) {
  const counts = {};
  for (const { what } of wrong) counts[what] = (counts[what] ?? 0) + 1;
  return counts;
}

/** One line for a log. */
export function summary({ seed, timeline, verdict }) {
  const { wrong, delivered, accepted, unknown, lostWithCause, causes, returnMs } = verdict;
  const part = (counts) => Object.entries(counts).map(([name, n]) => `${n} ${name}`).join(', ') || 'none';
  return `chaos: seed ${seed}; ${timeline.length} faults; ${accepted} events accepted, ${unknown} of unknown outcome; `
    + `${delivered} deliveries; returns: ${part(causes)}; p99 of a return ${returnMs} ms; `
    + `${lostWithCause} not delivered with cause; wrong: ${part(countWrong(wrong))}`;
}

/** The details: all errors, and all faults by time. */
export function details({ seed, began, timeline, verdict }) {
  const clock = (at) => (at === undefined ? '' : `${((at - began) / 1000).toFixed(3)} s `);
  return [
    `seed ${seed}`,
    'timeline:',
    ...timeline.map(({ at, until, text }) => `  ${clock(at)}${text}${until ? `, until ${clock(until)}` : ''}`),
    `wrong (the first ${EXAMPLES} of each kind, ${verdict.wrong.length} in all):`,
    ...firstOfEachKind(verdict.wrong).map(({ what, who, at, detail }) => `  ${clock(at)}${what}: ${who}: ${detail}`),
  ].join('\n');
}

// Which values must return to their initial level, and by how much they may differ.

const MB = 1_000_000;

/** By value: the allowed growth. Values not listed are shown but not judged. */
const ALLOWED = {
  heap: (before) => Math.max(8 * MB, before / 10),
  // Pools keep their chunks, and the number per thread varies.
  direct: (before) => Math.max(16 * MB, before / 4),
  files: () => 4,
  'Java threads': () => 4,
  sessions: () => 0,
  connections: () => 0,
  'objects of sessions': () => 0,
  'rooms and sockets': () => 0,
};
const IN_BYTES = new Set(['heap', 'direct', 'JVM native', 'resident']);

const shown = (name, value) => {
  if (value === undefined) return '';
  return IN_BYTES.has(name) ? `${(value / MB).toFixed(1)} MB` : value;
};

/** One row per value. */
export function comparison(before, peak, after) {
  return Object.fromEntries(Object.keys(after).map((name) => [name, {
    before: shown(name, before[name]),
    peak: shown(name, peak[name]),
    after: shown(name, after[name]),
    difference: shown(name, after[name] - before[name]),
    allowed: name in ALLOWED ? shown(name, ALLOWED[name](before[name])) : '',
  }]));
}

/** The values that did not return, in words. */
export function notBack(before, after) {
  return Object.entries(ALLOWED)
    .filter(([name, allowed]) => !(after[name] - before[name] <= allowed(before[name])))
    .map(([name]) => `${name} was ${shown(name, before[name])} and is ${shown(name, after[name])}`);
}

const STACK_TRACE = /^\s+at |^Caused by|^[\w.$]+(Exception|Error)\b/;
/** An ERROR line, a leaked buffer, or output that was dropped. */
const ALARM = /Z ERROR |LEAK:|^\[…\]/;
const WARNING = /Z  WARN /;

const matching = (output, ...patterns) =>
  output.split('\n').filter((line) => patterns.some((pattern) => pattern.test(line))).slice(0, 20).map((line) => line.slice(0, 300));

/** Lines that must not be in the log. */
export const badLines = (output) => matching(output, STACK_TRACE, ALARM).map((line) => `in the log: ${line}`);

/** Lines worth reading. */
export const warnings = (output) => matching(output, WARNING);

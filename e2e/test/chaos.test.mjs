// A minute of chaos: whatever is killed, frozen, partitioned or trimmed, every client receives its events once and in
// order, or is told to reload. The long form is `npm run chaos`; a failure prints the seed and the faults.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SHORT, play } from '../chaos/play.mjs';
import { countWrong, details, summary } from '../chaos/verdict.mjs';

const SEED = Number(process.env.CHAOS_SEED ?? 16);
const LOG_LINES = 40;

test('no event is missing without a cause, duplicate, misordered or foreign', { timeout: 600_000 }, async (t) => {
  const run = await play({ ...SHORT, seed: SEED, onProgress: (line) => t.diagnostic(line) });
  t.diagnostic(summary(run));
  const { wrong, causes, delivered } = run.verdict;
  if (wrong.length > 0) {
    details(run).split('\n').forEach((line) => t.diagnostic(line));
    for (const { name, output } of run.places) {
      t.diagnostic(`the end of the output of ${name}:`);
      output.split('\n').slice(-LOG_LINES).forEach((line) => t.diagnostic(line));
    }
  }
  assert.deepEqual(countWrong(wrong), {}, details(run));
  assert.ok(causes.recovered > 20, `only ${causes.recovered} returns were recovered`);
  assert.ok(delivered > 1_000, `only ${delivered} deliveries`);
});

// The long run: npm run chaos -- --minutes 30 --seed 1
import { parseArgs } from 'node:util';
import { LONG, SHORT, play } from './play.mjs';
import { details, summary } from './verdict.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
  },
});
const [minutes, seed] = ['minutes', 'seed'].map((name) => {
  const value = Number(values[name]);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0`);
  return value;
});

const clock = () => new Date().toISOString().slice(11, 19);
const onProgress = (line) => console.log(`${clock()} ${line}`);
const options = values.short ? SHORT : { ...LONG, playMs: minutes * 60_000 };
const run = await play({ ...options, seed, onProgress });
console.log(summary(run));
if (run.verdict.wrong.length > 0) {
  console.error(details(run));
  process.exitCode = 1;
}
// A stock client that waits to try again would hold the process.
process.exit();

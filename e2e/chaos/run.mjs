// The long run: npm run chaos -- --minutes 30 --seed 1
// With --keep <folder>, a failure stores the clients' histories and the instances' logs there; --debug makes the logs
// verbose.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { quickStart } from '../support/quick-start.mjs';
import { idOf } from './ids.mjs';
import { LONG, SHORT, play } from './play.mjs';
import { details, summary } from './verdict.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
    keep: { type: 'string' },
    debug: { type: 'boolean', default: false },
  },
});
const [minutes, seed] = ['minutes', 'seed'].map((name) => {
  const value = Number(values[name]);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0`);
  return value;
});

const DEBUG = ['recovery', 'gateway.sockets', 'presence', 'position', 'continuity'].map((name) => `--logging.level.dev.realtime.service.${name}=DEBUG`);

const clock = () => new Date().toISOString().slice(11, 19);
const onProgress = (line) => console.log(`${clock()} ${line}`);
// Does not pay for the few starts of a short run.
if (!values.short && !process.env.E2E_JAR) quickStart();
const options = values.short ? SHORT : { ...LONG, playMs: minutes * 60_000 };
const args = values.debug ? DEBUG : [];
const run = await play({ ...options, seed, args, onProgress });
console.log(summary(run));
if (run.verdict.wrong.length > 0) {
  console.error(details(run));
  if (values.keep) keep(run, values.keep);
  process.exitCode = 1;
}
// A stock client that waits to reconnect would keep the process alive.
process.exit();

function keep({ clients, places, began }, folder) {
  mkdirSync(folder, { recursive: true });
  const line = ({ at, key, ...rest }) => `${((at - began) / 1_000).toFixed(3)} ${key === undefined ? '' : idOf(key)} ${JSON.stringify(rest)}`;
  for (const { label, history } of clients) {
    writeFileSync(join(folder, `${label.replace(/\W+/g, '-')}.txt`), history.map(line).join('\n'));
  }
  for (const { name, output } of places) writeFileSync(join(folder, `${name}.log`), output);
}

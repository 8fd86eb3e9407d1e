// Runs the test files one after the other against one service, so that its JVM starts only once.
// node run.mjs [file…] [-- option of node --test…]
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quickStart } from './support/quick-start.mjs';
import { Redis } from './support/redis.mjs';
import { SECRETS, Service } from './support/service.mjs';

const LOG_LINES = 120;
const here = fileURLToPath(new URL('.', import.meta.url));
const words = process.argv.slice(2);
const split = words.includes('--') ? words.indexOf('--') : words.length;
const options = words.slice(split + 1);
const files = split > 0
  ? words.slice(0, split)
  : readdirSync(join(here, 'test')).filter((name) => name.endsWith('.test.mjs')).sort().map((name) => `test/${name}`);

const redis = await Redis.start();
let service;
let code = 1;
try {
  // Does not pay for the few starts of a single file.
  if (files.length > 3 && !process.env.E2E_JAR) quickStart();
  service = await Service.start({ ...redis.env, ...SECRETS });
  code = await runTests();
} catch (error) {
  console.error(error.message);
} finally {
  if (service && code !== 0) {
    console.error(`--- the end of the output of the shared service:\n${service.output.split('\n').slice(-LOG_LINES).join('\n')}`);
  }
  await service?.stop();
  await redis.stop('SIGKILL');
}
process.exitCode = code;

function runTests() {
  const runner = spawn(process.execPath, ['--test', '--test-concurrency=1', ...options, ...files], {
    cwd: here,
    stdio: 'inherit',
    env: { ...process.env, E2E_SERVICE: JSON.stringify({ port: service.port }) },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => runner.kill(signal));
  return new Promise((resolve) => runner.on('exit', (status) => resolve(status ?? 1)));
}

// Makes every later start of the service fast, by what the image and ./run have as well: the jar laid out, with an AOT cache.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY, jdkHome, requireJar } from './paths.mjs';
import { OPTIONS } from './service.mjs';

/** Has all services that are started from now on, by this process and those it starts, start fast. */
export function quickStart() {
  const words = ['--cache', requireJar(), join(REPOSITORY, 'realtime-service/target/app'), OPTIONS];
  const laid = execFileSync(join(REPOSITORY, 'tools/lay-out.sh'), words, {
    encoding: 'utf8',
    // No time for a rehearsal: what these services run is compiled by C1 alone.
    env: { ...process.env, JAVA_HOME: jdkHome(), REHEARSAL_SECONDS: '2' },
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();
  process.env.E2E_JAR = join(laid, 'realtime-service.jar');
  process.env.E2E_JVM_FLAGS = `-XX:AOTCache=${join(laid, 'realtime-service.aot')}`;
}

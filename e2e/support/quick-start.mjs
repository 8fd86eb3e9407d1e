// Speeds up later starts of the service in the same way as the image and ./run: an extracted jar with an AOT cache.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY, jdkHome, requireJar } from './paths.mjs';
import { OPTIONS } from './service.mjs';

/** Applies to all services started from now on by this process and its children. */
export function quickStart() {
  const words = ['--cache', requireJar(), join(REPOSITORY, 'realtime-service/target/app'), OPTIONS];
  const laid = execFileSync(join(REPOSITORY, 'tools/lay-out.sh'), words, {
    encoding: 'utf8',
    // A short rehearsal: these services use C1 only.
    env: { ...process.env, JAVA_HOME: jdkHome(), REHEARSAL_SECONDS: '2' },
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();
  process.env.E2E_JAR = join(laid, 'realtime-service.jar');
  process.env.E2E_JVM_FLAGS = `-XX:AOTCache=${join(laid, 'realtime-service.aot')}`;
}

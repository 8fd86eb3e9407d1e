// Makes every later start of the service fast: the jar unpacked, and what a JVM finds out at its start kept in an AOT cache
// (JEP 514), which takes one start to be made and saves most of all others.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY, java, requireJar } from './paths.mjs';
import { SECRETS, Service } from './service.mjs';

const FOLDER = join(REPOSITORY, 'realtime-service/target/e2e');

/** Has all services that are started from now on, by this process and those it starts, start fast. */
export async function quickStart(redis) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  execFileSync(java(), ['-Djarmode=tools', '-jar', requireJar(), 'extract', '--destination', FOLDER], { stdio: 'ignore' });
  const cache = join(FOLDER, 'start.aot');
  process.env.E2E_JAR = join(FOLDER, 'realtime-service.jar');
  process.env.E2E_JVM_FLAGS = `-XX:AOTCacheOutput=${cache}`;
  const training = await Service.start({ ...redis.env, ...SECRETS });
  await training.stop('SIGTERM', 120_000);
  if (!existsSync(cache)) throw new Error(`No AOT cache was made:\n${training.output}`);
  process.env.E2E_JVM_FLAGS = `-XX:AOTCache=${cache}`;
}

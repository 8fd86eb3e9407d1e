// Locations: the repository, the jar, a suitable JDK, folders for files.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
/** The jar as built, with all its libraries. */
export const JAR = join(REPOSITORY, 'realtime-service/target/realtime-service.jar');

/** The jar to run; throws if it is missing. */
export function requireJar() {
  const jar = process.env.E2E_JAR ?? JAR;
  if (!existsSync(jar)) {
    throw new Error(`${jar} is missing; build it with ./mvnw -DskipTests package, or name another in E2E_JAR.`);
  }
  return jar;
}

let jdk;

/** The home of a JDK that can run the jar, found as by the Maven wrapper. */
export function jdkHome() {
  if (!jdk) {
    const script = `. '${join(REPOSITORY, 'tools/find-jdk.sh')}' && find_jdk && printf %s "$JAVA_HOME"`;
    jdk = execFileSync('sh', ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  }
  return jdk;
}

export const java = () => join(jdkHome(), 'bin/java');

/** A folder that survives runs and is never committed. */
export function cacheFolder() {
  const folder = join(REPOSITORY, 'e2e/node_modules/.cache/realtime-e2e');
  mkdirSync(folder, { recursive: true });
  return folder;
}

const folders = new Set();

/** An empty folder that is deleted when this process ends. */
export function scratchFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `realtime-e2e-${name}-`));
  folders.add(folder);
  return folder;
}

process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

// Plants a defect in a copy of the code and checks that a short run finds it: node chaos/plant.mjs [name…]
// A plant replaces one piece of one source file. Its class is compiled against the built jar and put into a copy of it.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REPOSITORY, jdkHome, requireJar, scratchFolder } from '../support/paths.mjs';

const SOURCES = join(REPOSITORY, 'realtime-service/src/main/java');
const RUN = fileURLToPath(new URL('run.mjs', import.meta.url));
const LIMIT_MS = 400_000;

/** By name: the file, the piece, its replacement, and what the run must report. */
const PLANTS = {
  'an offset off by one': {
    file: 'dev/realtime/service/recovery/EventRing.java',
    piece: 'place >= 0 ? place + 1 : -place - 1',
    instead: 'place >= 0 ? place + 2 : -place - 1',
    finds: ['missing'],
  },
  // Reads all missed events and only then receives live ones: events in between are lost. The pause stands for a busy machine,
  // since a short run has few returns.
  'a replay before the buffer': {
    file: 'dev/realtime/service/recovery/Replay.java',
    piece: '        return fanOut.atPosition(enter);',
    instead: '        java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);\n        return fanOut.atPosition(position -> { receiver.onLive(); return true; });',
    finds: ['missing'],
  },
};

/** The jar with the defect. */
function plantedJar({ file, piece, instead }) {
  const folder = scratchFolder('plant');
  const tool = (name, ...args) => execFileSync(join(jdkHome(), 'bin', name), args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  const source = readFileSync(join(SOURCES, file), 'utf8');
  if (source.split(piece).length !== 2) throw new Error(`${file} has not exactly one piece like: ${piece}`);
  const edited = join(folder, 'source', basename(file));
  mkdirSync(dirname(edited));
  writeFileSync(edited, source.replace(piece, instead));
  tool('jar', 'xf', requireJar(), 'BOOT-INF');
  const libraries = readdirSync(join(folder, 'BOOT-INF/lib')).map((name) => join('BOOT-INF/lib', name));
  const classes = join('planted', 'BOOT-INF/classes');
  tool('javac', '-nowarn', '-proc:none', '-parameters', '-cp', ['BOOT-INF/classes', ...libraries].join(':'), '-d', classes, edited);
  const jar = join(folder, 'planted.jar');
  copyFileSync(requireJar(), jar);
  tool('jar', 'uf', jar, '-C', 'planted', 'BOOT-INF');
  return jar;
}

/** Whether the run found the defect. */
function isCaught(name) {
  const plant = PLANTS[name];
  if (!plant) throw new Error(`Unknown plant: ${name}; known are ${Object.keys(PLANTS)}`);
  const run = spawnSync(process.execPath, [RUN, '--short', '--seed', String(plant.seed ?? 1)], {
    env: { ...process.env, E2E_JAR: plantedJar(plant) }, encoding: 'utf8', timeout: LIMIT_MS, maxBuffer: 100_000_000,
  });
  const line = run.stdout.split('\n').find((one) => one.startsWith('chaos:')) ?? `no verdict: ${run.stderr.slice(-2_000)}`;
  const caught = run.status === 1 && plant.finds.some((what) => new RegExp(`wrong:.*\\d ${what}`).test(line));
  console.log(`${name}: ${caught ? 'caught' : 'NOT CAUGHT'}\n  ${line}`);
  return caught;
}

const names = process.argv.slice(2);
const results = (names.length > 0 ? names : Object.keys(PLANTS)).map(isCaught);
process.exit(results.every(Boolean) ? 0 : 1);

// The stock Java clients of a run: one JVM for all, which reports what they see.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { REPOSITORY, java, jdkHome, scratchFolder } from '../support/paths.mjs';
import { Command } from '../support/processes.mjs';
import { Relay } from '../support/relay.mjs';
import { until, within } from '../support/wait.mjs';
import { keyOfPosition } from './ids.mjs';
import { entryOf } from './tabs.mjs';

const PROGRAM = fileURLToPath(new URL('JavaTabs.java', import.meta.url));
/** Contains the client and its dependencies. */
const DEMO = join(REPOSITORY, 'demo/target/realtime-demo.jar');
const START_LIMIT_MS = 60_000;

/** The class path of the stock Java client, extracted from the demo's jar. */
function classPath() {
  if (!existsSync(DEMO)) throw new Error(`${DEMO} is missing; build it with ./mvnw -DskipTests package.`);
  const folder = scratchFolder('java-client');
  mkdirSync(folder, { recursive: true });
  execFileSync(join(jdkHome(), 'bin/jar'), ['xf', DEMO, 'BOOT-INF/lib'], { cwd: folder });
  return join(folder, 'BOOT-INF/lib/*');
}

class JavaTab {
  isJava = true;
  history = [];
  connected = false;
  #asks = 0;

  constructor(person, transports, n, relay) {
    this.person = person;
    this.userId = person.userId;
    this.transports = transports;
    this.label = `tab ${n} (${person.userId}, Java ${transports.join('+')})`;
    this.relay = relay;
  }

  get wish() {
    return { url: this.relay.url, token: this.person.token, transports: this.transports, wants: this.person.wants };
  }

  hear({ kind, ...what }) {
    switch (kind) {
      case 'connect':
        this.connected = true;
        return this.#write({ kind, recovered: false, sid: what.sid });
      case 'disconnect':
        this.connected = false;
        return this.#write({ kind, reason: what.reason });
      case 'ask':
        return this.#write({ kind, n: ++this.#asks, what: 'join', room: what.room });
      case 'answer':
        return this.#write({ kind, n: this.#asks, success: what.ack.success, key: keyOfPosition(what.ack.position) });
      default:
        return this.#write(entryOf(what.name, what.args));
    }
  }

  #write(entry) {
    this.history.push({ at: Date.now(), ...entry });
  }

  close() {
    this.relay.close();
  }
}

export class JavaTabs {
  tabs = [];

  /** Opens one tab for each of these people; `first` is the number of the first. */
  static async open(port, people, first) {
    const all = new JavaTabs();
    for (const [n, person] of people.entries()) {
      const transports = n % 2 === 0 ? ['websocket'] : ['polling', 'websocket'];
      all.tabs.push(new JavaTab(person, transports, first + n, await Relay.to(port)));
    }
    all.server = createServer((socket) => all.#speak(socket));
    await new Promise((resolve) => all.server.listen(0, '127.0.0.1', resolve));
    all.command = new Command('java-tabs', java(), [
      '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx128m', '-cp', classPath(), PROGRAM, String(all.server.address().port),
    ]);
    await until(() => `the Java clients to connect; ${all.command.output}`,
      () => all.tabs.every(({ connected }) => connected), { timeoutMs: START_LIMIT_MS });
    return all;
  }

  #speak(socket) {
    this.socket = socket;
    socket.on('error', () => {});
    createInterface({ input: socket }).on('line', (line) => {
      const { n, ...what } = JSON.parse(line);
      this.tabs[n].hear(what);
    });
    this.tabs.forEach(({ wish }, n) => socket.write(`${JSON.stringify({ n, ...wish })}\n`));
  }

  async close() {
    this.tabs.forEach((tab) => tab.close());
    this.socket?.end();
    this.server.close();
    await within(START_LIMIT_MS, 'the Java clients to end', this.command.stop());
  }
}

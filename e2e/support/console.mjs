// The console's jar next to a service, and its users: real Chromium, driven by Playwright.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Command, freePort } from './processes.mjs';
import { REPOSITORY, java, jdkHome, scratchFolder } from './paths.mjs';
import { request } from './http.mjs';
import { ADMIN_API_SECRET } from './tokens.mjs';
import { until } from './wait.mjs';

const JAR = join(REPOSITORY, 'admin-ui/target/admin-ui.jar');
const START_LIMIT_MS = 120_000;
/** Flags for a JVM that lives only a few minutes. */
const SHORT_LIVED = ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
const PATIENCE_MS = 20_000;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PLACES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map((name) => `/usr/bin/${name}`);

/** Users with bcrypt hashes, as an operator would configure them. */
export const USERS = {
  viewer: { name: 'vera', password: 'console-viewer-password', hash: '$2a$12$11iYk6/iob5B1w/ALae1UesVzrjs9TiJUgYUBNdicvJvhnC..mlju' },
  'operator-admin': { name: 'semyon', password: 'console-sender-password', hash: '$2a$12$Moul2wuic3svFNuflnomXeZEPCmznee7h8qz2Zmyyf7aJxTFzRA42' },
  admin: { name: 'anna', password: 'console-boss-password', hash: '$2a$12$ZNUwRDTeMfmmlnDXqRQ5DOWfWnUKBXHQlQ9my2mGlyqy0HqU5/Z1a' },
};

const users = Object.fromEntries(Object.entries(USERS).flatMap(([role, { name, hash }], n) => [
  [`CONSOLE_USERS_${n}_NAME`, name], [`CONSOLE_USERS_${n}_PASSWORD_HASH`, hash], [`CONSOLE_USERS_${n}_ROLE`, role],
]));

/** A console, configured by its variables only. */
export class Console {
  #command;

  constructor(port, command) {
    this.name = 'the console';
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#command = command;
  }

  /** Starts a console for these instances, on a free port or a given one, and waits until it is ready. */
  static async start(redis, serviceUrls, { flags = SHORT_LIVED, env = {}, port: given } = {}) {
    if (!existsSync(JAR)) throw new Error(`${JAR} is missing; build it with ./mvnw -DskipTests package.`);
    const port = given ?? await freePort();
    const command = new Command('admin-ui', java(), [...flags, '-jar', JAR], {
      env: {
        JAVA_HOME: jdkHome(),
        ...redis.envOf('console'),
        ADMIN_API_SECRET,
        REALTIME_URL: serviceUrls.join(','),
        CONSOLE_PORT: String(port),
        CONSOLE_BIND_ADDRESS: '127.0.0.1',
        ...users,
        ...env,
      },
      cwd: scratchFolder('console'),
    });
    const console = new Console(port, command);
    try {
      await until('the console to be ready', async () => {
        if (!command.running) throw Object.assign(new Error('The console exited during its start.'), { final: true });
        return (await request(`${console.url}/actuator/health/readiness`, { timeoutMs: 5_000 })).status === 200;
      }, { timeoutMs: START_LIMIT_MS, everyMs: 200 });
    } catch (error) {
      await console.stop('SIGKILL');
      throw new Error(`${error.message}\n--- output of the console:\n${command.output}`);
    }
    return console;
  }

  get output() {
    return this.#command.output;
  }

  get pid() {
    return this.#command.pid;
  }

  /** Freezes the process; its connections stay open. */
  freeze() {
    process.kill(this.pid, 'SIGSTOP');
  }

  thaw() {
    process.kill(this.pid, 'SIGCONT');
  }

  stop(signal) {
    return this.#command.stop(signal);
  }
}

/** The installed Chromium, or the one named by CHROMIUM. */
export function startBrowser() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find(existsSync);
  if (!executablePath) throw new Error('No Chromium is installed; ./verify installs one, or name it in CHROMIUM.');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A logged-in person with their own browser. */
export class Person {
  faults = [];

  constructor(console, page) {
    this.console = console;
    this.page = page;
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && this.faults.push(message.text()));
  }

  static async with(browser, console, options = {}) {
    const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Moscow', viewport: { width: 1440, height: 900 }, ...options });
    return new Person(console, await context.newPage());
  }

  async logIn(role, password = USERS[role].password) {
    await this.page.goto(`${this.console.url}/login`);
    return this.signIn(role, password);
  }

  /** Fills the login page that is open. */
  async signIn(role, password = USERS[role].password) {
    await this.page.locator('input[name=username]').fill(USERS[role].name);
    await this.page.locator('input[name=password]').fill(password);
    await this.page.locator('input[name=password]').press('Enter');
    return this;
  }

  /** Opens a view by its address and waits until it is shown. */
  async open(path) {
    await this.page.goto(`${this.console.url}/${path}`);
    await this.page.locator('.view').waitFor();
    return this;
  }

  /** Resolves once the text is visible on the page. */
  reads(text) {
    return this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** Resolves once the text is not visible any more; tables keep hidden rows for reuse. */
  readsNoMore(text) {
    return until(`${text} to be gone`, async () => await this.page.getByText(text).filter({ visible: true }).count() === 0, { timeoutMs: PATIENCE_MS });
  }

  /** The confirming button in the dialog that asks for a reason. */
  confirmation(name) {
    return this.page.locator('vaadin-dialog').getByRole('button', { name, exact: true }).last();
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Marks the page, so that a reload can be detected. */
  mark() {
    return this.page.evaluate('window.notReloaded = true');
  }

  wasNotReloaded() {
    return this.page.evaluate('window.notReloaded === true');
  }

  /** The same person in another tab. */
  async anotherTab() {
    return new Person(this.console, await this.page.context().newPage());
  }

  close() {
    return this.page.context().close();
  }
}

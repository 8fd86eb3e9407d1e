// What every test of the console needs: Redis, a service, a console next to it, and Chromium; for all tests of a file.
import { after, before } from 'node:test';
import { Console, Person, startBrowser } from './console.mjs';
import { Client } from './clients.mjs';
import { testsOf } from './harness.mjs';
import { unique } from './http.mjs';
import { freePort } from './processes.mjs';
import { Redis } from './redis.mjs';
import { SECRETS, Service } from './service.mjs';
import { ADMIN_API_SECRET, operator } from './tokens.mjs';

/** How long a test with several pages may take on a slow machine. */
export const LONG = { timeout: 240_000 };
/** How long a page may take to show something there. */
export const PATIENCE = { timeoutMs: 45_000 };

class Stage {
  #env;
  #lastUser;
  redis;
  service;
  console;
  browser;

  constructor({ env = {}, firstUser }) {
    this.#env = env;
    this.#lastUser = firstUser;
  }

  /** Service and console start side by side; each waits for the other by itself. */
  async start() {
    this.redis = await Redis.start();
    const port = await freePort();
    const parts = await Promise.allSettled([
      this.startService(port),
      this.startConsole([`http://127.0.0.1:${port}`]),
      startBrowser().then((browser) => { this.browser = browser; }),
    ]);
    for (const { reason } of parts) if (reason) throw reason;
  }

  /** Starts a service, or starts it again on its port. */
  async startService(port = this.service.port) {
    this.service = await Service.start({ ...this.redis.env, ...SECRETS, ADMIN_API_SECRET }, { port });
  }

  /** Starts a console, or starts it again on its port. */
  async startConsole(urls = [this.service.url]) {
    this.console = await Console.start(this.redis, urls, { env: this.#env, port: this.console?.port });
  }

  /** A person with their own browser, logged in as a user of that role. */
  async arrival(role, options) {
    const one = await Person.with(this.browser, this.console, options);
    await one.logIn(role);
    await one.page.locator('.view').waitFor();
    return one;
  }

  /** A connected operator of their own name. */
  async connected(more = {}) {
    const userId = this.#lastUser++;
    const name = unique('Анна');
    const client = new Client(this.service.url, { auth: { token: operator(userId, { name, ...more }) }, transports: ['websocket'] });
    await client.connected();
    return Object.assign(client, { userId, name });
  }

  async stop() {
    await this.browser?.close();
    await this.console?.stop();
    await this.service?.stop();
    await this.redis?.stop('SIGKILL');
  }
}

/**
 * Everything for the tests of the calling file, started before them and stopped after them, with their `test` function.
 * `env` is the console's, `firstUser` the id of the first connected user, `ready` runs before the tests.
 */
export function stageOf({ ready = () => {}, ...options }) {
  const stage = new Stage(options);
  before(async () => {
    await stage.start();
    await ready(stage);
  }, { timeout: 300_000 });
  after(() => stage.stop());
  stage.test = testsOf(() => [stage.console, stage.service]);
  return stage;
}

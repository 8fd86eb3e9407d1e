// The bare gateway as an echo server, for protocol tests without identity and Redis.
import { join } from 'node:path';
import { Command, freePort } from './processes.mjs';
import { REPOSITORY, jdkHome } from './paths.mjs';
import { request } from './http.mjs';
import { until } from './wait.mjs';

/** An echo server with its own Spring arguments. */
export class ConformanceServer {
  #command;

  constructor(port, args) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#command = new Command('conformance server', join(REPOSITORY, 'tools/conformance.sh'), [
      `--realtime.port=${port}`, '--realtime.engine.ping-interval=25s', '--realtime.engine.ping-timeout=20s',
      '--realtime.socket.admission-timeout=30s', ...args,
    ], { env: { JAVA_HOME: jdkHome() } });
  }

  static async start(...args) {
    const server = new ConformanceServer(await freePort(), args);
    await until('the conformance server', async () => {
      if (!server.#command.running) throw Object.assign(new Error(`It ended:\n${server.output}`), { final: true });
      return (await request(`${server.url}/socket.io/?EIO=4&transport=polling`)).status === 200;
    }, { timeoutMs: 90_000, everyMs: 200 });
    return server;
  }

  get output() {
    return this.#command.output;
  }

  stop() {
    return this.#command.stop();
  }
}

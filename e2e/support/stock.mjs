// The stock clients of three generations behind one interface.
import { io as io4 } from 'socket.io-client';
import { io as io3 } from 'socket.io-client-3';
import io2 from 'socket.io-client-2';
import { onClose } from './harness.mjs';
import { until } from './wait.mjs';

/** By version; 2.5 speaks EIO 3. */
export const CLIENTS = { '4.8': io4, '3.1': io3, '2.5': io2 };

export const TRANSPORTS = [['websocket'], ['polling'], ['polling', 'websocket']];

const REMEMBERED = ['message-back', 'question', 'answered', 'error', 'connected', 'call:new'];

/** A client that records what it receives and returns it in order. */
export class EchoClient {
  disconnects = [];
  #got = new Map(REMEMBERED.map((name) => [name, []]));
  #errors = [];

  constructor(io, url, options, socket = io(url, { forceNew: true, reconnection: true, ...options })) {
    this.io = io;
    this.socket = socket;
    this.upgrades = options.transports.length > 1;
    for (const name of REMEMBERED) this.socket.on(name, (...args) => this.#got.get(name).push(args));
    this.socket.on('disconnect', (reason) => this.disconnects.push(reason));
    // 2.x reports a refusal by the server as `error`, not connect_error.
    this.socket.on('connect_error', (error) => this.#errors.push(error));
    onClose(() => this.socket.disconnect());
  }

  static async open(io, url, options) {
    const client = new EchoClient(io, url, options);
    await client.connected();
    return client;
  }

  /** Another namespace on the same connection. */
  of(namespace) {
    return new EchoClient(this.io, undefined, { transports: [] }, this.socket.io.socket(namespace));
  }

  get transport() {
    return this.socket.io.engine?.transport?.name;
  }

  connected() {
    return until('the connection', () => this.socket.connected, { timeoutMs: 60_000 });
  }

  /** Waits until the client is on its final transport. */
  settled() {
    return this.upgrades ? until('the upgrade', () => this.transport === 'websocket') : undefined;
  }

  async refused() {
    return until('the refusal', () => this.#errors[0] ?? this.#got.get('error')[0]?.[0]);
  }

  /** The next event of that name, in order of arrival. */
  async next(name) {
    await until(name, () => this.#got.get(name).length > 0, { timeoutMs: 30_000 });
    return this.#got.get(name).shift();
  }

  async count(name, wanted) {
    await until(() => `${wanted} × ${name}, there are ${this.#got.get(name).length}`, () => this.#got.get(name).length >= wanted, {
      timeoutMs: 30_000,
    });
    return this.#got.get(name).splice(0);
  }

  async echo(...args) {
    this.socket.emit('message', ...args);
    return this.next('message-back');
  }

  ask(name, ...args) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No acknowledgement of ${name}`)), 30_000);
      this.socket.emit(name, ...args, (...answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  async disconnected() {
    await until('the disconnect', () => this.disconnects.length > 0);
    return this.disconnects.shift();
  }

  /** Breaks the client's connection, like a network failure. */
  breakConnection() {
    const { transport } = this.socket.io.engine;
    if (transport.name === 'websocket') {
      transport.ws.close();
    } else {
      transport.onError('xhr poll error', new Error('cut'));
    }
  }
}

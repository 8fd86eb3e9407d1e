// The stock clients of a run: each behind its own relay, and each recording a history for judge.mjs.
import { Relay } from '../support/relay.mjs';
import { RECOVERING } from '../support/tab.mjs';
import { keyOfPosition } from './ids.mjs';

/** Reconnect fast, like impatient users who reload, and abandon attempts that hang. */
const OPTIONS = { forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 1_000, timeout: 6_000 };
const TRANSPORTS = [['websocket'], ['polling'], ['polling', 'websocket']];

/** The client of the nth tab: every version on every transport before one is repeated. */
export function kindOf(n) {
  const versions = Object.keys(RECOVERING);
  return { version: versions[n % versions.length], transports: TRANSPORTS[Math.floor(n / versions.length) % TRANSPORTS.length] };
}

export class NodeTab {
  isJava = false;
  history = [];
  /** How often it was connected. */
  connects = 0;
  #asks = 0;
  /** A request without an answer yet: one at a time, so that the order of two is never in doubt. */
  #open;

  /** @param more options of the stock client */
  static async open(port, person, { version, transports }, n, more = {}) {
    const tab = new NodeTab();
    tab.person = person;
    tab.userId = person.userId;
    tab.label = `tab ${n} (${person.userId}, ${version} ${transports.join('+')})`;
    tab.relay = await Relay.to(port);
    tab.socket = RECOVERING[version](tab.relay.url, { ...OPTIONS, transports, auth: { token: person.token }, ...more });
    tab.#listen();
    return tab;
  }

  #listen() {
    const { socket } = this;
    socket.on('connect', () => {
      this.connects++;
      this.#write({ kind: 'connect', recovered: socket.recovered ?? false, sid: socket.id });
      // Pages do so at once, during the replay.
      if (this.person.wants) this.ask('join', this.person.wants);
    });
    socket.on('disconnect', (reason) => {
      this.#open = undefined;
      // The client would send it again on the next connection, although nobody awaits the answer any more.
      socket.sendBuffer.length = 0;
      this.#write({ kind: 'disconnect', reason });
    });
    socket.on('connect_error', (error) => error.data && this.#write({ kind: 'refused', code: error.data.code }));
    socket.onAny((name, ...args) => this.#write(entryOf(name, args)));
  }

  /** Requests a room, unless another answer is pending. */
  ask(what, room) {
    if (this.#open !== undefined || !this.socket.connected) return;
    const n = this.#open = ++this.#asks;
    this.#write({ kind: 'ask', n, what, room });
    this.socket.emit(`${what}-room`, { room }, ({ success, position, error }) => {
      if (this.#open !== n) return;
      this.#open = undefined;
      this.#write({ kind: 'answer', n, success, key: keyOfPosition(position), code: error?.code });
    });
  }

  #write(entry) {
    this.history.push({ at: Date.now(), ...entry });
  }

  /** Ends the connection from the client's side, like a suspended tab. */
  closeEngine() {
    this.socket.io.engine?.close();
  }

  get connected() {
    return this.socket.connected;
  }

  close() {
    this.socket.disconnect();
    this.relay.close();
  }
}

/** Converts an event, as a client's listener receives it, to an entry of a history. */
export function entryOf(name, args) {
  const key = keyOfPosition(args.at(-1));
  const [payload] = args;
  switch (name) {
    case 'connected':
      return { kind: 'connected', key, recovered: payload.recovered ?? false, sid: payload.socketId, rooms: payload.rooms };
    case 'position':
      return { kind: 'position', key };
    case 'error':
      return { kind: 'error', code: payload.code };
    default:
      return { kind: 'event', name, mark: payload.mark, key };
  }
}

// Stock Socket.IO clients that record everything they receive.
import { io } from 'socket.io-client';
import { accepted, unique } from './http.mjs';
import { until, within } from './wait.mjs';

/** Events of the service itself, not broadcasts. */
const OWN = new Set(['connected', 'position', 'user:online', 'user:offline', 'user:status', 'call:unanswered']);
const opened = new Set();

/** Closes every client opened since the last call. */
export function closeClients() {
  for (const client of opened) client.close();
  opened.clear();
}

/** A stock client and what it received. */
export class Client {
  /** Every event in order of arrival: `{ name, args }`. */
  events = [];
  disconnects = [];
  connectErrors = [];

  /** @param options options of the stock client; `client` replaces the newest version */
  constructor(url, { client = io, ...options } = {}) {
    this.socket = client(url, { forceNew: true, ...options });
    this.socket.onAny((name, ...args) => this.events.push({ name, args }));
    this.socket.on('disconnect', (reason) => this.disconnects.push(reason));
    this.socket.on('connect_error', (error) => this.connectErrors.push(error));
    opened.add(this);
  }

  get transport() {
    return this.socket.io.engine?.transport?.name;
  }

  /** Resolves with the first event of that name (and that payload), whether received already or later. */
  async event(name, matches = () => true, options) {
    const found = await until(
      () => `${name}; there were ${this.#summary()}`,
      () => this.events.find((event) => event.name === name && matches(event.args[0])),
      options,
    );
    return found.args[0];
  }

  #summary() {
    const names = this.events.map((event) => event.name).join(', ') || 'no events';
    const errors = this.connectErrors.map((error) => `${error.message} ${JSON.stringify(error.data ?? null)}`).join('; ');
    return `${names}${errors && ` and the connect errors ${errors}`}`;
  }

  /** Waits for the identity: resolves with the payload of `connected`. */
  connected() {
    return this.event('connected');
  }

  /** Waits for the Socket.IO connection, which needs no token. */
  async open() {
    await until('the socket to connect', () => this.socket.connected);
    return this;
  }

  /** Resolves with the first connect_error. */
  refused() {
    return until('connect_error', () => this.connectErrors[0]);
  }

  /** Emits and resolves with the acknowledgement. */
  ask(name, ...args) {
    return within(10_000, `the acknowledgement of ${name}`, this.socket.emitWithAck(name, ...args));
  }

  async join(room) {
    const answer = await this.ask('join-room', { room });
    if (!answer.success) throw new Error(`join-room ${room} was refused: ${JSON.stringify(answer.error)}`);
  }

  /** The received broadcasts as `[name, payload]`, without what the service itself tells. */
  broadcasts() {
    return this.events
      .filter(({ name }) => !OWN.has(name))
      .map(({ name, args }) => [name, args[0]]);
  }

  close() {
    this.socket.disconnect();
  }
}

/** Opens a client and waits for its identity. */
export async function join(service, token, options = {}) {
  const client = new Client(service.url, { auth: { token }, transports: ['websocket'], ...options });
  const { userId } = await client.connected();
  client.userId = userId;
  return client;
}

/**
 * Waits until everything accepted so far has reached these clients: posts one notification to each client's user and
 * waits for it. The stream has one order, so what did not arrive before will not arrive. Removes these markers from the
 * clients' records.
 */
export async function settled(service, ...clients) {
  await Promise.all(clients.map(async (client) => {
    const message = unique('marker');
    await accepted(service, 'notification', { notification: { type: 'marker', message }, userId: client.userId });
    await client.event('notification', (notification) => notification.message === message);
  }));
  // Clients of one user receive each other's markers.
  for (const client of clients) {
    client.events = client.events.filter(({ args }) => args[0]?.type !== 'marker');
  }
}

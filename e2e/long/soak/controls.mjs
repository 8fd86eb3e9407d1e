// Well-behaved stock clients that stay for the whole run: whatever the others do, they must miss nothing and stay
// connected.
import { accepted, unique } from '../../support/http.mjs';
import { CLIENTS, TRANSPORTS } from '../../support/stock.mjs';
import { director } from '../../support/tokens.mjs';
import { until } from '../../support/wait.mjs';

const EVENTS = ['call:new', 'order:new', 'notification'];
const KINDS = Object.keys(CLIENTS).flatMap((version) => TRANSPORTS.map((transports) => ({ version, transports })));

class Control {
  received = [];
  troubles = [];

  constructor(service, number) {
    const { version, transports } = KINDS[number % KINDS.length];
    this.userId = `control-${number}`;
    this.label = `${this.userId} (${version}, ${transports.join(' then ')})`;
    this.token = director(this.userId);
    this.socket = CLIENTS[version](service.url, { transports, auth: { token: this.token }, forceNew: true, reconnection: false });
    for (const name of EVENTS) this.socket.on(name, (payload) => this.#got(name, payload));
    for (const name of ['disconnect', 'connect_error', 'error']) {
      this.socket.on(name, (what) => this.troubles.push(`${name}: ${what?.code ?? what?.message ?? what}`));
    }
    // 2.x has no auth.
    if (version.startsWith('2')) this.socket.on('connect', () => this.socket.emit('authenticate', { token: this.token }));
    this.socket.on('connected', () => (this.connected = true));
  }

  #got(name, payload) {
    if (payload.type === 'marker') this.marker = payload.message;
    else this.received.push([name, payload]);
  }
}

export class Controls {
  static async join(service, count) {
    const controls = new Controls();
    controls.service = service;
    controls.all = Array.from({ length: count }, (_, number) => new Control(service, number));
    await until(
      () => `the control clients; ${controls.#sentence()}`,
      () => controls.all.every(({ connected }) => connected),
      { timeoutMs: 60_000 },
    );
    return controls;
  }

  /** Waits until everything accepted so far has had time to arrive, and returns what a ledger judges. */
  async results() {
    const message = unique('marker');
    await accepted(this.service, 'notification', { notification: { type: 'marker', message }, rooms: ['directors'] });
    // A disconnected client waits in vain; the ledger reports what it missed.
    await until(
      () => `the last event; ${this.#sentence()}`,
      () => this.all.every(({ marker, troubles }) => marker === message || troubles.length > 0),
      { timeoutMs: 60_000 },
    );
    return this.all.map(({ label, userId, received }) =>
      ({ label, userId, received, complete: true, rooms: new Set(['directors', `user:${userId}`]) }));
  }

  /** Errors of these clients. */
  troubles() {
    return this.all.flatMap(({ label, troubles }) => troubles.map((trouble) => `${label}: ${trouble}`));
  }

  close() {
    for (const { socket } of this.all) {
      socket.off('disconnect');
      socket.disconnect();
    }
  }

  #sentence() {
    return this.troubles().slice(0, 5).join('; ') || 'no trouble';
  }
}

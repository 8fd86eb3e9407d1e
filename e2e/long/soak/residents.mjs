// Well-behaved visitors: connect by any transport, join and leave a room, receive events, and leave.
import { CLIENTS, TRANSPORTS } from '../../support/stock.mjs';
import { within } from '../../support/wait.mjs';
import { Line, Poller } from './wire.mjs';

const LIMIT_MS = 60_000;

const soon = (what, promise) => within(LIMIT_MS, what, promise);

/** The stay of a visitor with an identity; false if the connection was lost meanwhile. */
async function stay(visit, talk) {
  const room = `order:${1_000 + (visit.number % 200)}`;
  const asks = async () => {
    for (const event of ['join-room', 'leave-room']) {
      const { success } = await soon(event, talk.ask(event, { room }));
      if (!success) throw new Error(`${event} was refused`);
      await visit.life(0.5);
    }
  };
  const lost = talk.closed.then((how) => {
    throw new Error(`lost: ${how}`);
  });
  await Promise.race([asks(), lost]);
}

async function byWebSocket(visit) {
  const line = visit.own(new Line(visit.service));
  await soon('the handshake', line.opened);
  await soon('the identity', line.identify(visit.token));
  return line;
}

async function byPolling(visit) {
  const poller = visit.own(new Poller(visit.service));
  await poller.open();
  await soon('the identity', poller.identify(visit.token));
  return poller;
}

async function upgraded(visit) {
  const poller = await byPolling(visit);
  const line = visit.own(new Line(visit.service, { path: `/socket.io/?EIO=4&transport=websocket&sid=${poller.sid}` }));
  const probed = line.expect('3probe');
  line.socket.on('open', () => line.send('2probe'));
  await soon('the answer to the probe', probed);
  poller.upgraded = true;
  await soon('the last poll', poller.polling);
  line.send('5');
  return line;
}

const leaving = (enter) => async (visit) => {
  const talk = await enter(visit);
  await stay(visit, talk);
  await soon('the end', talk.leave());
  return 'left';
};

/** Cuts the connection, like a closed laptop lid. */
const cut = (enter) => async (visit) => {
  await stay(visit, await enter(visit));
  return 'cut';
};

async function authenticatingLater(visit) {
  const line = visit.own(new Line(visit.service));
  await soon('the handshake', line.opened);
  const answer = line.expect('40{');
  line.send('40');
  await soon('the answer to CONNECT', answer);
  await visit.pause(Math.random() * 3_000);
  const connected = line.expect('42["connected"');
  const { success } = await soon('authenticate', line.ask('authenticate', { token: visit.token }));
  if (!success) throw new Error('authenticate was refused');
  await soon('the identity', connected);
  return line;
}

/** A stock client with the interface of the cheap clients. */
class Stock {
  constructor(service, token, version, transports) {
    this.socket = CLIENTS[version](service.url, { transports, auth: { token }, forceNew: true, reconnection: false });
    if (version.startsWith('2')) this.socket.on('connect', () => this.socket.emit('authenticate', { token }));
    this.identified = new Promise((resolve, reject) => {
      this.socket.on('connected', resolve);
      this.socket.on('connect_error', reject);
    });
    this.closed = new Promise((resolve) => this.socket.on('disconnect', resolve));
  }

  ask(event, argument) {
    return new Promise((resolve) => this.socket.emit(event, argument, resolve));
  }

  leave() {
    this.socket.disconnect();
  }

  close() {
    this.socket.disconnect();
  }
}

const stock = (version, transports) => async (visit) => {
  const client = visit.own(new Stock(visit.service, visit.token, version, transports));
  await soon('the identity', client.identified);
  return client;
};

const STOCK_SHARE = { '4.8': 1.5, '3.1': 0.4, '2.5': 0.6 };

export const RESIDENTS = [
  { name: 'WebSocket', share: 28, run: leaving(byWebSocket), ends: ['left'] },
  { name: 'WebSocket, cut', share: 20, run: cut(byWebSocket), ends: ['cut'] },
  { name: 'WebSocket, authenticates later', share: 4, run: leaving(authenticatingLater), ends: ['left'] },
  { name: 'polling', share: 5, run: leaving(byPolling), ends: ['left'] },
  { name: 'polling, cut', share: 2, run: cut(byPolling), ends: ['cut'] },
  { name: 'upgrade', share: 5, run: leaving(upgraded), ends: ['left'] },
  { name: 'upgrade, cut', share: 3, run: cut(upgraded), ends: ['cut'] },
  ...Object.entries(STOCK_SHARE).flatMap(([version, share]) => TRANSPORTS.map((transports) => ({
    name: `stock ${version}, ${transports.join(' then ')}`, share, run: leaving(stock(version, transports)), ends: ['left'],
  }))),
];

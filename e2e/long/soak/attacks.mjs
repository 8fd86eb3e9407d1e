// Short visits to the port that are hostile or broken.
import { randomBytes } from 'node:crypto';
import { broadcast, request, unique } from '../../support/http.mjs';
import { WEBHOOK_TOKEN } from '../../support/tokens.mjs';
import { within } from '../../support/wait.mjs';
import { Bytes, Line, Poller } from './wire.mjs';

const LIMIT_MS = 60_000;
/** More than a burst plus the allowance that accrues while sending. */
const FLOOD = 5_000;
const POLLING = '/socket.io/?EIO=4&transport=polling';

const soon = (what, promise) => within(LIMIT_MS, what, promise);
const pick = (list) => list[Math.floor(Math.random() * list.length)];

const JUNK = [
  Buffer.from('160301020001000001fc0303', 'hex'), Buffer.alloc(100_000, 0xff), 'SSH-2.0-OpenSSH_9.9\r\n',
  'GET / HTTP/9.9\r\n\r\n', '\u0000\u0000\u0000\r\n\r\n', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: x\r\n${'X-A: b\r\n'.repeat(20_000)}\r\n`, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`,
];

async function junk(visit) {
  return soon('the end', visit.own(new Bytes(visit.service, pick(JUNK))).closed);
}

async function guessedSid(visit) {
  const sid = `${randomBytes(6).toString('base64url')}.${randomBytes(18).toString('base64url')}`;
  const body = Math.random() < 0.5 ? '3' : undefined;
  if (Math.random() < 0.3) {
    return soon('the end', visit.own(new Line(visit.service, { path: `/socket.io/?EIO=4&transport=websocket&sid=${sid}` })).closed);
  }
  return String((await request(`${visit.service.url}${POLLING}&sid=${sid}`, { body })).status);
}

async function identified(visit) {
  const line = visit.own(new Line(visit.service));
  await soon('the handshake', line.opened);
  await soon('the identity', line.identify(visit.token));
  return line;
}

const FRAMES = {
  large: (socket) => socket.send(`4${'x'.repeat(1_000_001)}`),
  unmasked: (socket) => socket.send('4', { mask: false }),
  compressed: (socket) => socket._socket.write(Buffer.from([0xc1, 0x80, 0, 0, 0, 0])),
  'no UTF-8': (socket) => socket._socket.write(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0xff])),
};

const frame = (kind) => async (visit) => {
  const line = await identified(visit);
  FRAMES[kind](line.socket);
  return soon('the end', line.closed);
};

const floods = ['6', '3', '42["join-room",{"room":"order:1"}]', 'ping'];

async function flood(visit) {
  const line = await identified(visit);
  const message = pick(floods);
  for (let n = 0; n < FLOOD; n++) {
    if (message === 'ping') line.socket.ping();
    else line.send(message);
  }
  return soon('the end', line.closed);
}

async function floodByPost(visit) {
  const poller = visit.own(new Poller(visit.service));
  await poller.open();
  await soon('the identity', poller.identify(visit.token));
  poller.send(...Array.from({ length: 20_000 }, () => '3'));
  return soon('the end', poller.closed);
}

async function noSocketIo(visit) {
  const line = await identified(visit);
  line.send(pick(['4', '49', '42{', '42[]', '45999-["x"]', '42["join-room"', '40{"token":1}']));
  return soon('the end', line.closed);
}

const post = (target, length) =>
  `POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

/** Disconnects in the middle of a body, at the API or at the gateway. */
async function restDies(visit) {
  const body = JSON.stringify({ token: WEBHOOK_TOKEN, call: { id: 'half', text: 'x'.repeat(50_000) } });
  const bytes = visit.own(new Bytes(visit.service));
  await bytes.written(post('/api/v1/broadcast/call-new', body.length) + body.slice(0, body.length * Math.random()));
  await visit.pause(Math.random() * 300);
  return 'cut';
}

async function postDies(visit) {
  const poller = visit.own(new Poller(visit.service));
  await poller.open();
  await soon('the identity', poller.identify(visit.token));
  const bytes = visit.own(new Bytes(visit.service));
  await bytes.written(`${post(`${POLLING}&sid=${poller.sid}`, 50_000)}42["join-room",`);
  await visit.pause(Math.random() * 300);
  return 'cut';
}

/** Posts an event and disconnects before the answer. */
async function restLeaves(visit) {
  const notification = { message: unique('left') };
  const body = JSON.stringify({ token: WEBHOOK_TOKEN, notification, rooms: ['order:1'] });
  const bytes = visit.own(new Bytes(visit.service));
  await bytes.written(post('/api/v1/broadcast/notification', body.length) + body);
  return 'cut';
}

async function wrongRest(visit) {
  const [event, fields] = pick([
    ['call-new', { token: 'guessed', call: { id: 1 } }], ['call-new', { call: 'none' }], ['order-new', { order: { id: 1 }, rooms: ['x'] }],
  ]);
  return String((await broadcast(visit.service, event, fields)).status);
}

async function otherSite(visit) {
  return soon('the end', visit.own(new Line(visit.service, { headers: { Origin: 'https://evil.example' } })).closed);
}

export const ATTACKS = [
  { name: 'junk on the port', share: 3, run: junk, ends: ['400', '414', '431', '505', 'closed'] },
  { name: 'guessed session id', share: 3, run: guessedSid, ends: ['400'] },
  { name: 'frame too large', share: 1, run: frame('large'), ends: ['1009'] },
  { name: 'frame unmasked', share: 1, run: frame('unmasked'), ends: ['1002'] },
  { name: 'frame compressed', share: 1, run: frame('compressed'), ends: ['1002'] },
  { name: 'frame of no UTF-8', share: 1, run: frame('no UTF-8'), ends: ['1007'] },
  { name: 'flood by WebSocket', share: 1, run: flood, ends: ['too_many_messages'] },
  { name: 'flood by one post', share: 0.5, run: floodByPost, ends: ['too_many_messages'] },
  { name: 'no Socket.IO', share: 1, run: noSocketIo, ends: ['protocol_error'] },
  { name: 'REST client dies in its body', share: 2, run: restDies, ends: ['cut'] },
  { name: 'REST client leaves before the answer', share: 1, run: restLeaves, ends: ['cut'] },
  { name: 'polling client dies in its post', share: 2, run: postDies, ends: ['cut'] },
  { name: 'REST without a right', share: 1, run: wrongRest, ends: ['400', '401', '422'] },
  { name: 'page of another site', share: 1, run: otherSite, ends: ['403'] },
];

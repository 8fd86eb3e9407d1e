// Visitors that misbehave by holding on to resources until the service ends them.
import { WEBHOOK_TOKEN, sign } from '../../support/tokens.mjs';
import { until, within } from '../../support/wait.mjs';
import { LOUD_ROOM } from './events.mjs';
import { Bytes, Line, Poller } from './wire.mjs';

/** At least twice the longest timeout of the service. */
const LIMIT_MS = 120_000;
const SLOW_MS = 50_000;

const soon = (what, promise) => within(LIMIT_MS, what, promise);
/** 1005 and 1006 are a client's codes for a close without a frame; 1008 is the service's code for a misfit. */
const anyClose = ['1000', '1005', '1006', '1008'];

async function identified(visit) {
  const line = visit.own(new Line(visit.service));
  await soon('the handshake', line.opened);
  await soon('the identity', line.identify(visit.token));
  return line;
}

async function halfOpen(visit) {
  const line = await identified(visit);
  line.mute = true;
  return soon('the end', line.closed);
}

/** Connects and sends nothing, or CONNECT without a token. */
const nobody = (words) => async (visit) => {
  const line = visit.own(new Line(visit.service));
  await soon('the handshake', line.opened);
  words.forEach((word) => line.send(word));
  return soon('the end', line.closed);
};

const BAD_TOKENS = [
  () => 'nonsense',
  () => sign({ userId: 1, role: 'operator' }, 'another-secret-of-more-than-thirty-two-bytes'),
  () => sign({ userId: 1, role: 'operator', exp: 1_600_000_000 }),
  () => sign({ role: 'operator' }),
];

async function badToken(visit) {
  const line = visit.own(new Line(visit.service));
  await soon('the handshake', line.opened);
  const refusal = line.expect('44');
  line.send(`40${JSON.stringify({ token: BAD_TOKENS[visit.number % BAD_TOKENS.length]() })}`);
  await soon('the refusal', refusal);
  return soon('the end', line.closed);
}

/** Joins the loud room and stops reading. On reading again, it learns how it was ended. */
async function slowReader(visit) {
  const line = await identified(visit);
  await soon('join-room', line.ask('join-room', { room: LOUD_ROOM }));
  line.socket.pause();
  await visit.pause(SLOW_MS);
  line.socket.resume();
  return soon('the end', line.closed);
}

async function idlePoller(visit) {
  const poller = visit.own(new Poller(visit.service));
  await poller.handshake();
  await poller.send(`40${JSON.stringify({ token: visit.token })}`);
  await visit.pause(SLOW_MS);
  // Polls without pongs do not keep the session.
  poller.mute = true;
  const status = await until('the session to be over', async () => {
    const answer = await poller.poll();
    return answer.status !== 200 && answer.status;
  }, { timeoutMs: LIMIT_MS, everyMs: 1_000 });
  return `gone (${status})`;
}

async function probing(visit) {
  const poller = visit.own(new Poller(visit.service));
  await poller.open();
  await soon('the identity', poller.identify(visit.token));
  const line = visit.own(new Line(visit.service, { path: `/socket.io/?EIO=4&transport=websocket&sid=${poller.sid}` }));
  const probed = line.expect('3probe');
  line.socket.on('open', () => line.send('2probe'));
  await soon('the answer to the probe', probed);
  return { poller, line };
}

/** Probes the WebSocket and then abandons it: it is closed, and the session continues by polling. */
async function upgradeNeverEnded(visit) {
  const { poller, line } = await probing(visit);
  await soon('the end of the probe', line.closed);
  const { success } = await soon('join-room', poller.ask('join-room', { room: 'order:1' }));
  return success && (await poller.leave()) === 200 ? 'polled on, left' : 'did not poll on';
}

/** Cuts everything in the middle of the upgrade. */
async function upgradeCut(visit) {
  await probing(visit);
  return 'cut';
}

/** Sends bytes too slowly. */
const dripping = (head, more) => async (visit) => {
  const bytes = visit.own(new Bytes(visit.service, head));
  if (more) bytes.drip(more);
  return soon('the end', bytes.closed);
};

/** Sends an endless body to the gateway or to the API behind the front door. */
async function slowPost(visit) {
  const poller = visit.own(new Poller(visit.service));
  await poller.handshake();
  return dripping(head(`/socket.io/?EIO=4&transport=polling&sid=${poller.sid}`), 'x')(visit);
}

function head(target) {
  return `POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Webhook-Token: ${WEBHOOK_TOKEN}\r\n`
    + 'Content-Length: 100000\r\n\r\n';
}

const slowBody = dripping(head('/api/v1/broadcast/call-new'), ' ');

export const MISFITS = [
  { name: 'half-open: never a pong', share: 6, run: halfOpen, ends: anyClose },
  { name: 'connects and is silent', share: 3, run: nobody([]), ends: ['authentication_timeout', ...anyClose] },
  { name: 'never authenticates', share: 2, run: nobody(['40']), ends: ['authentication_timeout'] },
  { name: 'bad token', share: 3, run: badToken, ends: ['authentication_timeout', ...anyClose] },
  { name: 'slow reader', share: 1.5, run: slowReader, ends: ['slow_client', ...anyClose] },
  { name: 'idle poller', share: 3, run: idlePoller, ends: ['gone (400)'] },
  { name: 'upgrade never ended', share: 2, run: upgradeNeverEnded, ends: ['polled on, left'] },
  { name: 'upgrade cut midway', share: 2, run: upgradeCut, ends: ['cut'] },
  { name: 'TCP without a word', share: 1, run: dripping(''), ends: ['408', 'closed'] },
  { name: 'head, a byte at a time', share: 1, run: dripping('GET /health HTTP/1.1\r\n', 'x'), ends: ['408'] },
  { name: 'polling body, a byte at a time', share: 0.5, run: slowPost, ends: ['408', '400', 'closed'] },
  { name: 'REST body, a byte at a time', share: 0.5, run: slowBody, ends: ['408', 'closed'] },
];

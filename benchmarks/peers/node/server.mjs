// The service as a Node engineer would write it with Socket.IO's own server: the same identity, rooms and REST.
// PORT, JWT_SECRET, WEBHOOK_TOKEN; with REDIS_URL events go through Redis by the Streams adapter.
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import jwt from 'jsonwebtoken';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const { PORT, JWT_SECRET, WEBHOOK_TOKEN, REDIS_URL } = process.env;
const MAX_BODY = 1_000_000;
const EVENTS = {
  'call-new': { event: 'call:new', field: 'call' },
  'call-updated': { event: 'call:updated', field: 'call' },
  'order-new': { event: 'order:new', field: 'order' },
  'order-updated': { event: 'order:updated', field: 'order' },
};
const JOINABLE = /^(operators|operator:.+|city:.+|order:.+)$/;

const http = createServer(answer);
const io = new Server(http, { adapter: REDIS_URL ? createAdapter(await redis()) : undefined });

io.use((socket, next) => {
  jwt.verify(socket.handshake.auth.token ?? '', JWT_SECRET, { algorithms: ['HS256'] }, (error, claims) => {
    if (error) return next(Object.assign(new Error('The token is not valid.'), { data: { code: 'token_invalid' } }));
    socket.data.user = { id: claims.userId ?? claims.sub, role: claims.role, name: claims.name, cities: claims.cities ?? [] };
    next();
  });
});

io.on('connection', (socket) => {
  const { id, role, name, cities } = socket.data.user;
  const rooms = [`user:${id}`, ...(role === 'operator' ? ['operators', `operator:${id}`] : []), ...cities.map((city) => `city:${city}`)];
  socket.join([...rooms, `role:${role}`, 'everyone']);
  socket.emit('connected', { userId: id, role, name, socketId: socket.id, rooms });
  socket.on('join-room', (argument, done) => {
    const room = argument?.room;
    const allowed = typeof room === 'string' && room.length <= 100 && JOINABLE.test(room);
    if (allowed) socket.join(room);
    const answer = allowed ? { success: true, room } : { success: false, error: { code: 'room_forbidden' } };
    if (typeof done === 'function') done(answer);
  });
  socket.on('leave-room', (argument, done) => {
    if (typeof argument?.room === 'string') socket.leave(argument.room);
    if (typeof done === 'function') done({ success: true, room: argument?.room });
  });
});

http.listen(Number(PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));

async function redis() {
  const client = createClient({ url: REDIS_URL });
  client.on('error', (error) => console.error(error.message));
  return client.connect();
}

function answer(request, response) {
  if (request.method === 'GET' && request.url === '/health') return send(response, 200, { status: 'ok' });
  if (request.method !== 'POST') return send(response, 404, { code: 'not_found' });
  const chunks = [];
  let length = 0;
  request.on('data', (chunk) => {
    length += chunk.length;
    if (length <= MAX_BODY) chunks.push(chunk);
  });
  request.on('end', () => {
    if (length > MAX_BODY) return send(response, 413, { code: 'body_too_large' });
    const [status, body] = post(request, Buffer.concat(chunks));
    send(response, status, body);
  });
}

let number = 0;

function post(request, bytes) {
  let body;
  try {
    body = bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'));
  } catch {
    return [400, { code: 'json_invalid' }];
  }
  if (!isToken(request.headers['x-webhook-token'] ?? body.token)) return [401, { code: 'token_invalid' }];
  // For the benchmarks: memory is compared after a collection on both sides.
  if (request.url === '/benchmarks/gc') return collect();
  const known = EVENTS[request.url.slice('/api/v1/broadcast/'.length)];
  if (!known || !request.url.startsWith('/api/v1/broadcast/')) return [404, { code: 'not_found' }];
  const payload = body[known.field];
  if (payload?.id === undefined) return [400, { code: 'validation_failed' }];
  const rooms = Array.isArray(body.rooms) && body.rooms.length > 0 ? body.rooms : ['operators', 'directors'];
  io.to(rooms).emit(known.event, payload);
  return [200, { success: true, id: `${Date.now()}-${number++}`, event: known.event, rooms }];
}

function isToken(given) {
  const digest = (text) => createHash('sha256').update(text).digest();
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(WEBHOOK_TOKEN));
}

function collect() {
  global.gc?.();
  global.gc?.();
  return [200, process.memoryUsage()];
}

function send(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

// Broadcasts of all kinds to all kinds of rooms, and the people who receive them.
import { director, operator, sign } from './tokens.mjs';

const CITIES = ['Саратов', 'Энгельс', 'Самара'];
const OPERATORS = [17, 18, 19, 20];
const ORDERS = [77, 78, 79];
const ROOMS = [
  'operators',
  'directors',
  ...OPERATORS.map((id) => `operator:${id}`),
  ...CITIES.map((city) => `city:${city}`),
  ...ORDERS.map((id) => `order:${id}`),
];
const USERS = [17, 18, 91, 92, 96, 97];

/** Random numbers that repeat for the same seed, so that a failed run can be repeated. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = (next, list) => list[Math.floor(next() * list.length)];

/** Eight people, with their initial rooms and the rooms they join. */
const PEOPLE = [
  { userId: 17, token: operator(17, { cities: ['Саратов'] }), rooms: ['operators', 'operator:17', 'city:Саратов'], joins: ['order:77'] },
  { userId: 18, token: operator(18, { cities: ['Энгельс', 'Самара'] }), rooms: ['operators', 'operator:18', 'city:Энгельс', 'city:Самара'], joins: [] },
  { userId: 19, token: operator(19), rooms: ['operators', 'operator:19'], joins: ['city:Самара', 'order:78'] },
  { userId: 20, token: operator(20), rooms: ['operators', 'operator:20'], joins: [] },
  { userId: 91, token: director(91), rooms: ['directors'], joins: ['operator:17', 'order:77', 'order:79'] },
  { userId: 92, token: director(92, { cities: ['Саратов'] }), rooms: ['directors', 'city:Саратов'], joins: ['operators'] },
  { userId: 96, token: sign({ userId: 96, role: 'courier' }), rooms: [], joins: [] },
  { userId: 97, token: sign({ userId: 97, role: 'master', cities: ['Саратов'] }), rooms: [], joins: [] },
];
const TRANSPORTS = [['websocket'], ['polling'], ['polling', 'websocket']];

/** `count` people to connect: every person on every transport before one is repeated. */
export function people(count) {
  return Array.from({ length: count }, (_, n) => {
    const person = PEOPLE[n % PEOPLE.length];
    return { ...person, transports: TRANSPORTS[Math.floor(n / PEOPLE.length) % TRANSPORTS.length] };
  });
}

/** A random event: `{ mark, path, name, body, isFor }`, to default rooms, named rooms, a user or everybody. */
export function randomEvent(next, mark) {
  const kind = pick(next, Object.keys(KINDS));
  const { name = kind.replace('-', ':'), make } = KINDS[kind];
  const { body, rooms: defaults, isFor } = make(next, mark);
  if (next() < 0.5) {
    return { mark, path: kind, name, body, isFor: isFor ?? inAny(defaults) };
  }
  const { userId: _, ...unaddressed } = body;
  const rooms = Array.from({ length: 1 + Math.floor(next() * 3) }, () => pick(next, ROOMS));
  return { mark, path: kind, name, body: { ...unaddressed, rooms }, isFor: inAny(rooms) };
}

const inAny = (wanted) => (rooms) => wanted.some((room) => rooms.has(room));

function call(next, mark) {
  const operatorId = pick(next, OPERATORS);
  return {
    body: { call: { id: mark, mark, phoneClient: '+79001112233', operatorId, status: 'new' } },
    rooms: ['operators', 'directors', `operator:${operatorId}`],
  };
}

function order(next, mark) {
  const id = pick(next, ORDERS);
  const city = pick(next, CITIES);
  return {
    body: { order: { id, mark, clientName: 'Анна', city } },
    rooms: ['operators', 'directors', `city:${city}`, `order:${id}`],
  };
}

function change(fields) {
  return (next, mark) => {
    const orderId = pick(next, ORDERS);
    return { body: { orderId, mark, ...fields }, rooms: ['operators', 'directors', `order:${orderId}`] };
  };
}

function notification(next, mark) {
  const body = { notification: { type: 'system', message: 'Обед', mark } };
  if (next() < 0.5) return { body, isFor: () => true };
  const userId = pick(next, USERS);
  return { body: { ...body, userId }, isFor: (_, who) => who === userId };
}

const KINDS = {
  'call-new': { make: call },
  'call-updated': { make: call },
  'call-ended': { make: call },
  'order-new': { make: order },
  'order-updated': { make: order },
  'order-master-assigned': { name: 'order:master-assigned', make: change({ masterId: 5, masterName: 'Мастер' }) },
  'order-status-changed': { name: 'order:status-changed', make: change({ oldStatus: 'Ожидает', newStatus: 'Готово' }) },
  notification: { make: notification },
};

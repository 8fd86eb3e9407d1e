// Who sits before the tabs of a run, and which rooms each may come to and go from.
import { pick, people } from '../support/traffic.mjs';
import { director, operator } from '../support/tokens.mjs';

const ORDERS = ['order:77', 'order:78', 'order:79'];

/** People of their own for Java: each of its returns leaves a session behind, and a user has a bounded number of them. */
const JAVA_PEOPLE = [
  { userId: 41, token: operator(41), rooms: ['operators', 'operator:41'], wants: 'order:77' },
  { userId: 42, token: director(42), rooms: ['directors'], wants: 'operators' },
];

/** For the stock clients of Node. Every other one asks for a room with each of its connections. */
export const nodePeople = (count) => people(count).map((person, n) => ({ ...person, wants: n % 2 === 0 ? person.joins[0] : undefined }));

export const javaPeople = (count) => Array.from({ length: count }, (_, n) => JAVA_PEOPLE[n % JAVA_PEOPLE.length]);

/** A room that a person may join, and leave again; undefined for those who have none. */
export function someRoom(next, { rooms, joins }) {
  return rooms.length === 0 ? undefined : pick(next, [...rooms, ...joins, ...ORDERS]);
}

// The people behind the tabs of a run, and the rooms each may join and leave.
import { pick, people } from '../support/traffic.mjs';
import { director, operator } from '../support/tokens.mjs';

const ORDERS = ['order:77', 'order:78', 'order:79'];

/**
 * Java clients have their own people: each of their returns leaves a session behind, whose number per user is limited.
 */
const JAVA_PEOPLE = [
  { userId: 41, token: operator(41), rooms: ['operators', 'operator:41'], wants: 'order:77' },
  { userId: 42, token: director(42), rooms: ['directors'], wants: 'operators' },
];

/** The people of the Node clients. Every other one joins a room on each connection. */
export const nodePeople = (count) => people(count).map((person, n) => ({ ...person, wants: n % 2 === 0 ? person.joins[0] : undefined }));

export const javaPeople = (count) => Array.from({ length: count }, (_, n) => JAVA_PEOPLE[n % JAVA_PEOPLE.length]);

/** A room that a person may join and leave; undefined if there is none. */
export function someRoom(next, { rooms, joins }) {
  return rooms.length === 0 ? undefined : pick(next, [...rooms, ...joins, ...ORDERS]);
}

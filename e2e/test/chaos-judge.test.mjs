// The judge of the chaos runs finds exactly the errors in hand-written histories.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOf, keyOfPosition } from '../chaos/ids.mjs';
import { Truth } from '../chaos/truth.mjs';
import { countWrong, judgesOf, verdictOf } from '../chaos/verdict.mjs';

const WINDOW_MS = 60_000;
const BASE = Date.now();
const id = (n) => `${BASE + n}-0`;
const key = (n) => keyOf(id(n));

/** Records 1 to 9, for operators except 5, which is for order:1. */
function stream() {
  const truth = new Truth();
  for (let n = 1; n <= 9; n++) truth.add({ id: id(n), name: 'call:new', rooms: [n === 5 ? 'order:1' : 'operators'], mark: `m${n}` });
  return truth;
}

const posts = () => Array.from({ length: 9 }, (_, i) => i + 1).map((n) => ({
  mark: `m${n}`, name: 'call:new', id: id(n), isFor: (rooms) => rooms.has(n === 5 ? 'order:1' : 'operators'),
}));

const at = BASE;
const connect = (recovered = false, sid = 's1') => ({ kind: 'connect', at, recovered, sid });
const connected = (n, recovered = false, rooms = ['operators'], sid = 's1') => ({ kind: 'connected', at, recovered, sid, rooms, key: key(n) });
const events = (...numbers) => numbers.map((n) => ({ kind: 'event', at, name: 'call:new', mark: `m${n}`, key: key(n) }));
const gone = { kind: 'disconnect', at, reason: 'transport close' };
const join = (n, what = 'join') => ({ kind: 'ask', at, n, what, room: 'order:1' });
const done = (n, position) => ({ kind: 'answer', at, n, success: true, key: key(position) });

async function judged(history, more = {}) {
  const clients = [{ label: 'tab', userId: 1, isJava: false, history }];
  const truth = more.truth ?? stream();
  return verdictOf({ clients, judges: await judgesOf(clients, truth), posts: posts(), truth, timeline: [], windowMs: WINDOW_MS, ...more });
}

const wrongs = async (history, more) => countWrong((await judged(history, more)).wrong);

test('positions compare as ids do', async () => {
  assert.ok(key(1) < key(2) && keyOf(`${BASE}-9`) < keyOf(`${BASE}-10`) && keyOf(`${BASE}-99999`) < keyOf(`${BASE + 1}-0`));
  assert.equal(keyOfPosition(`a1b2c3-${id(1)}`), key(1));
  assert.equal(keyOfPosition('no position'), undefined);
  // The id right before the first of a millisecond.
  const before = keyOf(`${BASE}-18446744073709551615`);
  assert.ok(keyOf(`${BASE}-999`) < before && before < keyOf(`${BASE + 1}-0`));
});

test('everything once and in order, over a return, is correct', async () => {
  const history = [connect(), connected(1), ...events(2, 3), gone, connect(true), ...events(4, 6, 7), connected(7, true), ...events(8, 9)];
  const { wrong, causes, delivered } = await judged(history);
  assert.deepEqual(wrong, []);
  assert.deepEqual({ causes, delivered }, { causes: { recovered: 1 }, delivered: 7 });
});

test('finds missing, duplicate, misordered and foreign events', async () => {
  assert.deepEqual(await wrongs([connect(), connected(1), ...events(2, 3, 4, 7, 8, 9)]), { missing: 1 });
  assert.deepEqual(await wrongs([connect(), connected(1), ...events(2, 3, 4, 6, 7, 8, 8, 9)]), { doubled: 1 });
  assert.deepEqual(await wrongs([connect(), connected(1), ...events(2, 4, 3, 6, 7, 8, 9)]), { 'out of order': 1 });
  assert.deepEqual(await wrongs([connect(), connected(1), ...events(2, 3, 4, 5, 6, 7, 8, 9)]), { foreign: 1 });
  assert.deepEqual(await wrongs([connect(), connected(2), ...events(2, 3, 4, 6, 7, 8, 9)]), { 'out of order': 1, foreign: 1 });
});

test('finds events that are replayed twice, or skipped by one', async () => {
  const before = [connect(), connected(1), ...events(2, 3, 4), gone, connect(true)];
  assert.deepEqual(await wrongs([...before, ...events(4, 6, 7), connected(7, true), ...events(8, 9)]), { doubled: 1 });
  assert.deepEqual(await wrongs([...before, ...events(7), connected(7, true), ...events(8, 9)]), { missing: 1 });
  assert.deepEqual(await wrongs([...before, ...events(6), connected(8, true), ...events(7, 8, 9)]), { 'out of order': 2 });
});

test('what a client kept when it closed itself during an upgrade comes twice, and nothing else', async () => {
  const itself = { ...gone, reason: 'forced close' };
  const kept = (close) => [connect(), connected(1), ...events(2, 3), close, ...events(4, 6), connect(true)];
  assert.deepEqual(await wrongs([...kept(itself), ...events(4, 6, 7), connected(7, true), ...events(8, 9)]), {});
  assert.deepEqual(await wrongs([...kept(itself), ...events(3, 4, 6, 7), connected(7, true), ...events(8, 9)]), { doubled: 1 });
  assert.deepEqual(await wrongs([...kept(itself), ...events(4, 4, 6, 7), connected(7, true), ...events(8, 9)]), { doubled: 1 });
  assert.deepEqual(await wrongs([...kept(gone), ...events(4, 6, 7), connected(7, true), ...events(8, 9)]), { doubled: 2 });
  // Cut off during the replay, it asks for the rest of it; before it, for nothing that it has.
  const rest = [...events(6, 7), connected(7, true), ...events(8, 9)];
  assert.deepEqual(await wrongs([...kept(itself), ...events(4), gone, connect(true), ...rest]), {});
  assert.deepEqual(await wrongs([...kept(itself), ...events(4), gone, connect(true), ...events(4), ...rest]), { doubled: 1 });
  assert.deepEqual(await wrongs([...kept(itself), gone, connect(true), ...rest]), { doubled: 1 });
});

test('rooms follow their positions, also in recovered sessions', async () => {
  const inside = [connect(), connected(1), join(1), done(1, 4), ...events(2, 3, 4, 5), gone, connect(true), ...events(6, 7)];
  assert.deepEqual(await wrongs([...inside, connected(7, true, ['operators', 'order:1']), ...events(8, 9)]), {});
  assert.deepEqual(await wrongs([...inside, connected(7, true), ...events(8, 9)]), { rooms: 1 });
  const left = [connect(), connected(1, false, ['operators', 'order:1']), join(1, 'leave'), done(1, 4), ...events(2, 3, 4)];
  assert.deepEqual(await wrongs([...left, ...events(6, 7, 8, 9)]), {});
  assert.deepEqual(await wrongs([...left, ...events(5, 6, 7, 8, 9)]), { foreign: 1 });
});

test('a join without an answer may or may not have happened, until the service tells', async () => {
  const before = [connect(), connected(1), ...events(2, 3, 4), join(1), gone, connect(true)];
  assert.deepEqual(await wrongs([...before, ...events(5, 6, 7), connected(7, true, ['operators', 'order:1']), ...events(8, 9)]), {});
  assert.deepEqual(await wrongs([...before, ...events(6, 7), connected(7, true), ...events(8, 9)]), {});
});

test('a join that Redis refused may have been in effect for a moment', async () => {
  const refused = { kind: 'answer', at, n: 1, success: false, code: 'backplane_away' };
  const before = [connect(), connected(1), ...events(2, 3, 4), join(1)];
  assert.deepEqual(await wrongs([...before, ...events(5, 6), refused, ...events(7, 8, 9)]), {});
  assert.deepEqual(await wrongs([...before, ...events(6), refused, ...events(7, 8, 9)]), {});
  assert.deepEqual(await wrongs([connect(), connected(1), ...events(2, 3, 4), join(1), refused, ...events(5, 6, 7, 8, 9)]), { foreign: 1 });
  const other = [{ kind: 'ask', at, n: 2, what: 'leave', room: 'order:2' }, done(2, 6)];
  const back = [...before, refused, ...other, gone, connect(true), ...events(5, 6, 7), connected(7, true, ['operators', 'order:1'])];
  assert.deepEqual(await wrongs([...back, ...events(8, 9)]), {}, 'and is known at the next return');
});

test('a session that was not recovered needs a cause, and is complete up to its last position', async () => {
  const history = [connect(), connected(1), ...events(2, 3), gone, connect(false, 's2'), connected(7, false, ['operators'], 's2'), ...events(8, 9)];
  assert.deepEqual(await wrongs(history), { unjustified: 1 });
  const trim = { kind: 'trim', at, floor: key(5) };
  assert.equal((await judged(history, { timeline: [trim] })).lostWithCause, 3);
  assert.deepEqual(await wrongs(history, { timeline: [trim] }), {});
  assert.deepEqual(await wrongs(history, { timeline: [{ ...trim, floor: key(3) }] }), { unjustified: 1 });
  const hole = [connect(), connected(1), ...events(2, 4), ...history.slice(4)];
  assert.deepEqual(await wrongs(hole, { timeline: [trim] }), { missing: 1 });
});

test('finds an accepted event that is missing in the stream, or in it twice', async () => {
  const history = [connect(), connected(1), ...events(2, 3, 4, 6, 7, 8, 9)];
  assert.deepEqual(await wrongs(history, { posts: [...posts(), { mark: 'm10', name: 'call:new', id: id(10), isFor: () => false }] }), { stream: 1 });
  assert.deepEqual(await wrongs(history, { posts: [...posts(), { mark: 'm11', name: 'call:new', isFor: () => false }] }), {});
  const truth = stream();
  truth.add({ id: id(10), name: 'call:new', rooms: ['operators'], mark: 'm9' });
  assert.deepEqual(await wrongs([...history, { kind: 'event', at, name: 'call:new', mark: 'm9', key: key(10) }], { truth }), { stream: 1 });
});

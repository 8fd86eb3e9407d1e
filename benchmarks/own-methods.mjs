// Reads what `jfr print --events jdk.CPUTimeSample` prints, line by line, since a long recording is more than one string
// can hold, and counts samples by our own method that is nearest to the top of the stack, and below it by the method on
// top.
import { createInterface } from 'node:readline';

const FRAME = /^ {4}(\S+?)\(.*?\)(?: +line: (\d+))?/;

const own = new Map();
let samples = 0;
let thread = '';
let frames = null;

function count() {
  samples++;
  const nearest = frames.find(({ name }) => name.startsWith('dev.realtime.'));
  const key = nearest ? `${nearest.name}:${nearest.lineNumber ?? ''}` : `(no method of ours) ${thread}`;
  const entry = own.get(key) ?? { count: 0, tops: new Map() };
  entry.count++;
  const top = frames[0]?.name ?? '(unknown)';
  entry.tops.set(top, (entry.tops.get(top) ?? 0) + 1);
  own.set(key, entry);
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith('jdk.CPUTimeSample')) {
    thread = '';
    frames = [];
  } else if (frames && line.startsWith('  eventThread')) {
    thread = /"(.*?)"/.exec(line)?.[1] ?? '';
  } else if (frames && line === '}') {
    count();
    frames = null;
  } else if (frames) {
    const frame = FRAME.exec(line);
    if (frame) frames.push({ name: frame[1], lineNumber: frame[2] });
  }
}

const byCount = (a, b) => b[1] - a[1];
const share = (times) => `${((100 * times) / samples).toFixed(1)}%`.padStart(6);
for (const [key, { count: times, tops }] of [...own].sort((a, b) => b[1].count - a[1].count).slice(0, 25)) {
  console.log(`${share(times)}  ${key}`);
  for (const [top, topTimes] of [...tops].sort(byCount).slice(0, 4)) console.log(`        ${share(topTimes)}  ${top}`);
}
console.log(`${samples} samples`);

// Reads what `jfr print --json --events jdk.CPUTimeSample` prints and counts samples by our own method that is nearest to
// the top of the stack, and below it by the method on top.
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { recording } = JSON.parse(Buffer.concat(chunks).toString('utf8'));

const own = new Map();
let samples = 0;
for (const { values } of recording.events) {
  const frames = (values.stackTrace?.frames ?? []).map(({ method, lineNumber }) => ({
    name: `${method.type.name.replaceAll('/', '.')}.${method.name}`,
    lineNumber,
  }));
  samples++;
  const nearest = frames.find(({ name }) => name.startsWith('dev.realtime.'));
  const key = nearest ? `${nearest.name}:${nearest.lineNumber}` : `(no method of ours) ${values.eventThread?.javaName ?? ''}`;
  const entry = own.get(key) ?? { count: 0, tops: new Map() };
  entry.count++;
  const top = frames[0]?.name ?? '(unknown)';
  entry.tops.set(top, (entry.tops.get(top) ?? 0) + 1);
  own.set(key, entry);
}
const byCount = (a, b) => b[1] - a[1];
const share = (count) => `${((100 * count) / samples).toFixed(1)}%`.padStart(6);
for (const [key, { count, tops }] of [...own].sort((a, b) => b[1].count - a[1].count).slice(0, 25)) {
  console.log(`${share(count)}  ${key}`);
  for (const [top, times] of [...tops].sort(byCount).slice(0, 4)) console.log(`        ${share(times)}  ${top}`);
}
console.log(`${samples} samples`);

// Shows the values of a chart below the pointer. $0: the lines' names, one a line; $1: the unit; $2 and $3: the size of the
// drawing in its own coordinates.
const [names, unit, width, height] = [$0.split('\n'), $1, $2, $3];
const svg = this.querySelector('svg');
const tip = this.querySelector('.chart-tip');
const two = (number) => String(number).padStart(2, '0');
const points = (line) => [...(line.getAttribute('d') ?? '').matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
const show = (event) => {
  const box = svg.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * width;
  const lines = [...this.querySelectorAll('.chart-line')].map(points);
  const near = lines.map((line) => line.reduce((best, point) => (!best || Math.abs(point[0] - x) < Math.abs(best[0] - x) ? point : best), null));
  const first = near.find(Boolean);
  tip.toggleAttribute('hidden', !first);
  if (!first) return;
  const age = (1 - first[0] / width) * Number(this.dataset.seconds);
  const at = new Date(Number(this.dataset.now) - age * 1000);
  const value = (y) => (1 - y / height) * Number(this.dataset.scale);
  const number = (y) => value(y).toLocaleString(document.documentElement.lang || undefined, { maximumFractionDigits: value(y) < 10 ? 1 : 0 });
  const time = `${two(at.getHours())}:${two(at.getMinutes())}${Number(this.dataset.seconds) > 600 ? '' : `:${two(at.getSeconds())}`}`;
  tip.textContent = [time, ...near.map((point, i) => point && `${names[i] ? `${names[i]} ` : ''}${number(point[1])}${unit ? ` ${unit}` : ''}`).filter(Boolean)].join(' · ');
  const left = (first[0] / width) * box.width;
  tip.style.left = `${Math.min(Math.max(left, tip.offsetWidth / 2), box.width - tip.offsetWidth / 2)}px`;
};
svg.onpointermove = show;
svg.onpointerdown = show;
svg.onpointerleave = () => tip.setAttribute('hidden', '');

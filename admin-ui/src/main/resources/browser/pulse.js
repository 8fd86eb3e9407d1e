// Watches the server's beats, one a second. $0: what to say without them; $1: the mark for the time in it.
const LONGEST_MS = 4_500;
const text = $0;
const mark = $1;
const since = (at) => new Date(at).toTimeString().slice(0, 8);
let last = Date.now();
let silent = false;
const show = (now) => {
  if (silent === now) return;
  silent = now;
  this.textContent = now ? text.replace(mark, since(last)) : '';
  this.toggleAttribute('hidden', !now);
  document.body.toggleAttribute('data-silent', now);
  document.title = now ? `⚠ ${document.title}` : document.title.replace(/^(⚠ )+/, '');
};
this.beat = () => {
  last = Date.now();
  show(false);
};
clearInterval(this.watch);
this.watch = setInterval(() => {
  if (!this.isConnected) clearInterval(this.watch);
  else if (Date.now() - last > LONGEST_MS) show(true);
}, 250);

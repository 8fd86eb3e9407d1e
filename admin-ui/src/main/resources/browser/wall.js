// The wallboard's switches. $0: after how many seconds a waiting call is heard; $1, $2, $3: the words on the switch while
// the sound is on, is off, and is on but needs a click, since the page was loaded anew.
const KEY = 'console-wall-sound';
const limit = $0;
const [on, off, blocked] = [$1, $2, $3];
const sound = this.querySelector('.wall-sound');
const screen = this.querySelector('.wall-screen');
const stored = (value) => {
  try {
    if (value === undefined) return localStorage.getItem(KEY);
    localStorage.setItem(KEY, value);
  } catch {
    // Storage may be forbidden; then the choice is not remembered.
  }
  return null;
};
let wanted = stored() === 'on';
let audio;
let calls = [];
const heard = new Set();
const ready = () => audio?.state === 'running';
const label = () => {
  sound.textContent = !wanted ? off : ready() ? on : blocked;
  sound.setAttribute('aria-pressed', String(wanted));
};
const wake = () => {
  if (!audio) {
    audio = new AudioContext();
    audio.onstatechange = label;
  }
  audio.resume();
};
const ring = () => {
  [880, 660, 880].forEach((frequency, n) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const begin = audio.currentTime + n * 0.22;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, begin);
    volume.gain.exponentialRampToValueAtTime(0.4, begin + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + 0.2);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + 0.21);
  });
  sound.dataset.rung = String(Number(sound.dataset.rung ?? 0) + 1);
};
// Each call is heard once, when its wait gets too long, or when the sound is switched on after that.
const listen = () => {
  const now = Date.now() + (window.consoleClock?.ahead ?? 0);
  const late = calls.filter(([id, since]) => now - since >= limit * 1000 && !heard.has(id));
  if (late.length > 0 && wanted && ready()) {
    late.forEach(([id]) => heard.add(id));
    ring();
  }
};
this.waiting = (list) => {
  calls = list;
  const ids = new Set(list.map(([id]) => id));
  heard.forEach((id) => ids.has(id) || heard.delete(id));
};
sound.onclick = () => {
  if (!wanted || ready()) wanted = !wanted;
  stored(wanted ? 'on' : 'off');
  if (wanted) wake();
  label();
};
screen.onclick = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
screen.hidden = !document.fullscreenEnabled;
document.addEventListener('pointerdown', () => wanted && wake());
clearInterval(this.listening);
this.listening = setInterval(() => (this.isConnected ? listen() : clearInterval(this.listening)), 1000);
if (wanted) wake();
label();

// Times that run. $0: the server's time in milliseconds, since the browser's clock may be wrong; $1 and $2: the short
// words for days and hours.
const clock = window.consoleClock ??= { ahead: 0, shown: new Set() };
Object.assign(clock, { ahead: $0 - Date.now(), day: $1, hour: $2 });
if (!customElements.get('running-time')) {
  const two = (number) => String(number).padStart(2, '0');
  const words = (seconds) => {
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    if (hours >= 24) return `${Math.floor(hours / 24)} ${clock.day} ${hours % 24} ${clock.hour}`;
    return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  };
  customElements.define('running-time', class extends HTMLElement {
    static observedAttributes = ['since', 'warning', 'alarm'];
    connectedCallback() {
      this.setAttribute('role', 'timer');
      clock.shown.add(this);
      this.show();
    }
    disconnectedCallback() { clock.shown.delete(this); }
    attributeChangedCallback() { this.show(); }
    show() {
      const since = Number(this.getAttribute('since') || NaN);
      const seconds = Math.max(0, Math.floor((Date.now() + clock.ahead - since) / 1000));
      const text = Number.isNaN(since) ? '' : words(seconds);
      if (this.textContent !== text) this.textContent = text;
      const beyond = (name) => this.hasAttribute(name) && seconds >= Number(this.getAttribute(name));
      const level = text === '' ? '' : beyond('alarm') ? 'alarm' : beyond('warning') ? 'warning' : '';
      if (this.dataset.level !== level) this.dataset.level = level;
    }
  });
  setInterval(() => clock.shown.forEach((time) => time.show()), 1000);
}

// Reads a service's metrics.
import { request } from './http.mjs';
import { WEBHOOK_TOKEN } from './tokens.mjs';
import { until } from './wait.mjs';

/** The value of a metric, in Prometheus' notation: the first line with that label; 0 if there is none yet. */
export async function metric(service, name, label = '') {
  const { text } = await request(`${service.url}/actuator/prometheus`, { headers: { Authorization: `Bearer ${WEBHOOK_TOKEN}` } });
  const line = text.split('\n').find((one) => /^[ {]/.test(one.slice(name.length)) && one.startsWith(name) && one.includes(label));
  return line ? Number(line.split(' ').at(-1)) : 0;
}

/** Runs an action and checks that the counter has grown. */
export async function counting(service, name, label, action) {
  const before = await metric(service, `${name}_total`, label);
  await action();
  await until(`${name}{${label}} to grow`, async () => (await metric(service, `${name}_total`, label)) > before);
}

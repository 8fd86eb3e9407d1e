// A rolling restart of three instances at the default drain time, with many stock clients.
// node long/rolling.mjs [--tabs 1000] [--polling 30] [--pause 200]
// One tab in so many polls and one upgrades; a pause in ms between two posts.
import { parseArgs } from 'node:util';
import { Balancer } from '../support/balancer.mjs';
import { closeClients } from '../support/clients.mjs';
import { Cluster } from '../support/cluster.mjs';
import { rollingRestart } from '../support/rolling.mjs';

const INSTANCES = 3;

const { values } = parseArgs({
  options: {
    tabs: { type: 'string', default: '1000' },
    polling: { type: 'string', default: '30' },
    pause: { type: 'string', default: '200' },
  },
});
const [tabs, oneIn, pauseMs] = ['tabs', 'polling', 'pause'].map((name) => {
  const value = Number(values[name]);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0`);
  return value;
});

// The service's default, which tests set to 0.
const cluster = await Cluster.start(INSTANCES, { REALTIME_DRAIN_TIME: '30s' });
const balancer = await Balancer.start(() => cluster.instances);
try {
  await rollingRestart({ cluster, balancer, tabs, oneIn, pauseMs, report: (figures) => console.log(figures) });
  console.log('Every tab is back recovered, with every event once and in order.');
} finally {
  closeClients();
  balancer.stop();
  await cluster.stop();
}

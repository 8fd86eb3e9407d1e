// The stage of a run: three instances over one Redis, a balancer, and a relay on every link.
import { Balancer } from '../support/balancer.mjs';
import { request } from '../support/http.mjs';
import { Redis } from '../support/redis.mjs';
import { Relay } from '../support/relay.mjs';
import { SECRETS, Service } from '../support/service.mjs';

const SIZE = 3;
const CHECK_EVERY_MS = 250;
const CHECK_LIMIT_MS = 1_000;

/** One instance: its process, its link from clients and posters, and its link to Redis. */
class Place {
  #env;
  #args;
  /** The output of earlier processes. */
  #before = '';
  service;
  /** Whether the balancer uses the instance. */
  inRotation = false;

  static async open(name, redis, args) {
    const place = new Place();
    place.name = name;
    place.toRedis = await Relay.to(redis.port);
    place.#env = { ...redis.env, ...SECRETS, REDIS_PORT: String(place.toRedis.port) };
    place.#args = args;
    await place.start();
    place.front = await Relay.to(place.service.port);
    return place;
  }

  /** Starts the instance, or restarts it on its port. */
  async start() {
    if (this.service) this.#before += this.service.output;
    this.service = await Service.start(this.#env, { args: this.#args, port: this.service?.port, evenDegraded: true });
  }

  get output() {
    return this.#before + this.service.output;
  }

  /** Checks readiness as a balancer does: an instance that does not answer in time is out. */
  async check() {
    const url = `${this.front.url}/actuator/health/readiness`;
    const answer = await request(url, { timeoutMs: CHECK_LIMIT_MS, agent: false }).catch(() => undefined);
    this.inRotation = answer?.status === 200;
  }
}

export class Stage {
  places = [];
  #checking;
  #stopped = false;

  /** @param args of every instance */
  static async open(args) {
    const stage = new Stage();
    try {
      // Acknowledged writes are on disk, so that no kill of Redis loses any.
      stage.redis = await Redis.start(['--appendfsync', 'always']);
      for (let n = 0; n < SIZE; n++) stage.places.push(await Place.open(`instance ${n + 1}`, stage.redis, args));
      stage.#checking = stage.places.map((place) => stage.#keepChecking(place));
      stage.balancer = await Balancer.start(() => stage.#reachable());
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  async #keepChecking(place) {
    while (!this.#stopped) {
      await place.check();
      await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
    }
  }

  /** If no instance is ready, the balancer uses all. */
  #reachable() {
    const ready = this.places.filter(({ inRotation }) => inRotation);
    return (ready.length > 0 ? ready : this.places).map(({ front }) => front);
  }

  async close() {
    this.#stopped = true;
    this.balancer?.stop();
    await Promise.all(this.places.map(async ({ service, front, toRedis }) => {
      front?.close();
      if (service?.running) service.thaw();
      await service?.stop('SIGKILL');
      toRedis.close();
    }));
    await this.redis?.stop('SIGKILL');
    await Promise.all(this.#checking ?? []);
  }
}

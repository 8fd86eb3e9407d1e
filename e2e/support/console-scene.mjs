// What a browser test of the console needs around it: Redis, a service, the console and a browser.
import { Console, startBrowser } from './console.mjs';
import { Redis } from './redis.mjs';
import { SECRETS, Service } from './service.mjs';
import { ADMIN_API_SECRET } from './tokens.mjs';

/** One service with its console. Start it in `before`, close it in `after`. */
export class Scene {
  /** @param env variables of the console besides the usual ones */
  static async start({ env = {} } = {}) {
    const scene = new Scene();
    try {
      scene.redis = await Redis.start();
      scene.service = await Service.start({ ...scene.redis.env, ...SECRETS, ADMIN_API_SECRET });
      [scene.console, scene.browser] = await Promise.all([Console.start(scene.redis, [scene.service.url], { env }), startBrowser()]);
      return scene;
    } catch (error) {
      await scene.close();
      throw error;
    }
  }

  /** What has an output that is shown when a test fails. */
  get parts() {
    return [this.console, this.service];
  }

  async close() {
    await this.browser?.close();
    await this.console?.stop();
    await this.service?.stop();
    await this.redis?.stop('SIGKILL');
  }
}

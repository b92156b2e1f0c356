import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { GuardedProcess } from "guarded-processes/guarded-process";
import { freePort } from "guarded-processes/free-port";

const START_MS = 30_000;

/** A Redis that writes down each command, and has its data again after a restart. */
export class PersistentRedis {
  private constructor(
    private readonly program: string,
    private readonly folder: string,
    private readonly port: number,
    private process: GuardedProcess,
  ) {}

  static async start(program: string, folder: string): Promise<PersistentRedis> {
    const port = await freePort();
    const redis = new PersistentRedis(program, folder, port, launch(program, folder, port));
    await redis.#ready();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Ends it as a system does that restarts, and starts it again on its data. */
  async restart(): Promise<void> {
    await this.stop();
    this.process = launch(this.program, this.folder, this.port);
    await this.#ready();
  }

  async stop(): Promise<void> {
    await this.process.stop({ term: 20_000 });
  }

  async #ready(): Promise<void> {
    const redis = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null });
    redis.on("error", () => {});
    for (const deadline = Date.now() + START_MS; ;) {
      try {
        if (redis.status !== "ready") await redis.connect();
        await redis.ping();
        break;
      } catch (error) {
        if (Date.now() > deadline || this.process.exit) throw error;
        await sleep(50);
      }
    }
    redis.disconnect();
  }
}

function launch(program: string, folder: string, port: number): GuardedProcess {
  const settings = {
    port: String(port),
    bind: "127.0.0.1",
    dir: folder,
    save: "",
    appendonly: "yes",
    appendfsync: "everysec",
    "maxmemory-policy": "noeviction",
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  return GuardedProcess.start(program, args, { cwd: folder, stdio: "ignore" });
}

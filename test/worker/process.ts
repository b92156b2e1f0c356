import { join } from "node:path";
import { GuardedProcess } from "#processes/guarded-process.js";
import { WORKER_ENV } from "#worker/settings.js";
import type { WorkerSettings } from "#worker/settings.js";
import { root } from "../root.js";

type Places = Pick<WorkerSettings, "redisUrl" | "mediaRoot">;

/** A worker in a process of its own, as `npm run worker` starts it, and what it logs. */
export class WorkerProcess {
  readonly log: Record<string, unknown>[] = [];
  readonly process: GuardedProcess;
  #rest = "";

  constructor({ redisUrl, mediaRoot }: Places, env: NodeJS.ProcessEnv = {}) {
    this.process = GuardedProcess.start(
      process.execPath,
      [join(root, "dist", "scripts", "worker.js")],
      {
        env: {
          ...WORKER_ENV,
          ...process.env,
          REDIS_URL: redisUrl,
          MEDIA_ROOT: mediaRoot,
          LOCK_SECONDS: "3",
          WORKER_CONCURRENCY: "2",
          ...env,
        },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    this.process.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const lines = (this.#rest + text).split("\n");
      this.#rest = lines.pop() ?? "";
      this.log.push(...lines.map((line) => JSON.parse(line) as Record<string, unknown>));
    });
  }

  /** Waits for a line of the log. */
  async logged(message: string, limitMs = 30_000): Promise<Record<string, unknown>> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const line = this.log.find(({ msg }) => msg === message);
      if (line) return line;
      if (this.process.exit !== undefined || Date.now() > deadline) {
        throw new Error(`"${message}" was not logged:\n${this.text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Its log, for a message about a test that failed. */
  get text(): string {
    return this.log.map((line) => JSON.stringify(line)).join("\n");
  }

  /** Ends it at once, as the system does when memory is short. */
  async kill(): Promise<void> {
    this.process.signal("SIGKILL");
    await this.process.stop();
  }
}

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { storeIncoming } from "redis-lab-jobs";
import { GuardedProcess } from "guarded-processes/guarded-process";
import { COUNTS, measureWork, type Measured } from "./report.js";

interface Options {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly python: string;
  readonly folder: string;
  readonly stops: (() => Promise<unknown>)[];
}

interface Answer {
  readonly seconds?: number;
  readonly latencies?: readonly number[];
}

/** Celery's worker with a process for each core, and a Python program that sends it the work. */
export class CelerySide {
  private constructor(
    private readonly folder: string,
    private readonly driver: GuardedProcess,
    private readonly answers: AsyncIterator<string>,
  ) {}

  static async start({ root, env, python, folder, stops }: Options): Promise<CelerySide> {
    const cwd = join(root, "bench", "celery");
    const cores = String(availableParallelism());
    const quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"];
    const args = ["-m", "celery", "-A", "tasks", "worker", "--loglevel=INFO", "-c", cores];
    const worker = GuardedProcess.start(python, [...args, ...quiet], { cwd, env });
    stops.push(() => worker.stop({ term: 5000 }));
    await ready(worker);
    const driver = GuardedProcess.start(python, ["drive.py"], {
      cwd,
      env,
      stdio: ["pipe", "pipe", "inherit"],
    });
    stops.push(() => driver.stop());
    return new CelerySide(folder, driver, linesOf(driver)[Symbol.asyncIterator]());
  }

  async measure(pictures: Record<"small" | "photo", Buffer>): Promise<Measured> {
    const operands = Array.from({ length: COUNTS.arithmetic }, (_, i) => [i, 2]);
    const perSecond: Record<string, number> = {};
    const cpuMs: Record<string, number> = {};
    const measure = async (work: string, task: string, args: unknown[]) => {
      const measured = await measureWork(args.length, () =>
        this.#ask(task, args, args.length, true),
      );
      [perSecond[work], cpuMs[work]] = [measured.perSecond, measured.cpuMs];
    };
    for (const kind of ["small", "photo"] as const) {
      const args: unknown[] = [];
      for (let i = 0; i < COUNTS[kind]; i++) {
        const file = await storeIncoming(this.folder, pictures[kind]);
        args.push([file, "picture.jpg", [[128, 128]]]);
      }
      await measure(`thumbnails of ${kind} pictures`, "make_thumbnails", args);
    }
    await measure("arithmetic jobs", "multiply", operands);
    const { latencies = [] } = await this.#ask("multiply", operands, COUNTS.latency, false);
    return { side: "celery", perSecond, cpuMs, latencies };
  }

  async #ask(task: string, args: unknown[], count: number, atOnce: boolean): Promise<Answer> {
    const order = { task, args, count, at_once: atOnce };
    this.driver.child.stdin?.write(`${JSON.stringify(order)}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error("The driver of Celery ended; see above.");
    return JSON.parse(value) as Answer;
  }
}

function linesOf({ child }: GuardedProcess): Interface {
  if (!child.stdout) throw new TypeError("The driver has no output.");
  return createInterface({ input: child.stdout });
}

/** Celery tells on stderr, among its log. */
function ready(worker: GuardedProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = "";
    worker.child.stdout?.resume();
    worker.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log = (log + text).slice(-5000);
      if (/ready\./.test(log)) resolve();
    });
    void worker.exited.then(() => reject(new Error(`Celery's worker ended:\n${log}`)));
  });
}

import { storeIncoming, type JobClient, type PayloadOf } from "redis-lab-jobs";
import { startWorker } from "redis-lab-start/services/job-services";
import { COUNTS, measureWork, type Measured } from "./report.js";

interface Options {
  readonly env: NodeJS.ProcessEnv;
  readonly client: JobClient;
  readonly folder: string;
  readonly stops: (() => Promise<unknown>)[];
}

const LIMIT = 300_000;
const BOX = { width: 128, height: 128 };

/** This project's worker, in a process of its own as `npm run worker` starts it. */
export class OwnSide {
  private constructor(private readonly options: Options) {}

  static async start(options: Options): Promise<OwnSide> {
    const worker = await startWorker(options);
    options.stops.push(() => worker.stop());
    return new OwnSide(options);
  }

  async measure(pictures: Record<"small" | "photo", Buffer>): Promise<Measured> {
    const { client } = this.options;
    const perSecond: Record<string, number> = {};
    const cpuMs: Record<string, number> = {};
    const measure = async (work: string, jobs: number, run: () => Promise<unknown>) => {
      const measured = await measureWork(jobs, run);
      [perSecond[work], cpuMs[work]] = [measured.perSecond, measured.cpuMs];
    };
    for (const kind of ["small", "photo"] as const) {
      // Stored beforehand, as the other side has its files; each job takes its picture away.
      const payloads: PayloadOf<"make-thumbnails">[] = [];
      for (let i = 0; i < COUNTS[kind]; i++) {
        const file = await storeIncoming(this.options.folder, pictures[kind]);
        payloads.push({ file, name: "picture.jpg", sizes: [BOX] });
      }
      await measure(`thumbnails of ${kind} pictures`, COUNTS[kind], () =>
        Promise.all(
          payloads.map(async (payload) =>
            client.awaitResult(await client.enqueue("make-thumbnails", payload), LIMIT),
          ),
        ),
      );
    }
    await measure("arithmetic jobs", COUNTS.arithmetic, () =>
      Promise.all(
        Array.from({ length: COUNTS.arithmetic }, async (_, i) =>
          client.awaitResult(await client.enqueue("multiply", { a: i, b: 2 }), LIMIT),
        ),
      ),
    );
    const latencies: number[] = [];
    for (let i = 0; i < COUNTS.latency; i++) {
      const started = performance.now();
      await client.awaitResult(await client.enqueue("multiply", { a: i, b: 2 }), LIMIT);
      latencies.push(performance.now() - started);
    }
    return { side: "own", perSecond, cpuMs, latencies };
  }
}

import { cpuTime } from "./cpu-time.js";

/** What one side did in one round. */
export interface Measured {
  readonly side: "own" | "celery";
  /** Jobs a second, by kind of work. */
  readonly perSecond: Readonly<Record<string, number>>;
  /** Milliseconds of processor time for a job, by kind of work. */
  readonly cpuMs: Readonly<Record<string, number>>;
  /** Milliseconds from enqueue to result, one job at a time. */
  readonly latencies: readonly number[];
}

/** How much is measured: enough for a second or more on either side. */
export const COUNTS = { small: 400, photo: 40, arithmetic: 3000, latency: 400 };

/** Measures a piece of work: jobs a second, and processor time for each. */
export async function measureWork(jobs: number, work: () => Promise<unknown>) {
  const [cpu, started] = [await cpuTime(), performance.now()];
  await work();
  const seconds = (performance.now() - started) / 1000;
  return { perSecond: jobs / seconds, cpuMs: ((await cpuTime()) - cpu) / jobs };
}

/** Prints each figure of both sides as the median of the rounds, and their ratio. */
export function report(all: readonly Measured[]): void {
  const of = (side: Measured["side"]) => all.filter((one) => one.side === side);
  const [own, celery] = [of("own"), of("celery")];
  for (const work of Object.keys(own[0]?.perSecond ?? {})) {
    const [a, b] = [own, celery].map((runs) =>
      median(runs.map(({ perSecond }) => perSecond[work] ?? 0)),
    ) as [number, number];
    print(`${work} a second`, a, b, a / b);
    const [c, d] = [own, celery].map((runs) =>
      median(runs.map(({ cpuMs }) => cpuMs[work] ?? Number.NaN)),
    ) as [number, number];
    print("  processor time a job, ms", c, d, c / d);
  }
  for (const [name, share] of [
    ["latency p50, ms", 0.5],
    ["latency p99, ms", 0.99],
  ] as const) {
    const [a, b] = [own, celery].map((runs) =>
      median(runs.map(({ latencies }) => quantile(latencies, share))),
    ) as [number, number];
    print(name, a, b, a / b);
  }
}

function print(name: string, own: number, celery: number, ratio: number): void {
  const digits = own < 20 ? 2 : 0;
  console.log(
    `${name.padEnd(38)} this worker ${own.toFixed(digits).padStart(8)}   ` +
      `Celery ${celery.toFixed(digits).padStart(8)}   ratio ${ratio.toFixed(2)}`,
  );
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const median = (values: readonly number[]) => quantile(values, 0.5);

import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { cpus, loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MeasuredKernel } from "./kernel-client.js";
import { installDeno } from "./runner/install-deno.js";

// Our kernel, with checks off and on, against tslab and Deno's: start, cells, an import, output and
// memory, in turn in one run. Usage: npm run bench:kernel [-- ROUNDS]. Prints medians.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const rounds = Number(process.argv[2] ?? 5);
const deno = installDeno(root);

const ours = createRequire(import.meta.url).resolve("typescript-kernel/runtime");
const tslab = createRequire(import.meta.url).resolve("tslab/bin/tslab");
const kernels: Readonly<Record<string, (file: string) => readonly string[]>> = {
  "ours, checks off": (file) => [process.execPath, ours, file, "--history=off", "--check=off"],
  "ours, checks on": (file) => [process.execPath, ours, file, "--history=off"],
  tslab: (file) => [process.execPath, tslab, "kernel", "--config-path", file],
  Deno: (file) => [deno, "jupyter", "--kernel", "--conn", file],
};
const LINES = 50_000;
const LINES_LENGTH = Array.from({ length: LINES }, (_, i) => `line ${i}\n`).join("").length;
const CELLS = 20;

type Figures = Record<string, number>;
const measured = new Map<string, Figures[]>(Object.keys(kernels).map((name) => [name, []]));
const folder = await mkdtemp(join(tmpdir(), "redis-lab-bench-"));
try {
  for (let round = 1; round <= rounds; round++) {
    for (const [name, argv] of Object.entries(kernels)) {
      measured.get(name)?.push(await measure(argv));
    }
    console.error(`round ${round} of ${rounds}; load ${loadavg()[0]?.toFixed(1)}`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`Medians of ${rounds} rounds on ${cpus().length} cores, milliseconds unless told:`);
const medians = Object.fromEntries(
  [...measured].map(([name, runs]) => [
    name,
    Object.fromEntries(
      Object.keys(runs[0] ?? {}).map((key) => [key, median(runs.map((run) => run[key] ?? NaN))]),
    ),
  ]),
);
console.table(medians);

/** What could be measured: a kernel that fails at one thing has no figure for it and what follows. */
async function measure(argv: (file: string) => readonly string[]): Promise<Figures> {
  const { kernel, ready } = await MeasuredKernel.start(argv, folder, root);
  const figures: Figures = { ready };
  try {
    figures["first cell"] = await kernel.run("const start = 1");
    // A checker that is starting is not to be measured as a slow cell.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const cells: number[] = [];
    for (let cell = 0; cell < CELLS; cell++) {
      cells.push(await kernel.run(`const value${cell} = ${cell} + start`));
    }
    figures["cell"] = median(cells);
    figures["ioredis"] = await kernel.run('import { Redis } from "ioredis"');
    figures["memory, MB"] = kernel.memory();
    const printed = kernel.printed;
    figures["50,000 lines"] = await kernel.run(
      `for (let i = 0; i < ${LINES}; i++) console.log("line " + i)`,
    );
    figures["lines kept, %"] = Math.round(((kernel.printed - printed) / LINES_LENGTH) * 100);
  } catch (error) {
    console.error((error as Error).message);
  } finally {
    await kernel.stop();
  }
  return figures;
}

function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
  return Math.round(middle * 10) / 10;
}

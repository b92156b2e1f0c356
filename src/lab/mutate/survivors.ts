import { Redis } from "ioredis";
import type { Notebook } from "notebook-runner/read/notebook";
import { runAll, type RunOptions } from "notebook-runner/run/run-all";
import type { RedisServer } from "../redis/private-redis.js";
import { mutatedNotebook, type Mutant } from "./mutants.js";

export interface SurvivorOptions extends Pick<RunOptions, "launch" | "env" | "jobs" | "signal"> {
  /** Starts a Redis that nobody else uses: it is emptied after each run. */
  readonly openServer: () => Promise<RedisServer>;
  /** Called when a mutant is judged; at last for each that survives. */
  readonly onJudged: (mutant: Mutant, survived: boolean) => void;
}

/** Runs mutants and gives those whose run passes and leaves no key behind. */
export async function findSurvivors(
  mutants: readonly Mutant[],
  options: SurvivorOptions,
): Promise<Mutant[]> {
  // Most show in their own cell: only the others are run to the end of their notebook.
  const unseen = await passing(mutants, false, options);
  const survivors = await passing(unseen, true, options);
  for (const mutant of survivors) options.onJudged(mutant, true);
  return survivors;
}

async function passing(
  mutants: readonly Mutant[],
  all: boolean,
  options: SurvivorOptions,
): Promise<Mutant[]> {
  const byNotebook = new Map(mutants.map((mutant) => [mutatedNotebook(mutant, all), mutant]));
  const failed = new Set<Notebook>();
  const passed: Mutant[] = [];
  await runAll([...byNotebook.keys()], {
    ...options,
    rounds: 1,
    update: false,
    startupTimeoutSeconds: 120,
    // A change may make a cell wait for what never comes.
    cellTimeoutSeconds: 15,
    notebookTimeoutSeconds: 120,
    openSlot: async () => {
      const server = await options.openServer();
      const settings = await settingsOf(server.url);
      return {
        env: { REDIS_URL: server.url },
        afterNotebook: async (notebook) => {
          if (!(await cleaned(server.url, settings)).wasClean) failed.add(notebook);
          const mutant = byNotebook.get(notebook);
          if (mutant === undefined || options.signal.aborted) return;
          if (failed.has(notebook)) options.onJudged(mutant, false);
          else passed.push(mutant);
        },
        stop: () => server.stop(),
      };
    },
    onEvent: (event) => {
      if (event.type === "end" && event.result.failures.length > 0) {
        failed.add(event.result.notebook);
      }
    },
  });
  return passed;
}

/** What a run left behind is taken away, so that the next one begins as the first did. */
async function cleaned(url: string, settings: readonly string[]): Promise<{ wasClean: boolean }> {
  const redis = new Redis(url);
  try {
    const hasKeys = /^db\d+:keys=/m.test(await redis.info("keyspace"));
    await redis.flushall();
    await redis.script("FLUSH");
    const now = await redis.config("GET", "*");
    const changed = now.flatMap((value, index) => {
      const [name, before] = [settings[index - 1], settings[index]];
      return index % 2 === 1 && name && before !== undefined && before !== value
        ? [[name, before] as const]
        : [];
    });
    for (const [name, value] of changed) await redis.config("SET", name, value);
    return { wasClean: !hasKeys && changed.length === 0 };
  } finally {
    redis.disconnect();
  }
}

async function settingsOf(url: string): Promise<string[]> {
  const redis = new Redis(url);
  try {
    return await redis.config("GET", "*");
  } finally {
    redis.disconnect();
  }
}

import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { describeMutant } from "../mutate/describe-mutant.js";
import { mutantsOf } from "../mutate/mutants.js";
import { findSurvivors } from "../mutate/survivors.js";
import { seededRandom } from "../check/seeded-random.js";
import { UsageError } from "notebook-runner/errors";
import { bundledTypescript } from "notebook-runner/run/launch";
import { defaultJobs } from "notebook-runner/cli/options";
import { shortPath } from "notebook-runner/read/select-files";
import { LAB, root } from "../project.js";
import type { EndRequest } from "guarded-processes/end-on-signals";
import { findRedis, openRedis } from "../redis/redis.js";
import { runMain } from "guarded-processes/run-main";
import { namedNotebooks } from "./named-notebooks.js";

const HELP = `Changes what the cells of notebooks send to Redis, one thing at a time, and runs each changed
notebook: a change that no output shows is one that no test would find.

Usage: npm run mutate:notebooks -- [options] [files, folders or globs]     (default: notebooks/*.ipynb)

  --max N    changes a notebook at most, picked at random (default: 10)
  --seed N   picks the same again
  --jobs N   runs at a time (default: one more than cores)
  --help

Changed are keys, values, numbers and options among the arguments of commands, and numbers and texts
in Lua scripts. Left out are calls in wire and lines of cli, which print what they send, cells tagged
volatile, and what no reply can show: limits of waits, lifetimes in milliseconds, COUNT of a scan.

Exit status: 0 every change was found, 1 some were not, 2 wrong usage or input, 130 interrupted.
`;

await runMain(LAB, main);

async function main({ signal }: EndRequest): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      max: { type: "string", default: "10" },
      seed: { type: "string", default: String(randomInt(1_000_000)) },
      jobs: { type: "string", default: String(defaultJobs()) },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [max, seed, jobs] = [
    count("max", values.max),
    Number(values.seed),
    count("jobs", values.jobs),
  ];
  if (!Number.isInteger(seed))
    throw new UsageError(`--seed takes a whole number, not "${values.seed}".`);
  const notebooks = await namedNotebooks(positionals, root);
  const random = seededRandom(seed);
  const mutants = notebooks.flatMap((notebook) => mutantsOf(notebook, random).slice(0, max));
  console.log(`${mutants.length} changes in ${notebooks.length} notebooks, --seed ${seed}`);

  // A Redis of its own for each job, also where REDIS_URL is set: it is emptied after each run.
  const { REDIS_URL: _, ...env } = process.env;
  const source = await findRedis({ root, env, log: (line) => console.error(line), signal });
  let judged = 0;
  const survivors = await findSurvivors(mutants, {
    // Types are not checked: a change is to show in an output.
    launch: bundledTypescript(["--check=off"]),
    env,
    jobs,
    signal,
    openServer: () => openRedis(source),
    onJudged: (mutant, survived) => {
      const mark = survived ? "SURVIVED" : "found";
      const { notebook, position } = mutant;
      console.log(
        `[${++judged}/${mutants.length}] ${mark} ${shortPath(notebook.file)} code cell ${position + 1}`,
      );
      if (survived) console.log(describeMutant(mutant));
    },
  });
  console.log(`${judged - survivors.length} found, ${survivors.length} survived`);
  return survivors.length === 0 ? 0 : 1;
}

function count(name: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= 100_000) return number;
  throw new UsageError(`--${name} takes a whole number from 1 to 100000, not "${value}".`);
}

import { expect, test } from "vitest";
import { describeMutant } from "#lab/mutate/describe-mutant.js";
import { changedSource, mutantsOf, type Mutant } from "#lab/mutate/mutants.js";
import { findSurvivors } from "#lab/mutate/survivors.js";
import { bundledTslab } from "#runner/run/launch.js";
import { parseNotebook } from "#runner/read/notebook.js";
import { findRedis, openRedis } from "#lab/redis/redis.js";
import { notebookText } from "../../runner/fixtures.js";
import { root } from "../../root.js";

test("a change is found by an output or by running its cell again; what is read nowhere survives", async () => {
  const cells = [
    { source: 'import { clearKeys, closeAll, connect } from "redis-lab";' },
    { source: "const redis = await connect();" },
    {
      source: 'await redis.del("lab:m:list");\nawait redis.rpush("lab:m:list", 7);',
      stored: "1\n",
    },
    { source: 'await redis.llen("lab:m:list");', stored: "1\n" },
    { source: 'await clearKeys("lab:m:");\nawait closeAll();' },
  ];
  const notebook = parseNotebook(`${root}/notebooks/mutants.ipynb`, notebookText(cells));
  const all = mutantsOf(notebook, Math.random);
  expect(all.filter(({ position }) => position === 2)).toHaveLength(3);
  const withSource = (part: string) => all.filter((mutant) => changedSource(mutant).includes(part));
  const mutants = ['del("lab:m:list~', 'llen("lab:m:list~', "8"].flatMap(withSource);
  const env = { ...process.env, REDIS_URL: "" };
  const source = await findRedis({ root, env, log: () => {} });
  const found: Mutant[] = [];
  const survivors = await findSurvivors(mutants, {
    launch: bundledTslab(),
    env,
    jobs: 3,
    signal: new AbortController().signal,
    openServer: () => openRedis(source),
    onJudged: (mutant, survived) => {
      if (!survived) found.push(mutant);
    },
  });
  expect(found).toHaveLength(2);
  expect(survivors.map(describeMutant).join("")).toMatch(
    /mutants\.ipynb, cell 3 \(code cell 3 of 5\), 2:33\n {4}- .* 7\);\n {4}\+ .* 8\);\n/,
  );
}, 180_000);

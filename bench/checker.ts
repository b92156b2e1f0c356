import { mkdtemp, rm } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Checker } from "#kernel/checker/checker.js";

// Milliseconds that the checker takes for the cells of a session of 40 that uses ioredis: each cell
// for the first time, edited, and unchanged; completion and hover at its end; memory of its process.
// Usage: node scripts/bootstrap.mjs ../bench/checker [ROUNDS]. Ratios are within one round.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const rounds = Number(process.argv[2] ?? 3);

const CELLS = [
  'import { connect, table } from "redis-lab";\nconst redis = await connect("bench");\nawait redis.ping();',
  'import { Redis, type RedisOptions } from "ioredis";\nconst options: RedisOptions = { lazyConnect: true };',
  "interface User { id: number; name: string; tags: string[] }\nconst users: User[] = [{ id: 1, name: 'Ola', tags: [] }];",
  "class Store { constructor(readonly client: Redis) {}\n  async save(user: User) { return this.client.hset(`user:${user.id}`, { name: user.name }) } }",
  "const store = new Store(redis);\nawait store.save(users[0]!);",
];
for (let n = CELLS.length; n < 40; n++) {
  CELLS.push(
    [
      `const value${n} = await redis.get("key:${n}");\nvalue${n}?.length;`,
      `await redis.set("key:${n}", ${n});\nconst count${n} = await redis.incrby("key:${n}", 240);\ncount${n} + 1;`,
      `function summary${n}(list: User[]) { return list.map(({ name, tags }) => name + tags.join(",")) }\nsummary${n}(users);`,
      `for (const user of users) await store.save(user);\nconst saved${n} = await redis.hgetall("user:1");\nsaved${n}["name"];`,
      `const pipeline${n} = redis.pipeline();\npipeline${n}.rpush("list:${n}", "a", "b");\nconst replies${n} = await pipeline${n}.exec();`,
    ][n % 5] ?? "",
  );
}

const folder = await mkdtemp(join(tmpdir(), "checker-bench-"));
try {
  for (let round = 1; round <= rounds; round++) await measure(round);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(round: number): Promise<void> {
  const from = performance.now();
  const checker = Checker.start({
    cwd: join(root, "notebooks"),
    firstCheckMs: 60_000,
    checkMs: 60_000,
  });
  await checker.check("1");
  const start = performance.now() - from;
  const [first, again, same]: number[][] = [[], [], []];
  for (const cell of CELLS) first!.push(await timed(checker, cell));
  for (const cell of CELLS) again!.push(await timed(checker, `${cell}\n// edited`));
  for (const cell of CELLS) {
    await checker.check(cell);
    const now = performance.now();
    await checker.check(cell);
    same!.push(performance.now() - now);
    checker.accept(cell);
  }
  const code = `${CELLS[39]}\nredis.`;
  const complete = await once(() => checker.complete(code, code.length));
  const scope = await once(() => checker.complete("us", 2));
  const inspect = await once(() => checker.inspect("redis.hgetall", 8, 0));
  const [early, late] = [first!.slice(5, 20), again!.slice(25)];
  console.log(
    `round ${round}: ready ${start.toFixed(0)} ms; first cell ${first![0]!.toFixed(0)} ms; ` +
      `a cell ${median(first!).toFixed(1)} ms (worst ${Math.max(...first!.slice(2)).toFixed(0)}), ` +
      `edited ${median(again!).toFixed(1)} ms, unchanged ${median(same!).toFixed(2)} ms; ` +
      `late to early cells ${(median(late) / median(early)).toFixed(2)}; ` +
      `members ${complete.toFixed(0)} ms, names ${scope.toFixed(0)} ms, hover ${inspect.toFixed(0)} ms; ` +
      `${memory(checker.pid)} MB`,
  );
  await checker.dispose();
}

async function timed(checker: Checker, cell: string): Promise<number> {
  const from = performance.now();
  const found = await checker.check(cell);
  const took = performance.now() - from;
  if (found.length > 0) throw new Error(`${cell}\n${JSON.stringify(found)}`);
  checker.accept(cell);
  return took;
}

async function once(ask: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await ask();
  return performance.now() - from;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Resident memory, as Linux tells it. */
function memory(pid: number | undefined): string {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024).toFixed(0);
  } catch {
    return "?";
  }
}

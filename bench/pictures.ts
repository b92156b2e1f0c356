import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { PREFIX } from "redis-lab-jobs";
import { findRedis, openRedis } from "redis-lab-start/redis/redis";
import { startWorker } from "redis-lab-start/services/job-services";
import { LIMITS } from "#web/limits.js";
import { startWeb } from "#web/start.js";
import { Referee } from "./pictures/referee.js";

// Sends every file of a folder through the page and a worker, as a visitor would, and compares each
// thumbnail with what Chromium shows of the original.
// Usage: npm run bench:pictures -- FOLDER [EDGE]. Exit status 1 when a thumbnail looks otherwise.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [folder, edge = "160"] = process.argv.slice(2);
/** Mean difference of colours, of 255. */
const MOST = 6;
const LIMIT_MS = 120_000;

interface Row {
  readonly file: string;
  readonly outcome: string;
  readonly mean?: number | undefined;
  readonly sizes: string;
}

if (folder === undefined) {
  console.error("Usage: npm run bench:pictures -- FOLDER [EDGE]");
  process.exit(2);
}
const mediaRoot = await mkdtemp(join(tmpdir(), "redis-lab-pictures-"));
const redis = await openRedis(await findRedis({ root, env: process.env, log: console.error }));
const worker = await startWorker({
  env: { ...process.env, REDIS_URL: redis.url, MEDIA_ROOT: mediaRoot },
});
const limits = { ...LIMITS, uploadsPerMinute: 1e6, requestsPerMinute: 1e6 };
const web = await startWeb({
  redisUrl: redis.url,
  prefix: PREFIX,
  mediaRoot,
  host: "127.0.0.1",
  port: 0,
  limits,
});
const referee = await Referee.open();
const rows: Row[] = [];
let last: Promise<unknown> = Promise.resolve();
try {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  files.sort();
  // The page and the worker are busy with some at a time; the referee looks at one.
  const queue = files.entries();
  const run = async () => {
    for (const [, file] of queue) rows.push(await judged(file));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, run));
  rows.sort((a, b) => a.file.localeCompare(b.file));
  for (const { file, outcome, mean, sizes } of rows) {
    const shown = mean === undefined ? "     -" : mean.toFixed(1).padStart(6);
    console.log(`${shown}  ${sizes.padEnd(24)}  ${file}  ${outcome}`);
  }
  const compared = rows.filter(({ mean }) => mean !== undefined);
  const bad = compared.filter(({ mean = 0 }) => mean > MOST);
  const made = rows.filter(({ outcome }) => outcome.startsWith("made")).length;
  console.log(
    `${rows.length} files: ${made} made, ${rows.length - made} refused or failed; ` +
      `${compared.length} compared, ${bad.length} differ by more than ${MOST}`,
  );
  process.exitCode = bad.length === 0 ? 0 : 1;
} finally {
  await referee.close();
  await web.close();
  await worker.stop();
  await redis.stop();
  await rm(mediaRoot, { recursive: true, force: true });
}

async function judged(path: string): Promise<Row> {
  const file = relative(folder ?? "", path);
  const original = await readFile(path);
  const form = new FormData();
  form.append("sizes", `${edge}x${edge}`);
  form.append("image_file", new Blob([new Uint8Array(original)]), basename(path));
  const headers = { accept: "application/json" };
  const sent = await fetch(web.url, { method: "POST", body: form, headers });
  const answer = (await sent.json()) as { task_id?: string; error?: string };
  if (answer.task_id === undefined) {
    return { file, outcome: `refused: ${answer.error}`, sizes: `${original.length}` };
  }
  const { results, error } = await ended(answer.task_id);
  const [made] = results?.thumbnails ?? [];
  if (made === undefined) return { file, outcome: `failed: ${error}`, sizes: `${original.length}` };
  const answered = await fetch(new URL(made.path, web.url));
  const thumbnail = Buffer.from(await answered.arrayBuffer());
  const mean = await oneAtATime(() => referee.compare(original, thumbnail));
  const not = mean === undefined ? ["Chromium does not show it"] : [];
  const larger = thumbnail.length > original.length ? ["larger than the original"] : [];
  const outcome = ["made", ...not, ...larger, ...(results?.notes ?? [])].join("; ");
  const sizes = `${original.length} > ${thumbnail.length} (${made.width}x${made.height})`;
  return { file, outcome, mean, sizes };
}

interface Task {
  readonly task_status: string;
  readonly error: string | null;
  readonly results: {
    readonly thumbnails: readonly { path: string; width: number; height: number }[];
    readonly notes: readonly string[];
  } | null;
}

async function ended(id: string): Promise<Task> {
  for (const until = Date.now() + LIMIT_MS; ;) {
    const answer = await fetch(`${web.url}/task/${id}`, {
      headers: { accept: "application/json" },
    });
    const task = (await answer.json()) as Task;
    if (task.task_status === "SUCCESS" || task.task_status === "FAILURE") return task;
    if (Date.now() > until) return { ...task, error: `no end within ${LIMIT_MS} ms` };
    await sleep(20);
  }
}

async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work);
  last = next.catch(() => {});
  return next;
}

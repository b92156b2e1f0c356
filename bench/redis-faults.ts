import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { FAULTS } from "./redis-faults/faults.js";
import { runFault } from "./redis-faults/run-fault.js";

// Lets Redis restart, fail over, lose a cluster's node or its memory, the disk fill up, and a worker
// start with a wrong folder, while two workers do jobs; and looks whether any was lost or done twice.
// Usage: npm run bench:redis-faults [-- JOBS [FAULT...]]. Exit status 1 when something was.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [jobs = "1000", ...wanted] = process.argv.slice(2);
/** Lines that all workers together may write about a fault. */
const MOST_LINES = 100;

const picture = await readFile(join(root, "notebooks", "pictures", "phone.jpg"));
for (const name of wanted.length > 0 ? wanted : Object.keys(FAULTS)) {
  const folder = await mkdtemp(join(tmpdir(), "redis-lab-faults-"));
  try {
    const started = performance.now();
    const options = { root, folder, picture, jobs: Number(jobs), lastsMs: 5000 };
    const found = await runFault(name, options);
    const { lost, doneTwice, broken, leftBehind, begunAgain, lines, statuses } = found;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const isQuiet = lines.length <= MOST_LINES;
    const isGood =
      lost.length + doneTwice.length + broken.length === 0 &&
      isQuiet &&
      statuses.every((status) => status === 2);
    console.log(
      `${name}: ${jobs} jobs in ${seconds} s, lost ${lost.length}, done twice ` +
        `${doneTwice.length}, broken zips ${broken.length}, begun again ${begunAgain}, ` +
        `files left behind ${leftBehind.length}, ${lines.length} lines` +
        `${statuses.length > 0 ? `, status ${statuses.join()}` : ""}: ${isGood ? "good" : "BAD"}`,
    );
    const bad = [...lost, ...doneTwice, ...broken, ...leftBehind, ...(isQuiet ? [] : lines)];
    for (const line of bad.slice(0, 30)) console.log(`    ${line}`);
    if (!isGood) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

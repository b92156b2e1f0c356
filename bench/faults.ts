import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { endOnSignals } from "guarded-processes/end-on-signals";
import { seededRandom } from "#lab/check/seeded-random.js";
import { endMarked } from "./faults/processes.js";
import { copyProject } from "./faults/project-copy.js";
import { runFaults } from "./faults/run-faults.js";
import { faultTable } from "./faults/table.js";

// Kills each process of running and of starting labs at random moments, and prints what was left, what
// was lost and how long it took. Usage: npm run bench:faults [-- FAULTS SEED] (Linux; JupyterLab must
// be installed: npm run setup). Exit status 1 when anything was left or lost.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [faults = 100, seed = Date.now() % 1e6] = process.argv.slice(2).map(Number);
const { signal } = endOnSignals();
console.log(`${faults} faults, seed ${seed}`);
const copy = await copyProject(root);
try {
  const random = seededRandom(seed);
  const found = await runFaults({ copy, faults, random, signal, log: console.log });
  console.log(`\n${faultTable(found)}`);
  const bad = found.filter(({ left, lost }) => left.length + lost.length > 0);
  console.log(`\n${found.length} faults, ${bad.length} left or lost something.`);
  process.exitCode = bad.length > 0 || found.length < faults ? 1 : 0;
} finally {
  await endMarked(copy.mark);
  await copy.remove();
}

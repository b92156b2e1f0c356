import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installJupyterLab } from "redis-lab-start/jupyter/jupyter-lab-install";
import { peers } from "./peers/manifest.js";
import { runPeers } from "./peers/run-peers.js";

// Notebooks that do what those of the tests of five other runners do, and what each must give.
// Usage: npm run bench:peers [-- PEER...]
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const bin = join(root, "src", "runner", "dist", "bundle", "cli", "bin.js");
await installJupyterLab({ root, env: process.env, log: console.error });
const env = {
  ...process.env,
  PATH: `${join(root, ".venv", "bin")}:${process.env["PATH"] ?? ""}`,
};
const wanted = process.argv.slice(2);
let [agree, all] = [0, 0];
for (const [peer, notebooks] of Object.entries(peers)) {
  if (wanted.length > 0 && !wanted.includes(peer)) continue;
  const differences = await runPeers(notebooks, [process.execPath, bin], env);
  const features = notebooks.filter(({ ownFeature }) => ownFeature !== undefined).length;
  all += notebooks.length;
  agree += notebooks.length - differences.length;
  console.log(
    `${peer}: ${notebooks.length - differences.length} of ${notebooks.length} as they must ` +
      `(${features} without a feature that only ${peer} has)`,
  );
  for (const { name, difference } of differences) console.log(`  ${name}: ${difference}`);
}
console.log(`${agree} of ${all}`);
process.exitCode = agree === all ? 0 : 1;

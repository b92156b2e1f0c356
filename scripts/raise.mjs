// Raises dependencies to their newest versions in every package.json that names them, to try whether the
// project passes with them: `node scripts/raise.mjs NAME...`, then `npm install`.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const files = ["", ...readdirSync(join(root, "src")).map((folder) => join("src", folder))].map(
  (folder) => join(root, folder, "package.json"),
);
for (const name of process.argv.slice(2)) {
  const newest = execFileSync("npm", ["view", name, "version"], { encoding: "utf8" }).trim();
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const raised = text.replace(new RegExp(`("${name}": ")[^"]+`, "g"), `$1${newest}`);
    if (raised !== text) writeFileSync(file, raised);
  }
  console.log(`${name} ${newest}`);
}

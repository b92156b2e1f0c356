import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { runMain } from "guarded-processes/run-main";
import { labFiles, labFolderOf } from "redis-lab-jobs/lab-folder";
import { LAB, root } from "../project.js";
import { buildSite } from "../site/build-site.js";
import { installPinned, sitePython } from "../python/pinned-python.js";
import { join } from "node:path";

const HELP = `Makes static pages of all notebooks, in English and in Polish: to be read without running anything.

Usage: npm run site -- [--out FOLDER]     (default: .lab/site/html)

Exit status: 0 made, 1 it could not be made, 2 wrong usage.
`;

await runMain(LAB, async ({ signal }) => {
  const { values } = parseArgs({ options: { out: { type: "string" }, help: { type: "boolean" } } });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const folder = labFiles(labFolderOf(root)).site;
  const out = resolve(process.env["INIT_CWD"] ?? ".", values.out ?? join(folder, "html"));
  const log = (line: string) => console.error(line);
  const python = await installPinned(
    { root, env: process.env, log, signal },
    sitePython(root, join(folder, "python")),
  );
  const pages = await buildSite({
    root,
    python,
    work: join(folder, "work"),
    out,
    env: process.env,
    signal,
  });
  console.log(`${pages} pages: ${join(out, "index.html")}`);
  return 0;
});

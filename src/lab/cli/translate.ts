import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { runMain } from "guarded-processes/run-main";
import { LAB, root } from "../project.js";
import { translateAll } from "../translate/translate-all.js";

const HELP = `Makes notebooks/pl of the English notebooks and the Polish prose in translations/pl.

Usage: npm run translate -- [--accept NAME]...

--accept NAME  the translation of notebooks/NAME.ipynb has been brought up to date: remember it

Exit status: 0 all is translated, 1 something is missing or out of date, 2 wrong usage or input.
`;

await runMain(LAB, main);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { accept: { type: "string", multiple: true }, help: { type: "boolean" } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { changes, problems } = await translateAll({ root, accepted: values.accept ?? [] });
  for (const [file, content] of changes) {
    if (content === undefined) await rm(file);
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
  for (const problem of problems) console.log(problem);
  console.log(`${changes.size} files written, ${problems.length} things left to translate`);
  return problems.length === 0 ? 0 : 1;
}

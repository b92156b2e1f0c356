import { parseArgs } from "node:util";
import { describeError } from "../check/describe-error.js";
import { typeCheck } from "../check/type-check.js";
import { runMain } from "guarded-processes/run-main";
import { LAB, root } from "../project.js";
import { namedNotebooks } from "./named-notebooks.js";

const HELP = `Checks the cells of notebooks with TypeScript 7 under its strict rules, each notebook as one module.

Usage: npm run check:notebooks -- [files, folders or globs]     (default: notebooks/*.ipynb)

Exit status: 0 no error, 1 errors in cells, 2 wrong usage or input.
`;

await runMain(LAB, main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean" } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const notebooks = await namedNotebooks(positionals, root);
  const errors = typeCheck(notebooks, root);
  for (const error of errors) console.log(describeError(error));
  const failed = new Set(errors.map(({ notebook }) => notebook)).size;
  const found =
    errors.length === 0 ? "no error" : `${counted(errors.length, "error")} in ${failed} of them`;
  console.log(`${counted(notebooks.length, "notebook")} checked, ${found}`);
  return errors.length === 0 ? 0 : 1;
}

function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

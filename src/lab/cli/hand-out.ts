import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runMain } from "guarded-processes/run-main";
import { UserError } from "guarded-processes/user-error";
import { handOut } from "../class/hand-out.js";
import { LAB, root } from "../project.js";

const HELP = `Copies notebooks without their solutions, to be handed out to a class.

Usage: npm run hand-out -- FOLDER [NAME]... [--polish]

NAME is that of a notebook, such as 2a-listy-br; default: all. With --polish it is the Polish one.
`;

await runMain(LAB, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { polish: { type: "boolean" }, help: { type: "boolean" } },
  });
  const [name, ...stems] = positionals;
  if (values.help || name === undefined) {
    process.stdout.write(HELP);
    return values.help ? 0 : 2;
  }
  const to = resolve(process.env["INIT_CWD"] ?? ".", name);
  const from = join(root, "notebooks", ...(values.polish ? ["pl"] : []));
  const names = await handOut(from, to, stems).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw new UserError(`There is no ${error.path}.`);
    if (error.code === "EEXIST") throw new UserError(`${error.path} is there already.`);
    throw error;
  });
  console.log(`${names.length} notebooks without solutions: ${to}`);
  return 0;
});

import { adviceForMagic } from "../compile/magics.js";
import type { CellError } from "../link.js";
import { modulesWith } from "../modules/installed-exports.js";
import type { UnrunCells } from "./unrun-cells.js";

/**
 * Says of a name that is not there, in a cell whose types were not checked, what can be done: which cell
 * to run, which import to add, what to write instead of a command of IPython.
 */
export function explainError<E extends Pick<CellError, "ename" | "evalue" | "traceback">>(
  error: E,
  code: string,
  context: { readonly cwd: string; readonly unrun: UnrunCells },
): E {
  const missing = /^([\p{ID_Start}$_][\p{ID_Continue}$]*) is not defined$/u.exec(error.evalue)?.[1];
  if (error.ename !== "ReferenceError" || missing === undefined) return error;
  const advice = adviceFor(missing, code, context);
  if (advice === undefined) return error;
  const [first = "", ...rest] = error.traceback;
  return {
    ...error,
    evalue: `${error.evalue}. ${advice}`,
    traceback: [`${first}. ${advice}`, ...rest],
  };
}

function adviceFor(
  name: string,
  code: string,
  { cwd, unrun }: { readonly cwd: string; readonly unrun: UnrunCells },
): string | undefined {
  const magic = adviceForMagic(code, (one) => one !== name);
  if (magic) return magic.message;
  if (unrun.among([name], code).length > 0) {
    return "It is declared in a cell that has not run. Run that first.";
  }
  const [module] = modulesWith(name, cwd);
  return module && `Import it: \`import { ${name} } from ${JSON.stringify(module)}\``;
}

import type { Diagnostic } from "../checker/checker.js";
import { adviceForMagic } from "../compile/magics.js";
import { installAdvice } from "../modules/install-advice.js";
import { modulesWith } from "../modules/installed-exports.js";
import type { UnrunCells } from "./unrun-cells.js";

/** A name is not there. */
const NO_NAME: ReadonlySet<number> = new Set([2304, 2552, 2503, 2662, 2663, 2749, 18_004]);
/** A module is not there. */
const NO_MODULE: ReadonlySet<number> = new Set([2307, 2792, 2882]);
/** JSX without React, or another package that it is made with. */
const NO_JSX_RUNTIME: ReadonlySet<number> = new Set([2874, 2875]);
/** Something is implicitly `any`: as a rule, because of a name that is not there. */
const isImplicit = (code: number) => code >= 7005 && code <= 7053;

/**
 * Says what can be done about errors of types: which package to install, which cell to run, what to
 * write instead of a command of IPython. A name is told of once.
 */
export function explainDiagnostics(
  code: string,
  found: readonly Diagnostic[],
  context: { readonly cwd: string; readonly unrun: UnrunCells },
): readonly Diagnostic[] {
  const missing = [...new Set(found.flatMap((one) => missingName(one) ?? []))];
  if (missing.length === 0) return found.map((one) => withInstall(one, context.cwd));
  const magic = adviceForMagic(code, (name) => !missing.includes(name));
  const [first] = found.filter((one) => missingName(one) !== undefined);
  if (magic && first) return [{ ...first, message: magic.message }];
  const unrun = context.unrun.among(missing, code);
  const told = new Set<string>();
  let isUnrunTold = false;
  const explained: Diagnostic[] = [];
  for (const one of found) {
    const name = missingName(one);
    if (unrun.length > 0 && isImplicit(one.code)) continue;
    if (name === undefined) {
      explained.push(withInstall(one, context.cwd));
    } else if (unrun.includes(name)) {
      if (!isUnrunTold) explained.push({ ...one, message: unrunMessage(unrun) });
      isUnrunTold = true;
    } else if (!told.has(name)) {
      explained.push(withImport(one, name, context.cwd));
    }
    if (name !== undefined) told.add(name);
  }
  return explained;
}

function missingName({ code, message, file }: Diagnostic): string | undefined {
  if (!NO_NAME.has(code) || file) return undefined;
  return /'([^']+)'/.exec(message)?.[1];
}

/** Which import a name may be missing. */
function withImport(one: Diagnostic, name: string, cwd: string): Diagnostic {
  const [module] = modulesWith(name, cwd);
  if (module === undefined || /Did you mean/.test(one.message)) return one;
  const advice = `Import it: \`import { ${name} } from ${JSON.stringify(module)}\``;
  return { ...one, message: `${one.message}\n  ${advice}` };
}

function withInstall(one: Diagnostic, cwd: string): Diagnostic {
  const named = NO_MODULE.has(one.code) ? /'([^']+)'/.exec(one.message)?.[1] : undefined;
  const specifier = NO_JSX_RUNTIME.has(one.code) ? "react" : named;
  const advice = specifier === undefined ? undefined : installAdvice(specifier, cwd);
  return advice === undefined ? one : { ...one, message: `${one.message}\n  ${advice}` };
}

function unrunMessage(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const [last] = quoted.splice(-1);
  if (quoted.length === 0) return `${last} is declared in a cell that has not run. Run that first.`;
  return `${quoted.join(", ")} and ${last} are declared in a cell that has not run. Run that first.`;
}

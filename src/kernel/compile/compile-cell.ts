import { createRequire } from "node:module";
import type MagicString from "magic-string";
import type { CompiledCell } from "../link.js";
import { placeOf } from "../output/code-frame.js";
import { isFunction, walk, type Node } from "./ast.js";
import { guardConstants } from "./constants.js";
import { hoistDeclarations } from "./declarations.js";
import { importedPackages, rewriteImports } from "./imports.js";
import { CLOSE, KERNEL, newNames, type Names } from "./names.js";
import { renameReferences } from "./rename.js";
import { stripCell } from "./strip-cell.js";
import type { StripOptions } from "./strip-types.js";

const require = createRequire(import.meta.url);

const SAMPLE =
  "import { a } from 'a'; const b: number = await a(1); function c(d: string) { return b + d } c('e')";
/** So often V8 has to see the compiler's code before it compiles that itself. */
const WARM_UP_ROUNDS = 40;

/**
 * Loads what compiling needs, and lets V8 compile that, before the first cell asks for it. In small
 * parts: who asks meanwhile is answered.
 */
export function warmUp(rounds = WARM_UP_ROUNDS): void {
  compileCell(SAMPLE, 0, newNames(), { legacyDecorators: false });
  if (rounds > 1) setImmediate(() => warmUp(rounds - 1));
}

/**
 * Compiles a cell for V8's REPL mode:
 *
 * - all declarations become `let`, the one kind that any later cell may declare again
 * - the names of cells become such as no package knows
 * - functions and imports move to the beginning, as they take effect before everything else
 * - `import` asks the kernel, since the REPL has no module loader
 * - each `await` and `catch` looks whether the cell was stopped meanwhile
 * - the value of a last expression is handed over
 *
 * @throws {CompileError} for what is no TypeScript
 */
export function compileCell(
  source: string,
  id: number,
  names: Names,
  options: Omit<StripOptions, "keepImports">,
): CompiledCell {
  const { code, map, program } = stripCell(source, { ...options, keepImports: true });
  const Text = (require("magic-string") as { default: typeof MagicString }).default;
  const text = new Text(code);
  const body = program["body"] as readonly Node[];
  const last = lastStatement(body);
  if (last?.type === "ExpressionStatement") {
    const expression = last["expression"] as Node;
    // Two brackets: `(a, b)` has lost its own.
    text.appendRight(expression.start, `${KERNEL}.value((`);
    text.prependLeft(expression.end, "))");
  }
  const imports = rewriteImports(program, text, names);
  const header = hoistDeclarations(program, text, names);
  rewriteExpressions(program, text);
  guardConstants(program, text, names);
  tellAwaits(program, code, text);
  const undeclared = renameReferences(program, text, names);
  // One line: what comes before the cell's own lines must not move them.
  text.prepend(`"use strict";${header}${imports}`);
  text.append(`\n;void 0\n//# sourceURL=cell-${id}`);
  const second = text.generateMap({ hires: "boundary" }).toString();
  return {
    code: text.toString(),
    maps: [second, map],
    packages: importedPackages(program),
    declared: [...names.fresh],
    undeclared,
  };
}

/** `using` puts the whole cell into a block of `try`. */
function lastStatement(body: readonly Node[]): Node | undefined {
  // oxc adds `export {}` where all imports were those of types.
  const last = body.findLast((node) => node.type !== "ExportNamedDeclaration" || !isEmpty(node));
  if (last?.type !== "TryStatement") return last;
  const inner = (last["block"] as Node)["body"] as readonly Node[];
  const isLowered = inner.some(
    (one) => one.type === "VariableDeclaration" && /_usingCtx|__using/.test(JSON.stringify(one)),
  );
  return isLowered ? inner.at(-1) : last;
}

function isEmpty(node: Node): boolean {
  return !node["declaration"] && !node["source"] && (node["specifiers"] as Node[]).length === 0;
}

function rewriteExpressions(program: Node, text: MagicString): void {
  walk(program, (node, parent) => {
    switch (node.type) {
      case "AwaitExpression":
        text.appendRight(node.start, `${KERNEL}.live(`);
        text.prependLeft(node.end, CLOSE);
        break;
      case "ForOfStatement":
        if (node["await"] === true) checkEachTurn(node["body"] as Node, text);
        break;
      case "CatchClause":
        catchErrors(node, text);
        break;
      case "ImportExpression":
        text.update(node.start, node.start + "import".length, `${KERNEL}.import`);
        break;
      case "MetaProperty":
        if (((node["meta"] as Node)["name"] as string) === "import") {
          text.update(node.start, node.end, `${KERNEL}.meta`);
        }
        break;
      case "Identifier":
        if (node["name"] === "babelHelpers" && parent?.type === "MemberExpression") {
          text.update(node.start, node.end, `${KERNEL}.helpers`);
        }
        break;
    }
  });
}

/**
 * Says before each `await` of the top level where it stands: an error that a package makes later, in
 * a callback, has no frame of the cell; and behind it what is awaited, which may be a process.
 */
function tellAwaits(program: Node, code: string, text: MagicString): void {
  walk(program, (node) => {
    if (isFunction(node)) return false;
    if (node.type !== "AwaitExpression") return;
    const { line, column = 1 } = placeOf(code, node.start);
    const awaited = node["argument"] as Node;
    text.appendRight(awaited.start, `(${KERNEL}.at(${line},${column}),${KERNEL}.awaits(`);
    text.prependLeft(awaited.end, "))");
  });
}

/** V8 writes messages with the names that it knows. */
function catchErrors(clause: Node, text: MagicString): void {
  const body = clause["body"] as Node;
  const caught = clause["param"] as Node | null;
  const name = caught?.type === "Identifier" ? (caught["name"] as string) : "";
  text.appendRight(body.start + 1, `${KERNEL}.caught(${name});`);
}

function checkEachTurn(body: Node, text: MagicString): void {
  if (body.type === "BlockStatement") {
    text.appendRight(body.start + 1, `${KERNEL}.live();`);
  } else if (!isFunction(body)) {
    text.appendRight(body.start, `{${KERNEL}.live();`);
    text.prependLeft(body.end, "}");
  }
}

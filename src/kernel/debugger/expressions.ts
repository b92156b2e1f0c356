import { createRequire } from "node:module";
import type MagicString from "magic-string";
import { isFunction, walk, type Node } from "../compile/ast.js";
import { hoistDeclarations } from "../compile/declarations.js";
import { rewriteImports } from "../compile/imports.js";
import { draft, KERNEL, type Names } from "../compile/names.js";
import { renameReferences } from "../compile/rename.js";
import { lexicalNames, varNames } from "../compile/scopes.js";
import { stripTypes, type Stripped } from "../compile/strip-types.js";
import { DebugError } from "../errors.js";

const require = createRequire(import.meta.url);

/** What the names in an expression mean where it is to be evaluated. */
export interface NameSpace {
  readonly names: Names;
  /** Names of the frame itself, which hide the notebook's. */
  readonly locals: ReadonlySet<string>;
}

export interface ForRepl {
  readonly code: string;
  /** The notebook's names after it. */
  readonly names: Names;
  /** Neither declares nor awaits anything: it can be evaluated while a loop runs. */
  readonly isPlain: boolean;
}

/**
 * TypeScript as JavaScript for a frame of the debugger.
 *
 * @throws {DebugError} for what is no TypeScript, and for `await`: a stopped cell cannot wait
 */
export function compileForFrame(source: string, { names, locals }: NameSpace): string {
  const { code, program } = parsed(source);
  if (awaits(program)) throw new DebugError("While the cell is stopped, nothing can be awaited.");
  const text = textOf(code);
  const body = program["body"] as readonly Node[];
  const own = new Set([...locals, ...lexicalNames(body), ...varNames(program)]);
  renameDeclared(program, text, (name) => names.declared.has(name) && !own.has(name));
  finish(program, text);
  return text.toString();
}

/**
 * TypeScript as JavaScript for V8's REPL mode, between cells; what it declares stays.
 *
 * @throws {DebugError} for what is no TypeScript
 */
export function compileForRepl(source: string, before: Names): ForRepl {
  const names = draft(before);
  const { code, program } = parsed(source);
  const text = textOf(code);
  const imports = rewriteImports(program, text, names);
  const header = hoistDeclarations(program, text, names);
  renameDeclared(program, text, (name) => names.declared.has(name));
  finish(program, text);
  const isPlain = imports === "" && !awaits(program) && !declares(program);
  return { code: `${header}${imports}${text.toString()}`, names, isPlain };
}

/** `{ a: 1 }` is meant as an object, as in every debugger. */
function parsed(source: string): Stripped {
  const attempts = /^\s*\{/.test(source) ? [`(${source})`, source] : [source];
  let failure: unknown;
  for (const attempt of attempts) {
    try {
      return stripTypes("expression.ts", attempt, { keepImports: true, legacyDecorators: false });
    } catch (error) {
      failure = error;
    }
  }
  throw new DebugError(`SyntaxError: ${(failure as Error).message}`);
}

function textOf(code: string): MagicString {
  const Text = (require("magic-string") as { default: typeof MagicString }).default;
  return new Text(code);
}

/** Names that no cell has declared are left to V8, which finds globals or says that there is none. */
function renameDeclared(program: Node, text: MagicString, has: (name: string) => boolean): void {
  renameReferences(program, text, { declared: { has }, builtIn: { has: () => true } });
}

function awaits(program: Node): boolean {
  let found = false;
  walk(program, (node) => {
    if (isFunction(node)) return false;
    found ||= node.type === "AwaitExpression" || node.type === "ImportDeclaration";
  });
  return found;
}

function declares(program: Node): boolean {
  return (program["body"] as readonly Node[]).some(
    (node) => node.type.endsWith("Declaration") && !isNothing(node),
  );
}

function finish(program: Node, text: MagicString): void {
  walk(program, (node) => {
    if (node.type === "ImportExpression") {
      text.update(node.start, node.start + "import".length, `${KERNEL}.import`);
    } else if (node.type === "MetaProperty" && (node["meta"] as Node)["name"] === "import") {
      text.update(node.start, node.end, `${KERNEL}.meta`);
    } else if (isNothing(node)) {
      text.remove(node.start, node.end);
    }
  });
}

/** oxc adds `export {}` where all imports were those of types. */
function isNothing(node: Node): boolean {
  return node.type === "ExportNamedDeclaration" && !node["declaration"] && !node["source"];
}

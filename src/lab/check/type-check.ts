import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { API, type Diagnostic } from "typescript/unstable/sync";
import type { CodeCell, Notebook } from "notebook-runner/read/notebook";
import { cellModule, parses, type CellPosition } from "./cell-module.js";

/** An error that the compiler found in a cell. */
export interface CellTypeError {
  readonly notebook: Notebook;
  readonly cell: CodeCell;
  /** From 1. */
  readonly line: number;
  /** In UTF-16 units, from 1. */
  readonly column: number;
  /** How many characters of the line are wrong, at least 1. */
  readonly length: number;
  /** The number behind `TS`. */
  readonly code: number;
  readonly message: string;
}

const OPTIONS = {
  target: "ES2023",
  lib: ["ES2023"],
  // Notebooks are no part of a package, so its package.json must not decide what they are.
  module: "ESNext",
  moduleResolution: "bundler",
  allowImportingTsExtensions: true,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: ["node"],
};

/** A file that exists for the compiler only. */
interface VirtualFile {
  readonly notebook: Notebook;
  /** What it refers to is elsewhere, so that only its syntax counts. */
  readonly syntaxOnly?: boolean;
  readonly text: string;
  readonly locate: (position: number) => CellPosition | undefined;
}

/**
 * Checks the cells of notebooks under TypeScript's strict rules, each notebook as one module in its
 * folder, all in one process of the compiler.
 *
 * @param root the project, whose types of Node and built lib are used
 * @returns the errors, by notebook and place
 */
export function typeCheck(notebooks: readonly Notebook[], root: string): CellTypeError[] {
  const files = new Map(notebooks.flatMap(virtualFiles));
  const config = join(root, "tsconfig.notebooks.virtual.json");
  const texts = new Map([...files].map(([path, { text }]) => [path, text]));
  texts.set(config, configText([...files.keys()], root));
  const compiler = new API({
    cwd: root,
    fs: {
      // Undefined: ask the real file system.
      readFile: (path) => texts.get(path),
      fileExists: (path) => texts.has(path) || undefined,
    },
  });
  try {
    const project = compiler.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (project === undefined) throw new Error("The compiler opened no project.");
    const { program } = project;
    const ours = [...program.getConfigFileParsingDiagnostics(), ...program.getGlobalDiagnostics()];
    if (ours.length > 0) throw new Error(`The compiler was set up wrong: ${messageOf(ours[0]!)}`);
    const semantic = program
      .getSemanticDiagnostics()
      .filter(({ fileName = "" }) => !files.get(fileName)?.syntaxOnly);
    const found = [...program.getSyntacticDiagnostics(), ...semantic];
    return inOrder(
      notebooks,
      found.flatMap((one) => cellError(one, files) ?? []),
    );
  } finally {
    silence(compiler);
    compiler.close();
  }
}

/** Ended by the SIGTERM of close, the compiler may say "context canceled" on the stderr it shares. */
function silence(compiler: API): void {
  const { client } = compiler as unknown as { client?: { channel?: { child?: ChildProcess } } };
  const child = client?.channel?.child;
  if (child) child.kill = child.kill.bind(child, "SIGKILL");
}

/** A module of the cells that parse, and for each other one a file of its own, to be told why. */
function virtualFiles(notebook: Notebook): [path: string, file: VirtualFile][] {
  const { cells, file } = notebook;
  const good = [...cells.keys()].filter((cell) => parses(cells[cell]!.source));
  const module = cellModule(good.map((cell) => cells[cell]!.source));
  const locate = (position: number) => {
    const place = module.locate(position);
    return place && { ...place, cell: good[place.cell]! };
  };
  return [
    [`${file}.ts`, { notebook, text: module.text, locate }],
    ...[...cells.entries()]
      .filter(([cell]) => !good.includes(cell))
      .map(([cell, { source }]): [string, VirtualFile] => [
        `${file}.${cell}.ts`,
        { notebook, syntaxOnly: true, text: source, locate: (offset) => ({ cell, offset }) },
      ]),
  ];
}

function configText(files: readonly string[], root: string): string {
  return JSON.stringify({
    compilerOptions: {
      ...OPTIONS,
      typeRoots: [join(root, "node_modules", "@types")],
      // A notebook outside of the project finds it as well.
      paths: { "redis-lab": [join(root, "src", "lib", "dist", "index.d.ts")] },
    },
    files,
  });
}

function cellError(found: Diagnostic, files: ReadonlyMap<string, VirtualFile>) {
  const file = files.get(found.fileName ?? "");
  const place = file?.locate(found.pos);
  if (file === undefined || place === undefined) return undefined;
  const cell = file.notebook.cells[place.cell]!;
  const before = cell.source.slice(0, place.offset).split("\n");
  const column = before.at(-1)!.length + 1;
  const lineLength = cell.source.split("\n")[before.length - 1]!.length;
  const length = Math.max(1, Math.min(found.end - found.pos, lineLength - column + 1));
  const { notebook } = file;
  const { code } = found;
  return { notebook, cell, line: before.length, column, length, code, message: messageOf(found) };
}

function messageOf({ text, messageChain = [] }: Diagnostic): string {
  return [text, ...messageChain.map((one) => messageOf(one).replace(/^/gm, "  "))].join("\n");
}

/** By notebook, cell and place; an import of two names may tell of one error twice. */
function inOrder(
  notebooks: readonly Notebook[],
  errors: readonly CellTypeError[],
): CellTypeError[] {
  const key = ({ notebook, cell, line, column, code }: CellTypeError) =>
    [notebooks.indexOf(notebook), cell.index, line, column, code] as const;
  const sorted = errors.toSorted((a, b) => {
    const [one, other] = [key(a), key(b)];
    const differing = one.findIndex((value, index) => value !== other[index]);
    return differing === -1 ? 0 : one[differing]! - other[differing]!;
  });
  return sorted.filter((error, index) => {
    const before = sorted[index - 1];
    return before === undefined || String(key(error)) !== String(key(before));
  });
}

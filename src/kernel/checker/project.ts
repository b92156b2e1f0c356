import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { projectSettings } from "../modules/tsconfig.js";

/** The virtual files of a notebook: all in its folder, so that imports are found from there. */
export interface ProjectFiles {
  readonly config: string;
  readonly cell: string;
  /** The cell when there is JSX in it. */
  readonly cellWithJsx: string;
  readonly globals: string;
}

/** @param cwd the notebook's folder, an absolute path */
export function projectFiles(cwd: string): ProjectFiles {
  const inFolder = (name: string) => path.join(cwd, name).replaceAll("\\", "/");
  return {
    config: inFolder("__notebook__.tsconfig.json"),
    cell: inFolder("__notebook__.ts"),
    cellWithJsx: inFolder("__notebook__.jsx.tsx"),
    globals: inFolder("__notebook__.globals.d.ts"),
  };
}

/** The tsconfig.json of the folder or the nearest above it. */
export function nearestConfig(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    const file = path.join(folder, "tsconfig.json");
    if (existsSync(file)) return file.replaceAll("\\", "/");
    if (path.dirname(folder) === folder) return undefined;
  }
}

/** What a notebook needs whatever its tsconfig.json says. */
const FIXED = {
  noEmit: true,
  module: "preserve",
  moduleResolution: "bundler",
  target: "esnext",
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  esModuleInterop: true,
  skipLibCheck: true,
  // A cell's names are there for the cells that follow.
  noUnusedLocals: false,
  noUnusedParameters: false,
  isolatedModules: false,
  isolatedDeclarations: false,
  verbatimModuleSyntax: false,
  erasableSyntaxOnly: false,
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
} as const;

/**
 * The configuration of a notebook's project.
 *
 * @param parent the nearest tsconfig.json
 * @param known the options that the parent sets, so that they stay
 * @param strict overrules the parent
 */
export function projectConfig(
  cwd: string,
  parent: string | undefined,
  known: Readonly<Record<string, unknown>>,
  strict: boolean | undefined,
): string {
  const files = projectFiles(cwd);
  const nodeTypes = findNodeTypes(cwd);
  const isGiven = (option: string) => known[option] !== undefined;
  return JSON.stringify({
    ...(parent !== undefined && { extends: parent }),
    compilerOptions: {
      ...(!isGiven("lib") && { lib: ["esnext"] }),
      ...(!isGiven("strict") && { strict: true }),
      ...(!isGiven("allowJs") && { allowJs: true }),
      ...(!isGiven("types") && { types: nodeTypes === "near" ? ["node"] : [] }),
      ...(strict !== undefined && { strict }),
      ...FIXED,
      ...jsxOptions(cwd),
    },
    files: [
      files.cell,
      files.cellWithJsx,
      files.globals,
      ...(nodeTypes && nodeTypes !== "near" ? [nodeTypes] : []),
    ],
    include: [],
  });
}

function jsxOptions(cwd: string): Record<string, string> {
  const { runtime, importSource, pragma, pragmaFrag } = projectSettings(path.join(cwd, "_.ts")).jsx;
  if (runtime === "automatic")
    return { jsx: "react-jsx", jsxImportSource: importSource ?? "react" };
  return {
    jsx: "react",
    ...(pragma !== undefined && { jsxFactory: pragma }),
    ...(pragmaFrag !== undefined && { jsxFragmentFactory: pragmaFrag }),
  };
}

/** "near" when the notebook's own @types/node is found, or else the file of the kernel's. */
function findNodeTypes(cwd: string): string | undefined {
  const find = (from: string) => createRequire(from).resolve("@types/node/package.json");
  try {
    find(path.join(cwd, "_.js"));
    return "near";
  } catch {
    try {
      return path.join(path.dirname(find(import.meta.url)), "index.d.ts").replaceAll("\\", "/");
    } catch {
      return undefined;
    }
  }
}

import { readFileSync } from "node:fs";
import path from "node:path";

import { localSource } from "../modules/local-source.js";
import { resolveLocal } from "../modules/resolve-local.js";
import { isOwnFile } from "../output/own-package.js";
import { fileDiagnostics, type Diagnostic } from "./diagnostics.js";
import type { TypeProject } from "./type-project.js";

/** So many errors of files are told before a cell. */
const LIMIT = 10;

/** What is wrong with the types of the user's own files that modules lead to, directly or not. */
export async function localErrors(
  project: TypeProject,
  specifiers: readonly string[],
  cwd: string,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const file of ownFiles(specifiers, cwd)) {
    const raw = await project.diagnosticsOf(file);
    if (raw.length === 0) continue;
    const shown = path.relative(cwd, file).replaceAll("\\", "/");
    found.push(...fileDiagnostics(shown, readFileSync(file, "utf8"), raw));
    if (found.length >= LIMIT) return found.slice(0, LIMIT);
  }
  return found;
}

function ownFiles(specifiers: readonly string[], cwd: string): Set<string> {
  const files = new Set<string>();
  const open = specifiers.flatMap(
    (specifier) => resolveLocal(specifier, path.join(cwd, "_.ts")) ?? [],
  );
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file) || !/(?<!\.d)\.[cm]?tsx?$/.test(file) || !isOwnFile(file, cwd)) continue;
    files.add(file);
    try {
      open.push(...localSource(file).imports);
    } catch {
      // It is no TypeScript: the checker says so as well.
    }
  }
  return files;
}

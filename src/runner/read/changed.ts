import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { UsageError } from "../errors.js";
import { importsOf } from "./imports-of.js";
import type { Notebook } from "./notebook.js";

/** A change of these may change every package that is imported. */
const LOCK_FILES = /(?:^|\/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|requirements\.txt)$/;

/**
 * The notebooks that differ from a git revision, or that import a file which does; all of them when
 * a lock file differs. What git does not know yet, and does not ignore, counts as changed.
 *
 * @throws {UsageError} when there is no such revision, or no repository
 */
export async function changedNotebooks(
  notebooks: readonly Notebook[],
  revision: string,
): Promise<Notebook[]> {
  const [first] = notebooks;
  if (first === undefined) return [];
  const changed = await changedFiles(dirname(first.file), revision);
  if ([...changed].some((file) => LOCK_FILES.test(file))) return [...notebooks];
  const differs = await Promise.all(
    notebooks.map(async (notebook) => {
      if (changed.has(await realpath(notebook.file))) return true;
      return [...(await importsOfNotebook(notebook))].some((file) => changed.has(file));
    }),
  );
  return notebooks.filter((_, index) => differs[index]);
}

/** The files that the cells of a notebook import, and what these import. */
export async function importsOfNotebook({ file, cells }: Notebook): Promise<Set<string>> {
  const real = await realpath(file).catch(() => file);
  return importsOf(real, cells.map(({ source }) => source).join("\n"));
}

async function changedFiles(folder: string, revision: string): Promise<Set<string>> {
  const git = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)("git", ["-C", folder, ...args], {
      maxBuffer: 1e8,
    }).catch((error: Error & { stderr?: string }) => {
      const reason = error.stderr?.trim().split("\n")[0] ?? error.message;
      throw new UsageError(`--changed=${revision}: git says: ${reason}`, { cause: error });
    });
    return stdout.split("\0").filter((line) => line !== "");
  };
  const [root = ""] = await git("rev-parse", "--show-toplevel");
  const differing = await git("diff", "--name-only", "-z", revision, "--");
  const unknown = await git(
    "ls-files",
    "--others",
    "--exclude-standard",
    "--full-name",
    "-z",
    "--",
    `:/`,
  );
  return new Set([...differing, ...unknown].map((file) => join(root.trim(), file)));
}

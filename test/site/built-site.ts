import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSite } from "#lab/site/build-site.js";
import { installPinned, sitePython } from "#lab/python/pinned-python.js";
import { root } from "../root.js";

export interface BuiltSite {
  readonly folder: string;
  /** The Python that made it. */
  readonly python: string;
  readonly remove: () => Promise<void>;
}

/** Builds the site into a fresh folder. */
export async function builtSite(): Promise<BuiltSite> {
  const folder = await mkdtemp(join(tmpdir(), "site ż-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const { env } = process;
  try {
    const log = (line: string) => console.error(line);
    const home = join(root, ".lab", "site", "python");
    const python = await installPinned({ root, env, log }, sitePython(root, home));
    const { signal } = new AbortController();
    const [work, out] = [join(folder, "work"), join(folder, "html")];
    await buildSite({ root, python, work, out, env, signal });
    return { folder: out, python, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The files of a folder, with slashes, in order. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.replaceAll("\\", "/"))
    .toSorted();
}

/** A line for each file, with what is in it. */
export async function contentOf(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for (const name of await filesOf(folder)) {
    const bytes = await readFile(join(folder, name));
    lines.push(`${name} ${createHash("sha256").update(bytes).digest("hex")}`);
  }
  return lines;
}

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export interface ProjectCopy {
  /** Of the project, with a `.lab` and notebooks of its own. */
  readonly root: string;
  /** For TMPDIR: what is in it is the lab's. */
  readonly tmp: string;
  /** In the paths of both folders. */
  readonly mark: string;
  remove(): Promise<void>;
}

const run = promisify(execFile);
/** Large, and not written to: their files are linked. */
const LINKED = ["node_modules", ".venv"];

/** Copies the project into its own `.lab`, built and installed as it is. */
export async function copyProject(project: string): Promise<ProjectCopy> {
  const mark = `faults-${randomBytes(4).toString("hex")}`;
  const root = join(project, ".lab", mark);
  await mkdir(root, { recursive: true });
  const tmp = await mkdtemp(join(tmpdir(), `${mark}-`));
  for (const name of await readdir(project)) {
    if (name === ".lab") continue;
    const how = LINKED.includes(name) ? "-al" : "-a";
    await run("cp", [how, join(project, name), join(root, name)]);
  }
  const remove = async () => {
    await Promise.all([root, tmp].map((folder) => rm(folder, { recursive: true, force: true })));
  };
  return { root, tmp, mark, remove };
}

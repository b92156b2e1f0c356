import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The name of the folder, in the project's, that holds what the lab makes: all of it may be deleted. */
const NAME = ".lab";

/**
 * The lab's own folder: `.lab` of the current folder or of one above it, else that of the project which
 * this package is part of, else the one that the current folder would have.
 */
export function labFolder(from = process.cwd()): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, NAME))) return join(folder, NAME);
    if (folder === dirname(folder)) break;
  }
  // src/jobs, or a copy in somebody's node_modules.
  const own = dirname(createRequire(import.meta.url).resolve("redis-lab-jobs/package.json"));
  const project = dirname(dirname(own));
  return join(existsSync(join(project, "notebooks")) ? project : from, NAME);
}

/** The lab's folder of a project. */
export const labFolderOf = (project: string) => join(project, NAME);

/** The parts of a lab's folder: each is named here, and nowhere else. */
export function labFiles(folder: string) {
  return {
    /** Where the Redis of a running lab is. */
    redisUrl: join(folder, "redis-url"),
    /** An empty file for each exercise that was solved. */
    solved: join(folder, "solved"),
    /** Uploaded pictures, thumbnails and archives. */
    media: join(folder, "media"),
    /** Kernelspecs, settings and state of the lab's JupyterLab. */
    jupyter: join(folder, "jupyter"),
    /** Tells which notebooks are known to be trusted. */
    trusted: join(folder, "jupyter", "trusted"),
    /** Held while Python packages are installed. */
    venvLock: join(folder, "venv.lock"),
    /** The static site, and what makes it. */
    site: join(folder, "site"),
    /** A JupyterHub that is tried: its Python, its state and its users' folders. */
    hub: join(folder, "hub"),
    /** The virtual environment of the kernel's protocol tests. */
    kernelProtocol: join(folder, "kernel-protocol"),
  };
}

/** The URL of the Redis that a running lab wrote for others; undefined where none runs. */
export function startedRedis(folder = labFolder()): string | undefined {
  try {
    return readFileSync(labFiles(folder).redisUrl, "utf8").trim() || undefined;
  } catch {
    return undefined;
  }
}

import { execFile } from "node:child_process";
import { access, chown } from "node:fs/promises";
import { promisify } from "node:util";
import { findProgram } from "guarded-processes/programs";
import type { OwnSpace } from "./own-space.js";

const run = promisify(execFile);
/** Users that no system gives out by itself. */
const FIRST_UID = 58_000;
const MOST_PROCESSES = 300;
const MOST_FILE_BLOCKS = 200_000;

/** Runs programs as a user that owns nothing else, where this process may choose one. */
export interface OwnUser {
  /** The program and arguments that run a command as that user. */
  readonly command: (command: readonly string[]) => readonly string[];
  /** Gives a folder to that user. */
  readonly own: (folder: string) => Promise<void>;
  /** Ends all that runs as that user. */
  readonly endAll: () => Promise<void>;
}

/**
 * @param number a user for each of those that run at a time
 * @param needed what that user has to be able to read
 * @param space what it sees of the machine
 * @returns undefined where only root could do it, or where root's files cannot be read by others
 */
export async function ownUser(
  number: number,
  needed: readonly string[],
  space: OwnSpace,
): Promise<OwnUser | undefined> {
  const setpriv = await findProgram("setpriv", process.env["PATH"] ?? "");
  if (process.getuid?.() !== 0 || setpriv === undefined) return undefined;
  const id = String(FIRST_UID + number);
  const as = ["--reuid", id, "--regid", id, "--clear-groups", "--no-new-privs"];
  const command = (inner: readonly string[]) => [setpriv, ...as, ...inner];
  try {
    for (const path of needed) {
      await access(path);
      await run(setpriv, [...as, "test", "-r", path]);
    }
  } catch {
    return undefined;
  }
  const limits = `ulimit -u ${MOST_PROCESSES} -f ${MOST_FILE_BLOCKS} 2>/dev/null; exec "$@"`;
  return {
    command: (inner) => space.command(command(["sh", "-c", limits, "sh", ...inner])),
    own: (folder) => chown(folder, Number(id), Number(id)),
    // -1: all that this user may signal, and that is all of its own. There may be none.
    endAll: async () =>
      void (await run(setpriv, [...as, "sh", "-c", "kill -9 -1"]).catch(() => {})),
  };
}

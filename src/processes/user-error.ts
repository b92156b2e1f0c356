import { existsSync } from "node:fs";
import { tmpdir } from "node:os";

/**
 * Base of the errors that a user can mend: `runMain` prints the message, which says what to do, without
 * a stack, and ends with the status.
 */
export class UserError extends Error {
  /** 2: what was asked for cannot be done. A subclass may tell more. */
  readonly exitStatus: number = 2;
}

/** What a user reads of an error, and the status that the process ends with. */
export interface Told {
  readonly message: string;
  readonly exitStatus: number;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission is missing",
  EDQUOT: "the disk quota is used up",
  EEXIST: "there is a file of that name",
  EIO: "the disk or its network fails",
  EISDIR: "that is a folder, not a file",
  ELOOP: "its symbolic links lead in a circle",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "there is no such file or folder",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of that path is a file, not a folder",
  EPERM: "permission is missing",
  EROFS: "the file system is read-only",
};

const FULL = ["EDQUOT", "EIO", "ENOSPC", "EROFS"];

/**
 * What to tell of an error that a user can mend: a `UserError` (known by its status, since a bundle has a
 * class of its own), a wrong option, a file or a port that cannot be had. Undefined for a fault of ours.
 */
export function toldToUser(error: unknown): Told | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code: given, exitStatus } = error as { code?: unknown; exitStatus?: unknown };
  // That of a DOMException, such as an AbortError, is a number.
  const code = typeof given === "string" ? given : "";
  if (typeof exitStatus === "number") return { message: error.message, exitStatus };
  if (code.startsWith("ERR_PARSE_ARGS")) {
    return { message: `${error.message}\n--help lists the options.`, exitStatus: 2 };
  }
  const { path, port, address = "127.0.0.1" } = error as SystemError;
  if (code === "EADDRINUSE") {
    return { message: `Port ${port} of ${address} is in use by another program.`, exitStatus: 2 };
  }
  const reason = REASONS[code];
  if (reason === undefined) return undefined;
  // What fails while it is written names no file.
  if (path === undefined) {
    if (!FULL.includes(code)) return undefined;
    return { message: `A file could not be written: ${reason}.`, exitStatus: 2 };
  }
  const folder = tmpdir();
  if (path.startsWith(folder) && !existsSync(folder)) {
    const message = `TMPDIR is ${folder}, and there is no such folder: set it to one that exists.`;
    return { message, exitStatus: 2 };
  }
  return { message: `Cannot use ${path}: ${reason}.`, exitStatus: 2 };
}

type SystemError = NodeJS.ErrnoException & { readonly port?: number; readonly address?: string };

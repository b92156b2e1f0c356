// Plain JavaScript with Node's built-ins only: the bootstrap needs it before anything is built.
import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs `work` while no other process of this machine holds the same lock file.
 * A lock whose process is gone is taken over.
 *
 * @template T
 * @param {string} file path of the lock file; its folder is made when missing
 * @param {() => T | Promise<T>} work
 * @param {{ waitSeconds?: number, onWait?: (pid: number) => void, signal?: AbortSignal | undefined }} [options]
 *   `waitSeconds` (default 900) bounds the wait for another holder; `onWait` is called once when
 *   there is one; `signal` ends the wait
 * @returns {Promise<T>} what `work` returned
 * @throws {Error} when another process still holds the lock after `waitSeconds`, or on abort
 */
export async function withLock(file, work, options = {}) {
  const { waitSeconds = 900, onWait = () => {}, signal } = options;
  mkdirSync(dirname(file), { recursive: true });
  const deadline = Date.now() + waitSeconds * 1000;
  let told = false;
  while (!take(file)) {
    const holder = holderOf(file);
    if (holder !== undefined && !isAlive(holder)) removeStale(file);
    else if (holder !== undefined && !told) {
      told = true;
      onWait(holder.pid);
    }
    if (Date.now() > deadline) {
      throw new Error(
        `Process ${holder?.pid} has held ${file} for over ${waitSeconds} s. ` +
          "If it is not setting up this project, delete that file and start again.",
      );
    }
    // Right after a stale lock, or one just released, there is nothing to wait for.
    await sleep(told ? 100 : 5, undefined, { signal });
  }
  // A second Ctrl-C ends the process at once.
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.removeListener("exit", release);
    release();
  }
}

/** @typedef {{ pid: number, start: string }} Holder a process, and when it was started */

/** Linking a file that is already written takes the lock and names its holder in one step. */
function take(/** @type {string} */ file) {
  const own = `${file}.${randomUUID()}`;
  writeFileSync(own, `${process.pid} ${startOf(process.pid)}`);
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Only one process at a time removes a stale lock, and looks again before it does: otherwise it
 * could remove the lock of another that had been quicker to take it over.
 */
function removeStale(/** @type {string} */ file) {
  const clearing = `${file}.clearing`;
  if (take(clearing)) {
    try {
      const holder = holderOf(file);
      if (holder !== undefined && !isAlive(holder)) rmSync(file, { force: true });
    } finally {
      rmSync(clearing, { force: true });
    }
  } else {
    // One that was killed in these microseconds must not block all others for ever.
    const holder = holderOf(clearing);
    if (holder !== undefined && !isAlive(holder)) rmSync(clearing, { force: true });
  }
}

/** @returns {Holder | undefined} undefined when there is no such file */
function holderOf(/** @type {string} */ file) {
  try {
    const [pid, start = ""] = readFileSync(file, "utf8").split(" ");
    return { pid: Number(pid), start };
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(/** @type {Holder} */ { pid, start }) {
  // A file that was cut off by a power failure names nobody.
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
  const started = startOf(pid);
  return start === "" || started === "" || start === started;
}

/**
 * After a restart, and in containers, a process id soon belongs to another process; its start time
 * tells them apart. Empty where the system does not say (macOS).
 */
function startOf(/** @type {number} */ pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A process that has ended stays listed while nobody asks for its exit code.
    return state === "Z" ? "ended" : (fields[18] ?? "");
  } catch {
    return "";
  }
}

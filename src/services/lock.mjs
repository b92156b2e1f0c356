// Plain JavaScript with Node's built-ins only: the bootstrap needs it before anything is built.
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
 * @param {{ waitSeconds?: number, onWait?: (pid: number) => void }} [options] `waitSeconds` (default
 *   900) bounds the wait for another holder; `onWait` is called once when there is one
 * @returns {Promise<T>} what `work` returned
 * @throws {Error} when another process still holds the lock after `waitSeconds`
 */
export async function withLock(file, work, { waitSeconds = 900, onWait = () => {} } = {}) {
  mkdirSync(dirname(file), { recursive: true });
  const deadline = Date.now() + waitSeconds * 1000;
  for (let waited = false; !take(file); waited = true) {
    const holder = holderOf(file);
    if (holder !== undefined && !isAlive(holder)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!waited && holder !== undefined) onWait(holder);
    if (Date.now() > deadline) {
      throw new Error(
        `Process ${holder} has held ${file} for over ${waitSeconds} s. ` +
          "If it is not setting up this project, delete that file and start again.",
      );
    }
    await sleep(100);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Linking a file that is already written takes the lock and names its holder in one step. */
function take(/** @type {string} */ file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
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

function holderOf(/** @type {string} */ file) {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

import { Script } from "node:vm";

const WORK = Symbol.for("notebook-runner.in-time");
const holder = globalThis as { [WORK]?: (() => unknown) | undefined };
let script: Script | undefined;

/**
 * Does what may not end, such as a regular expression that a user wrote, for some time only.
 *
 * @returns undefined when the time was up
 */
export function inTime<T>(work: () => T, milliseconds: number): T | undefined {
  script ??= new Script('globalThis[Symbol.for("notebook-runner.in-time")]()');
  holder[WORK] = work;
  try {
    // Of all that runs in this thread, V8 stops only a script.
    return script.runInThisContext({ timeout: milliseconds }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
    throw error;
  } finally {
    holder[WORK] = undefined;
  }
}

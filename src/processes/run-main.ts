import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { endOnSignals, type EndRequest } from "./end-on-signals.js";
import { toldToUser } from "./user-error.js";

/**
 * Runs what a program does, and sets the exit status: that of a signal that ended it, else the one that
 * `main` gives, else 0. An error that a user can mend is a message on stderr, and status 2; any other is
 * thrown, with its stack. `--version` as the only argument prints the version of the program's package.
 *
 * @param packageFile its package.json, as a name that `from` can resolve
 * @param from `import.meta.url` of the caller
 */
export async function runMain(
  { packageFile, from }: { readonly packageFile: string; readonly from: string },
  main: (ending: EndRequest) => Promise<number | void>,
): Promise<void> {
  if (process.argv.length === 3 && process.argv[2] === "--version") {
    const file = createRequire(from).resolve(packageFile);
    return console.log((JSON.parse(readFileSync(file, "utf8")) as { version: string }).version);
  }
  const ending = endOnSignals();
  try {
    const status = await main(ending);
    process.exitCode = ending.status() ?? status ?? 0;
  } catch (error) {
    const told = toldToUser(error);
    // Work that a signal cuts short fails in many ways; a fault in the program is none of them.
    const isFault = error instanceof ReferenceError || error instanceof TypeError;
    if (ending.signal.aborted && !isFault) process.exitCode = ending.status();
    else if (told) {
      console.error(told.message);
      process.exitCode = told.exitStatus;
    } else throw error;
  }
}

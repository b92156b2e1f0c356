import { endOnSignals, type EndRequest } from "./end-on-signals.js";
import { toldToUser } from "./user-error.js";

/**
 * Runs what a program does, and sets the exit status: that of a signal that ended it, else the one that
 * `main` gives, else 0. An error that a user can mend is a message on stderr, and status 2; any other is
 * thrown, with its stack.
 */
export async function runMain(main: (ending: EndRequest) => Promise<number | void>): Promise<void> {
  const ending = endOnSignals();
  try {
    const status = await main(ending);
    process.exitCode = ending.status() ?? status ?? 0;
  } catch (error) {
    const told = toldToUser(error);
    if (ending.signal.aborted) process.exitCode = ending.status();
    else if (told) {
      console.error(told.message);
      process.exitCode = told.exitStatus;
    } else throw error;
  }
}

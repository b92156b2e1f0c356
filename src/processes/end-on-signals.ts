import { readFileSync } from "node:fs";

const STATUSES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** What Ctrl-C, a kill and the closing of the terminal ask for. */
export interface EndRequest {
  /** Aborts at the first of these signals. */
  readonly signal: AbortSignal;
  /** Exit status for the signal that came; undefined while none has. */
  readonly status: () => number | undefined;
  /** The signal that came; undefined while none has. */
  readonly name: () => NodeJS.Signals | undefined;
}

/**
 * Takes the signals that end a program, so that it can clear up. A second one ends it at once: the
 * guards of its child processes end what is left.
 */
export function endOnSignals(): EndRequest {
  const ending = new AbortController();
  let came: keyof typeof STATUSES | undefined;
  for (const name of Object.keys(STATUSES) as (keyof typeof STATUSES)[]) {
    process.on(name, () => {
      if (ending.signal.aborted) process.exit(STATUSES[name]);
      came = name;
      ending.abort();
    });
  }
  onNpmGone(() => process.emit("SIGTERM"));
  return {
    signal: ending.signal,
    status: () => came && STATUSES[came],
    name: () => came,
  };
}

/**
 * Calls back when the npm that runs this program is gone: a signal that ends npm is not passed on, and
 * the program would live on unseen. Looks twice a second; keeps no process alive.
 */
export function onNpmGone(end: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const before = parents();
  const looking = setInterval(() => {
    if (parents() === before) return;
    clearInterval(looking);
    end();
  }, 500);
  looking.unref();
}

/** The parent process and, where that is the shell of npm's script, its parent: npm. */
function parents(): string {
  const { ppid } = process;
  try {
    const status = readFileSync(`/proc/${ppid}/status`, "utf8");
    const isNpm = /^Name:\s*npm/m.test(status);
    const above = /^PPid:\s*(\d+)/m.exec(status)?.[1];
    return isNpm ? `${ppid}` : `${ppid} ${above}`;
  } catch {
    // Only Linux tells of others.
    return `${ppid}`;
  }
}

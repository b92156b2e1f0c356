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
  // It may have ended before this program could look.
  const before = isOrphan() ? undefined : parents();
  const looking = setInterval(() => {
    if (parents() === before) return;
    clearInterval(looking);
    end();
  }, 500);
  looking.unref();
}

/** Whether the shell of npm's script, or this program, was left to the system's first process. */
function isOrphan(): boolean {
  const { ppid } = process;
  try {
    const { name, parent } = processOf(ppid);
    const isShell = /^(sh|bash|dash|ash)$/.test(name);
    // In a container npm itself may be the first.
    return (isShell ? parent : String(ppid)) === "1" && !/^(npm|node)/.test(processOf(1).name);
  } catch {
    return false;
  }
}

/** Only Linux tells of others. */
function processOf(pid: number): { readonly name: string; readonly parent: string } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const field = (label: string) => new RegExp(`^${label}:\\s*(.*)`, "m").exec(status)?.[1] ?? "";
  return { name: field("Name"), parent: field("PPid") };
}

/** The parent process and, where that is the shell of npm's script, its parent: npm. */
function parents(): string {
  const { ppid } = process;
  try {
    const { name, parent } = processOf(ppid);
    return name.startsWith("npm") ? `${ppid}` : `${ppid} ${parent}`;
  } catch {
    return `${ppid}`;
  }
}

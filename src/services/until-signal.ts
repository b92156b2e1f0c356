const STATUSES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** What Ctrl-C, a kill and the closing of the terminal ask for. */
export interface EndRequest {
  /** Aborts at the first of these signals. */
  readonly signal: AbortSignal;
  /** Exit status for the signal that came; undefined while none has. */
  readonly status: () => number | undefined;
}

/**
 * Takes the signals that end a program, so that it can clear up. A second one ends it at once: the
 * guards of its child processes end what is left.
 */
export function endOnSignals(): EndRequest {
  const ending = new AbortController();
  let status: number | undefined;
  for (const [name, code] of Object.entries(STATUSES)) {
    process.on(name, () => {
      if (ending.signal.aborted) process.exit(code);
      status = code;
      ending.abort();
    });
  }
  return { signal: ending.signal, status: () => status };
}

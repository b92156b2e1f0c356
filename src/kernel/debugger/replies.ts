type Body = Readonly<Record<string, unknown>>;

/** What can be asked without a debugger. */
export const ALWAYS: ReadonlySet<string> = new Set([
  "debugInfo",
  "initialize",
  "attach",
  "disconnect",
  "inspectVariables",
  "richInspectVariables",
  "modules",
  "dumpCell",
  "source",
]);
/** What front ends read of replies that failed. */
export const EMPTY: Readonly<Record<string, Body>> = {
  setBreakpoints: { breakpoints: [] },
  stackTrace: { stackFrames: [], totalFrames: 0 },
  scopes: { scopes: [] },
  variables: { variables: [] },
  inspectVariables: { variables: [] },
  richInspectVariables: { data: {}, metadata: {} },
  modules: { modules: [], totalModules: 0 },
  threads: { threads: [] },
};

/** Requests that say where the next cell is to stop. */
export const BEFORE_CELLS: ReadonlySet<string> = new Set([
  "attach",
  "setBreakpoints",
  "setExceptionBreakpoints",
  "pause",
]);

import { pino, type LogFn, type Logger } from "pino";
import { build as pretty } from "pino-pretty";

export type { Logger };

/**
 * Opens the worker's log on standard output: lines for a person in a terminal, else a line of JSON
 * each, as tools that collect logs want it.
 *
 * @param level `debug`, `info`, `warn`, `error` or `silent`
 * @param isTerminal whether a person reads it
 * @param onNotice gets the text of each warning and error as well
 */
export function openLog(
  level: string,
  isTerminal: boolean,
  onNotice?: (notice: string) => void,
): Logger {
  const hooks = { logMethod: noticed(onNotice) };
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, hooks };
  if (!isTerminal) return pino(options);
  // In this process, not in a thread of its own: the last lines must not be lost.
  const lines = pretty({ sync: true, translateTime: "SYS:HH:MM:ss.l", singleLine: true });
  return pino(options, lines);
}

function noticed(onNotice: ((notice: string) => void) | undefined) {
  return function (this: Logger, args: Parameters<LogFn>, method: LogFn, level: number): void {
    const text = args.find((arg) => typeof arg === "string");
    if (level >= pino.levels.values["warn"]! && text !== undefined) onNotice?.(text);
    method.apply(this, args);
  };
}

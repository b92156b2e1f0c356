import { pino, type Logger } from "pino";
import { build as pretty } from "pino-pretty";

export type { Logger };

/**
 * Opens the worker's log on standard output: lines for a person in a terminal, else a line of JSON
 * each, as tools that collect logs want it.
 *
 * @param level `debug`, `info`, `warn`, `error` or `silent`
 * @param isTerminal whether a person reads it
 */
export function openLog(level: string, isTerminal: boolean): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  if (!isTerminal) return pino(options);
  // In this process, not in a thread of its own: the last lines must not be lost.
  const lines = pretty({ sync: true, translateTime: "SYS:HH:MM:ss.l", singleLine: true });
  return pino(options, lines);
}

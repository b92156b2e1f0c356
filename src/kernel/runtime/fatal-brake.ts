import { closeSync, constants, openSync, writeSync } from "node:fs";

/**
 * Holds this thread at a fatal error, such as that memory is used up, so that the protocol thread can
 * tell of it before the process ends (`protocol/last-words.ts`). Node writes a report before it gives up:
 * it gets a pipe that is full and that nobody reads.
 *
 * @param path of a named pipe, which need not stay
 */
export function brakeAtFatalErrors(path: string): void {
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  const bytes = Buffer.alloc(4096);
  try {
    for (;;) writeSync(writer, bytes);
  } catch {
    // EAGAIN: it is full.
  }
  closeSync(writer);
  const { report } = process;
  const place = { directory: "/proc/self/fd", filename: String(reader) };
  Object.assign(report, place, { reportOnFatalError: true });
  const write = report.writeReport.bind(report) as (fileName?: string, error?: Error) => string;
  // A cell's own report is none of this.
  const writeReport = (...args: Parameters<typeof write>) => {
    const isOurs = report.filename === place.filename;
    if (isOurs) Object.assign(report, { directory: "", filename: "" });
    try {
      return write(...args);
    } finally {
      if (isOurs) Object.assign(report, place);
    }
  };
  Object.assign(report, { writeReport });
}

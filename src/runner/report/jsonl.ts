import type { WriteStream } from "node:fs";
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { shortPath } from "../read/select-files.js";
import type { Reporter, RunEvent, RunResult } from "../run/run-events.js";
import { fileLine } from "./github.js";
import { makeRoomFor } from "./write-report.js";

/**
 * Writes each event as a line of JSON, as it happens: `event`, `time` (ISO 8601), `notebook` (path),
 * and what the event tells. Outputs are left out; `end` has status and time of each cell.
 */
export function jsonlReport(file: string): Reporter {
  let stream: WriteStream | undefined;
  let failed: Error | undefined;
  return async (event) => {
    if (!stream) {
      await makeRoomFor(file, event.type === "run-start" ? event : { notebooks: [] });
      stream = createWriteStream(file);
      stream.on("error", (error) => (failed = error));
    }
    if (failed && event.type === "run-end") throw failed;
    const line = { event: event.type, time: new Date().toISOString(), ...told(event) };
    stream.write(`${JSON.stringify(line)}\n`);
    if (event.type !== "run-end") return;
    stream.end();
    if (!stream.closed) await once(stream, "close");
    if (failed) throw failed;
  };
}

function told(event: RunEvent): Record<string, unknown> {
  switch (event.type) {
    case "run-start":
      return { notebooks: event.notebooks.map(({ file }) => shortPath(file)) };
    case "end":
      return toldOf(event.result);
    case "run-end": {
      const failed = event.results.filter(({ failures }) => failures.length > 0).length;
      const passed = event.results.length - failed;
      return { passed, failed, left: event.left, milliseconds: Math.round(event.milliseconds) };
    }
    default: {
      const { type: _type, notebook, ...rest } = event;
      return { notebook: shortPath(notebook.file), ...rest };
    }
  }
}

function toldOf({ notebook, milliseconds, written, failures, cells }: RunResult) {
  return {
    notebook: shortPath(notebook.file),
    passed: failures.length === 0,
    milliseconds: Math.round(milliseconds),
    written,
    failures: failures.map(({ pictures: _pictures, ...failure }) => ({
      ...failure,
      fileLine: fileLine(notebook, failure),
    })),
    cells: cells.map((one) => ({
      cellIndex: one.cell.index,
      status: one.status,
      milliseconds: Math.round(one.milliseconds),
    })),
  };
}

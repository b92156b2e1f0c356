import type { Worker } from "bullmq";
import type { Logger } from "./log.js";

/** What is taken over within so long is told in one line, in milliseconds. */
const GATHER_MS = 300;
/** How many ids such a line names. */
const NAMED = 10;

/** Tells which jobs are taken over: a worker that is lost may have had fifty at a time. */
export function tellStalled(worker: Worker, queue: string, log: Logger): void {
  let ids: string[] = [];
  const tell = () => {
    const [id] = ids;
    const more = ids.length > 1 && { count: ids.length, ids: ids.slice(0, NAMED) };
    log.warn({ queue, id, ...more }, "taken over from a worker that is gone");
    ids = [];
  };
  worker.on("stalled", (id) => {
    if (ids.length === 0) setTimeout(tell, GATHER_MS);
    ids.push(id);
  });
}

import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "bullmq";
import { queueFor, queueOptions } from "../exercises/queues.js";
import { task } from "../exercises/task.js";
import { nextEvent } from "../waiting.js";

type ShutDown = (worker: never, patienceMs: number) => unknown;
type Print = (n: number) => Promise<void>;
type Pages = (count: number, print: Print, signal: AbortSignal) => unknown;

export const tasks = {
  1: task("a timer that calls cancelAllJobs, and close", async (t, shutDown: ShutDown) => {
    const queue = queueFor(t, "work");
    for (const [takes, patience, state, requirement] of [
      [150, 400, "completed", "There was time enough: the job should be completed."],
      [20_000, 100, "failed", "The time was up: the job should be cancelled."],
    ] as const) {
      const job = await queue.add("nap", {});
      const nap = (_: unknown, __?: string, signal?: AbortSignal) =>
        sleep(takes, undefined, signal === undefined ? {} : { signal });
      const worker = new Worker("work", nap, queueOptions(t));
      worker.on("error", () => {});
      const cancel = worker.cancelAllJobs.bind(worker);
      let cancelled = 0;
      worker.cancelAllJobs = (reason) => {
        cancelled++;
        cancel(reason);
      };
      await nextEvent(worker, "active");
      // The event comes just before the job can be cancelled.
      await sleep(20);
      let isLate = false;
      const rescue = setTimeout(() => {
        isLate = true;
        cancel("it waits forever");
      }, patience + 700);
      await t.call("shutDown", () => shutDown(worker as never, patience));
      clearTimeout(rescue);
      const hasClosed = !worker.isRunning();
      await worker.close();
      t.that(!isLate, requirement);
      t.same(await job.getState(), state, requirement);
      t.that(hasClosed, "It should return when the worker is closed.");
      if (state === "completed") await sleep(patience);
      const calls = state === "completed" ? 0 : 1;
      t.same(cancelled, calls, "The worker was closed, and the timer still ran: clear it.");
    }
  }),
  2: task("signal.throwIfAborted() before each page", async (t, pages: Pages) => {
    for (const [count, abortAt] of [
      [3, 0],
      [5, 2],
      [1, 1],
    ] as const) {
      const printed: number[] = [];
      const control = new AbortController();
      const print = async (n: number) => {
        printed.push(n);
        if (n === abortAt) control.abort();
      };
      const call = () => pages(count, print, control.signal);
      if (abortAt === 0) await t.call("pages", call);
      else if (abortAt < count) await t.fails("pages", call);
      else await t.call("pages", async () => void (await Promise.resolve(call()).catch(() => {})));
      const last = abortAt === 0 ? count : abortAt;
      const all = Array.from({ length: last }, (_, index) => index + 1);
      const when = abortAt === 0 ? "never aborted" : `aborted during page ${abortAt}`;
      t.same(printed, all, `${count} pages, ${when}: other pages were printed.`);
    }
    const gone = AbortSignal.abort();
    const printed: number[] = [];
    await t.fails("pages", () => pages(2, async (n) => void printed.push(n), gone));
    t.same(printed, [], "Aborted before the first page: nothing should be printed.");
  }),
};

import { queueFor, withWorker } from "../exercises/queues.js";
import { task } from "../exercises/task.js";
import { nextEvents } from "../next-events.js";
import { within } from "../waiting.js";

export interface Patience {
  attempts?: number;
  backoff?: number | { type: string; delay?: number; jitter?: number };
}

export const tasks = {
  1: task(
    "attempts, and a backoff of the type exponential",
    async (t, patience: () => Patience) => {
      const options = (await t.call("patience", patience)).value as Patience;
      const queue = queueFor(t, "calls");
      const waits: number[] = [];
      const down = () => Promise.reject(new Error("down"));
      await withWorker(t, "calls", down, async ({ worker }) => {
        worker.on("failed", (job) => {
          waits.push(job?.delay ?? 0);
          void job?.promote().catch(() => {});
        });
        const count = Math.min(options.attempts ?? 1, 10);
        const failures = nextEvents(worker, "failed", count, 3000);
        await queue.add("call", {}, options);
        await failures;
      });
      t.same(waits.length, 4, "It should be tried four times.");
      t.same(waits.slice(0, -1), [200, 400, 800], "It should wait 200, 400 and 800 ms in between.");
    },
  ),
  2: task(
    "UnrecoverableError for what stays, Error for what may pass",
    async (t, judge: (status: number) => unknown) => {
      const queue = queueFor(t, "calls");
      for (const [status, state, why] of [
        [200, "completed", "a 200 should be done"],
        [404, "failed", "a 404 should fail for good"],
        [503, "delayed", "a 503 should be tried again"],
      ] as const) {
        const job = await queue.add("call", {}, { attempts: 3, backoff: 60_000 });
        await withWorker(
          t,
          "calls",
          async () => judge(status),
          async ({ worker }) => {
            const ended = new Promise((done) => worker.on("completed", done).on("failed", done));
            await within(ended, 3000, "the end of the job");
          },
        );
        t.same(await job.getState(), state, `Status ${status}: ${why}.`);
        await queue.obliterate({ force: true });
      }
      (await t.call("judge", judge, 200)).gives("ok", "judge(200) should give ok.");
    },
  ),
};

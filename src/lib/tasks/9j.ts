import { queueFor, withWorker } from "../exercises/queues.js";
import { task } from "../exercises/task.js";
import { nextEvents } from "../next-events.js";

type Ask = (queue: never) => unknown;

export const tasks = {
  1: task("getJobs takes the states, from, to, and whether oldest first", async (t, lag: Ask) => {
    const queue = queueFor(t, "work");
    const call = () => lag(queue as never);
    (await t.call("lag", call)).gives(0, "No job waits: lag(queue) should be 0.");
    const ages = [5000, 3000, 1000, 0];
    for (const age of ages) await queue.add("task", {}, { timestamp: Date.now() - age });
    const run = await t.call("lag", call);
    const seconds = Math.round(Number(run.value) / 1000);
    t.same(seconds, 5, "The oldest has waited 5 seconds.");
    run.receivesAtMost(1);
    const hashes = run.sent.filter(({ name }) => name === "hgetall").length;
    t.that(hashes <= 1, `Right, but it read ${hashes} jobs where one is enough.`);
  }),
  2: task("isPaused, getFailedCount, getWorkersCount", async (t, troubles: Ask) => {
    const queue = queueFor(t, "work");
    const call = () => troubles(queue as never);
    (await t.call("troubles", call)).gives(["no worker"], "No worker, and all else is well.");
    const work = async ({ name }: { name: string }) => {
      if (name === "bad") throw new Error("bad");
    };
    await withWorker(t, "work", work, async ({ worker }) => {
      await worker.waitUntilReady();
      (await t.call("troubles", call)).gives([], "A worker is there, and all is well.");
      const failed = nextEvents(worker, "failed", 1);
      await queue.add("bad", {});
      await failed;
      (await t.call("troubles", call)).gives(["failed"], "One job has failed.");
      await queue.pause();
      (await t.call("troubles", call)).gives(["paused", "failed"], "Paused, and one has failed.");
    });
    const all = ["paused", "failed", "no worker"];
    (await t.call("troubles", call)).gives(all, "The worker is gone, too.");
  }),
};

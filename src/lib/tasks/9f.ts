import { queueFor, withWorker } from "../exercises/queues.js";
import { task } from "../exercises/task.js";
import { nextEvents } from "../next-events.js";
import { until } from "../waiting.js";

type Place = (queue: never, name: string, pays: boolean) => unknown;
type Protect = (queue: never) => unknown;

export const tasks = {
  1: task("a priority for all of them: 1 goes before 2", async (t, place: Place) => {
    const queue = queueFor(t, "orders");
    const order = (name: string, pays: boolean) => place(queue as never, name, pays);
    for (const name of ["a", "B", "c", "D", "e"]) {
      await t.call("place", order, name, name < "a");
    }
    const done = await withWorker(
      t,
      "orders",
      async () => "ok",
      ({ worker }) => nextEvents(worker, "completed", 5, 3000),
    );
    const names = done.map(([job]) => (job as { name: string }).name).join(" ");
    t.same(names, "B D a c e", "Capitals pay: they go first, and among equals the older one.");
  }),
  2: task("a limit for all workers of the queue together", async (t, protect: Protect) => {
    const queue = queueFor(t, "calls");
    await t.call("protect", () => protect(queue as never));
    await queue.addBulk(Array.from({ length: 5 }, () => ({ name: "call", data: {} })));
    let [now, most, ended] = [0, 0, 0];
    const work = async () => {
      most = Math.max(most, ++now);
      await new Promise((done) => setTimeout(done, 20));
      [now, ended] = [now - 1, ended + 1];
    };
    const allDone = () => until(() => ended === 5, "the end of five jobs", 3000);
    const two = { concurrency: 2 };
    await withWorker(t, "calls", work, () => withWorker(t, "calls", work, allDone, two), two);
    t.that(most === 1, "Two workers with concurrency 2: jobs ran at the same time.");
  }),
};

import { queueFor, withWorker } from "../exercises/queues.js";
import { task } from "../exercises/task.js";
import { nextEvents } from "../next-events.js";

type Request = (queue: never, user: string) => unknown;
type Pay = (account: string, id: string, amount: number) => unknown;

export const tasks = {
  1: task("deduplication has an id of its own", async (t, request: Request) => {
    const queue = queueFor(t, "exports");
    const ask = (user: string) => request(queue as never, user);
    for (const user of ["Ala", "Ola", "Ala"]) await t.call("request", ask, user);
    const waiting = (await queue.getWaiting()).map(({ data }) => String(data.user)).toSorted();
    t.same(waiting, ["Ala", "Ola"], "Ala asked twice: there should be one export for each user.");
    await withWorker(
      t,
      "exports",
      async () => "ok",
      ({ worker }) => nextEvents(worker, "completed", 2),
    );
    await t.call("request", ask, "Ala");
    const again = (await queue.getWaiting()).map(({ data }) => String(data.user));
    t.same(again, ["Ala"], "Her export is done: Ala may ask again.");
  }),
  2: task("one script: SADD, and INCRBY when it was new", async (t, pay: Pay) => {
    const account = t.key("account");
    for (const [id, amount, sum] of [
      ["job-1", 5, "5"],
      ["job-1", 5, "5"],
      ["job-2", 5, "10"],
      ["job-3", -3, "7"],
    ] as const) {
      const run = await t.call("pay", pay, account, id, amount);
      t.same(await t.redis.get(account), sum, `${run.call}: the account should hold ${sum}.`);
      run.inOneStep("a worker may die between them, and the money is lost or paid twice");
    }
  }),
};

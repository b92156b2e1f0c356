import { queueFor } from "../exercises/queues.js";
import { task } from "../exercises/task.js";

type Remind = (queue: never, user: string, ms: number) => unknown;
type Arrange = (queue: never, wanted: Record<string, number>) => unknown;

export const tasks = {
  1: task("a jobId of your choice, and changeDelay for a known one", async (t, remind: Remind) => {
    const queue = queueFor(t, "reminders");
    const plan = (user: string, ms: number) => remind(queue as never, user, ms);
    for (const [user, ms] of [
      ["Ala", 60_000],
      ["Ola", 90_000],
      ["Ala", 30_000],
    ] as const) {
      await t.call("remind", plan, user, ms);
    }
    const planned = await queue.getDelayed();
    t.same(planned.length, 2, "Two users: there should be two reminders.");
    const minutes = planned
      .map(({ data, delay }) => `${String(data.user)} in ${delay / 1000} s`)
      .toSorted();
    t.same(minutes, ["Ala in 30 s", "Ola in 90 s"], "The last call for a user should count.");
  }),
  2: task("getJobSchedulers tells what is there, by its key", async (t, arrange: Arrange) => {
    const queue = queueFor(t, "schedules");
    const call = (wanted: Record<string, number>) => arrange(queue as never, wanted);
    for (const wanted of [
      { weather: 60_000, news: 5000 },
      { weather: 30_000, mail: 1000 },
      {},
    ] as Record<string, number>[]) {
      await t.call("arrange", call, wanted);
      const found = (await queue.getJobSchedulers()).map(
        ({ key, every }) => `${key} every ${every} ms`,
      );
      t.same(
        found.toSorted(),
        Object.entries(wanted)
          .map(([key, every]) => `${key} every ${every} ms`)
          .toSorted(),
        `Wanted: ${Object.keys(wanted).join(", ") || "none"}. Redis should have exactly these.`,
      );
    }
  }),
};

import { FlowProducer } from "bullmq";
import { queueFor, queueOptions, withWorker } from "../exercises/queues.js";
import { task } from "../exercises/task.js";
import { until } from "../waiting.js";

type Order = (sizes: number[]) => unknown;
type Total = (job: never) => unknown;

export const tasks = {
  1: task("children, with failParentOnFailure in the opts of each", async (t, order: Order) => {
    for (const [sizes, bad, state] of [
      [[100, 50], 0, "completed"],
      [[100, 50, 7], 7, "failed"],
    ] as const) {
      const tree = (await t.call("order", order, [...sizes])).value as { name?: unknown };
      t.same(tree.name, "zip", "The job should be called zip.");
      const queue = queueFor(t, "work");
      const seen: unknown[] = [];
      const work = async ({ name, data }: { name: string; data: { size?: number } }) => {
        if (name === "scale") seen.push(data.size);
        if (name === "scale" && data.size === bad) throw new Error("bad size");
      };
      const flows = new FlowProducer({ ...queueOptions(t), connection: t.redis });
      const { job } = await flows.add(tree as never);
      await withWorker(t, "work", work, () => {
        const hasEnded = async () => ["completed", "failed"].includes(await job.getState());
        return until(hasEnded, "the end of the order", 600).catch(() => {});
      });
      t.same(
        seen.map(String).toSorted(),
        sizes.map(String).toSorted(),
        "Each size should be scaled once.",
      );
      const why = bad === 0 ? "all went well" : "one scaling failed";
      t.same(await job.getState(), state, `${why}: the order should be ${state}.`);
      await queue.obliterate({ force: true });
    }
  }),
  2: task("Object.values of getChildrenValues", async (t, total: Total) => {
    for (const values of [[1, 2, 3], [-5, 5, 0.5], []]) {
      const children = Object.fromEntries(values.map((value, index) => [`key:${index}`, value]));
      const job = { getChildrenValues: async () => children };
      const run = await t.call("total", () => total(job as never));
      const sum = values.reduce((all, value) => all + value, 0);
      run.gives(sum, `The children returned ${values.join(", ") || "nothing"}.`);
    }
  }),
};

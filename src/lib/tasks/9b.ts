import { queueFor, withWorker } from "../exercises/queues.js";
import { task } from "../exercises/task.js";

type Ask = (queue: never, events: never, data: object, limitMs: number) => unknown;

export const tasks = {
  1: task("job.waitUntilFinished takes the events and a limit", async (t, ask: Ask) => {
    const queue = queueFor(t, "sums");
    const add = async ({ data }: { data: { a: number; b: number } }) => data.a + data.b;
    await withWorker(t, "sums", add, async ({ events }) => {
      const asked = (a: number, b: number) => ask(queue as never, events as never, { a, b }, 2000);
      for (const [a, b] of [
        [2, 3],
        [20, -3],
      ] as const) {
        const run = await t.call("ask", asked, a, b);
        run.gives(a + b, `The worker adds ${a} and ${b}: the result should be ${a + b}.`);
      }
    });
    const idle = queueFor(t, "nobody");
    await withWorker(t, "others", add, async ({ events }) => {
      const alone = (limitMs: number) =>
        ask(idle as never, events as never, { a: 1, b: 1 }, limitMs);
      const started = performance.now();
      await t.fails("ask", alone, 150);
      t.that(performance.now() - started < 1500, "No worker: it should give up after limitMs.");
    });
  }),
  2: task(
    "look at job.name, and throw for the rest",
    async (t, greet: (job: { name: string; data: { to: string } }) => unknown) => {
      for (const to of ["Ala", "Ola"]) {
        (await t.call("greet", greet, { name: "welcome", data: { to } })).gives(`Hello, ${to}`);
        (await t.call("greet", greet, { name: "goodbye", data: { to } })).gives(`Bye, ${to}`);
      }
      for (const name of ["wink", "toString"]) {
        const error = await t.fails("greet", greet, { name, data: { to: "Ala" } });
        const message = error instanceof Error ? error.message : error;
        t.same(message, `unknown: ${name}`, "The error should say which name is unknown.");
      }
    },
  ),
};

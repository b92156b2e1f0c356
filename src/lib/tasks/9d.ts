import { queueFor, withWorker } from "../exercises/queues.js";
import { task } from "../exercises/task.js";
import { nextEvent } from "../waiting.js";

type Gently = (compute: (ms: number) => void) => unknown;

export const tasks = {
  1: task("await a timer after each piece: it lets others run", async (t, gently: Gently) => {
    const queue = queueFor(t, "sums");
    let computed = 0;
    const compute = (ms: number) => {
      computed += ms;
      for (const end = performance.now() + ms; performance.now() < end;);
    };
    let runs = 0;
    const work = async () => {
      if (++runs === 1) await gently(compute);
    };
    await queue.add("sum", {});
    const impatient = { lockDuration: 400, stalledInterval: 100 };
    const end = ({ worker }: { worker: Parameters<typeof nextEvent>[0] }) =>
      nextEvent(worker, "completed", 3000);
    await withWorker(t, "sums", work, end, impatient);
    t.that(computed >= 600, "It should compute for 600 ms in all.");
    t.same(runs, 1, "The worker lost its lock, and the job ran again.");
  }),
  2: task("EXISTS of <queue>:<id>:lock", async (t, orphans: (queue: string) => unknown) => {
    const queue = t.key("work");
    for (const [active, locked, expected] of [
      [["1", "2", "3"], ["2"], ["1", "3"]],
      [["7"], ["7"], []],
      [[], [], []],
      [["a", "b"], [], ["a", "b"]],
    ] as const) {
      await t.redis.del(`${queue}:active`, ...["1", "2", "7"].map((id) => `${queue}:${id}:lock`));
      if (active.length > 0) await t.redis.rpush(`${queue}:active`, ...active);
      for (const id of locked) await t.redis.set(`${queue}:${id}:lock`, "token", "PX", 60_000);
      const run = await t.call("orphans", orphans, queue);
      const state = `active: ${active.join(", ") || "none"}; locked: ${locked.join(", ") || "none"}`;
      run.gives(expected, `Not the right ones (${state}).`);
      run.avoids(["KEYS"], "Right, but KEYS looks at every key of the server.");
      run.avoids(["DEL", "LREM", "SET"], "A look should change nothing.");
    }
  }),
};

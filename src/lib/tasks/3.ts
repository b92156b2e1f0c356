import { task } from "../exercises/task.js";

export const tasks = {
  1: task("what does SADD count?", async (t, isNew: (key: string, user: string) => unknown) => {
    const key = t.key("visitors");
    const heard = { ala: [true, false], ola: [true, false, false] };
    for (const [user, answers] of Object.entries(heard)) {
      for (const [visit, answer] of answers.entries()) {
        const run = await t.call("isNew", isNew, key, user);
        run.gives(answer, `Visit number ${visit + 1} of ${user} should return ${answer}.`);
      }
    }
    t.same(
      (await t.redis.smembers(key)).toSorted(),
      ["ala", "ola"],
      "The key should hold both users.",
    );
    await t.race(
      {
        before: () => t.redis.del(key),
        rival: async (other) => (await other.sadd(key, "ewa")) === 1,
        after: (run, seen) => t.that(run.value !== seen, `both heard ${seen} for the same user.`),
      },
      "isNew",
      isNew,
      key,
      "ewa",
    );
    (await t.call("isNew", isNew, key, "iga")).inOneStep();
  }),
  2: task(
    "SDIFF, and then leave Ala out",
    async (t, mightKnow: (mine: string, theirs: string, me: string) => unknown) => {
      const [mine, theirs] = [t.key("mine"), t.key("theirs")];
      const cases = [
        ["Ala", ["Jan"], ["Ala", "Jan", "Ewa", "Piotr"], ["Ewa", "Piotr"]],
        ["Iga", ["Ola", "Jan", "Ewa"], ["Iga", "Zoe", "Ewa", "Adam"], ["Adam", "Zoe"]],
        ["Iga", ["Ola"], ["Iga"], []],
      ] as const;
      for (const [me, ours, others, expected] of cases) {
        await t.redis.del(mine, theirs);
        await t.redis.sadd(mine, ...ours);
        await t.redis.sadd(theirs, ...others);
        const run = await t.call("mightKnow", mightKnow, mine, theirs, me);
        const friends = `mine: ${ours.join(", ")}; theirs: ${others.join(", ")}`;
        run.gives(expected, `Their friends who are not mine, without me (${friends}).`).asksRedis();
      }
    },
  ),
  3: task(
    "SMOVE from to member",
    async (t, finish: (from: string, to: string, job: string) => unknown) => {
      const [todo, done] = [t.key("todo"), t.key("done")];
      const before = async () => {
        await t.redis.del(todo, done);
        await t.redis.sadd(todo, "cook", "wash");
      };
      const places = async (redis: typeof t.redis) => {
        const [isTodo, isDone] = [redis.sismember(todo, "cook"), redis.sismember(done, "cook")];
        return (await isTodo) + (await isDone);
      };
      await before();
      await t.call("finish", finish, todo, done, "cook");
      t.same(await t.redis.smembers(todo), ["wash"], "The job should be gone from the first set.");
      t.same(await t.redis.smembers(done), ["cook"], "The job should be in the second set.");
      await t.race(
        {
          before,
          rival: places,
          after: (_, seen) => {
            t.that(seen > 0, "it found the job in neither set.");
            t.that(seen < 2, "it found the job in both sets.");
          },
        },
        "finish",
        finish,
        todo,
        done,
        "cook",
      );
    },
  ),
};

import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    "which option lets a score only grow?",
    async (t, record: (key: string, player: string, points: number) => unknown) => {
      const key = t.key("records");
      const rounds = [
        ["Ala", 70, "70", "A player's first result should be stored."],
        ["Ala", 50, "70", "A worse result should change nothing."],
        ["Ala", 90, "90", "A better result should replace the old one."],
        ["Jan", -3, "-3", "A player's first result should be stored."],
      ] as const;
      for (const [player, points, best, requirement] of rounds) {
        const run = await t.call("record", record, key, player, points);
        t.same(await t.redis.zscore(key, player), best, requirement);
        run.inOneCommand();
      }
    },
  ),
  2: task(
    "ZREMRANGEBYRANK from 0; negative positions count from the end",
    async (t, keepBest: (key: string, n: number) => unknown) => {
      const key = t.key("top");
      const members = ["a", "b", "c", "d", "e", "f", "g"];
      for (const n of [3, 1, 7, 9]) {
        await t.redis.del(key);
        for (const [score, member] of members.entries()) await t.redis.zadd(key, score, member);
        const run = await t.call("keepBest", keepBest, key, n);
        t.same(await t.redis.zrange(key, 0, "-1"), members.slice(-n), `The best ${n} should stay.`);
        run.inOneCommand();
      }
    },
  ),
  3: task(
    "the reply is flat: name, score, name, score; and scores are strings",
    async (t, gap: (key: string) => unknown) => {
      const key = t.key("race");
      for (const [scores, points] of [
        [[310, 295, 120], 15],
        [[5, 100, 20], 80],
      ] as const) {
        await t.redis.del(key);
        await t.redis.zadd(key, scores[0], "Ala", scores[1], "Ola", scores[2], "Jan");
        const run = await t.call("gap", gap, key);
        run.gives(points, `The best two of ${scores.join(", ")} are ${points} apart.`);
        run.asksRedis().receivesAtMost(4);
      }
    },
  ),
};

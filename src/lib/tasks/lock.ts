import type { Judge } from "../exercises/judge.js";

/** A lock that only its owner may release: 7d and 7f ask for it. */
export async function judgeRelease(
  t: Judge,
  release: (key: string, token: string) => unknown,
): Promise<void> {
  const key = t.key("lock");
  await t.redis.set(key, "mine");
  const yours = await t.call("release", release, key, "yours");
  t.same(await t.redis.get(key), "mine", "Another token should leave the lock alone.");
  yours.gives(0, "Another token should give 0.");
  const mine = await t.call("release", release, key, "mine");
  t.same(await t.redis.get(key), null, "The owner's token should delete the lock.");
  mine.gives(1, "The owner's token should give 1.");
  (await t.call("release", release, key, "mine")).gives(0, "There is no lock any more: 0.");
  await t.race(
    {
      before: () => t.redis.set(key, "mine"),
      // The time of the lock was up, and somebody else took it.
      rival: (other) => other.set(key, "theirs"),
      after: async () => {
        t.same(
          await t.redis.get(key),
          "theirs",
          "it took the lock over, and you deleted its lock.",
        );
      },
    },
    "release",
    release,
    key,
    "mine",
  );
}

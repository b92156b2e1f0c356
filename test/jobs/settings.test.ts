import { join, resolve } from "node:path";
import { jobSettings, JobClient, numberSetting, QueueUnavailableError } from "redis-lab-jobs";
import { expect, test } from "vitest";
import { root } from "../root.js";

test("settings come from the environment, else are the project's", () => {
  const env = { REDIS_URL: "redis://there:1234/2", MEDIA_ROOT: "some/folder" };
  expect(jobSettings(env)).toEqual({
    redisUrl: "redis://there:1234/2",
    prefix: "lab:jobs",
    mediaRoot: resolve("some/folder"),
  });
  const { mediaRoot } = jobSettings({ REDIS_URL: "redis://there" });
  expect(mediaRoot).toBe(join(root, ".lab", "media"));
});

test("REDIS_PREFIX is taken, with braces on a cluster; what cannot be used is said so", () => {
  const prefix = (REDIS_URL: string, REDIS_PREFIX: string) =>
    jobSettings({ REDIS_URL, REDIS_PREFIX }).prefix;
  expect(prefix("redis://there", "team:a")).toBe("team:a");
  expect(prefix("redis://a:1,b:2", "team:a")).toBe("{team:a}");
  expect(() => prefix("redis://there", "a b")).toThrow(/REDIS_PREFIX is "a b": set it to letters/);
  expect(() => prefix("redis//:secret@there", "")).toThrow(/REDIS_URL is .*no address of a Redis/);
});

test.each(["0", "-1", "1.5", "65", "1e1", " 2", "many"])("a number %j is refused", (value) => {
  const range = { fallback: 2, min: 1, max: 64 };
  expect(() => numberSetting({ N: value }, "N", range)).toThrow(
    `N is "${value}": set it to a whole number from 1 to 64, or leave it out.`,
  );
  expect(numberSetting({ N: "64" }, "N", range)).toBe(64);
  expect(numberSetting({ N: "" }, "N", range)).toBe(2);
});

test("where no Redis is, enqueue and status say so in seconds, without the password", async () => {
  const client = new JobClient({ redisUrl: "redis://user:secret@127.0.0.1:1" });
  const started = performance.now();
  const errors = await Promise.all([
    client.enqueue("multiply", { a: 1, b: 1 }).catch((e: Error) => e),
    client.status("0").catch((e: Error) => e),
  ]);
  for (const error of errors) {
    expect(error).toBeInstanceOf(QueueUnavailableError);
    expect((error as Error).message).toMatch(
      /^Redis at 127\.0\.0\.1:1 does not answer \(.*REDIS_URL/,
    );
    expect((error as Error).message).not.toContain("secret");
  }
  expect(performance.now() - started).toBeLessThan(15_000);
  await client.close();
});

import { JobFailedError, mediaPath, storeIncoming } from "redis-lab-jobs";
import { expect, test } from "vitest";
import { oddFiles } from "../../bench/hostile/odd-files.js";
import { lab, unzip } from "./fixtures.js";

const { settings, client, worker, mediaRoot, files } = lab();

// Two hundred, huge ones too, are sent by `npm run bench:hostile`.
test("each odd file ends as a clear failure or a right zip, and leaves nothing else", async () => {
  const own = settings();
  const jobs = client(own);
  await worker(own);
  const outcomes = await Promise.all(
    (await oddFiles(40, 7, { huge: false })).map(async ({ name, bytes, what }) => {
      const file = await storeIncoming(mediaRoot(), bytes);
      const sizes = [{ width: 64, height: 64 }];
      const job = await jobs.enqueue("make-thumbnails", { file, name, sizes });
      try {
        const { archivePath } = await jobs.awaitResult(job, 60_000);
        const entries = await unzip(mediaPath(mediaRoot(), archivePath));
        expect(entries[0]?.bytes.equals(bytes), what).toBe(true);
        expect(entries.every((entry) => !/[/\\<>\u0000-\u001f]/.test(entry.name))).toBe(true);
        return "zip";
      } catch (error) {
        expect(error, what).toBeInstanceOf(JobFailedError);
        expect((error as Error).message, what).toMatch(
          /^(The file is (empty|not a JPEG)|The picture is damaged|The picture has more than)/,
        );
        return "failure";
      }
    }),
  );
  const zips = outcomes.filter((outcome) => outcome === "zip").length;
  expect(zips).toBeGreaterThan(5);
  expect(outcomes.length - zips).toBeGreaterThan(5);
  await expect.poll(async () => (await files()).length).toBe(zips);
});

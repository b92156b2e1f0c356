import { JobFailedError, mediaPath, storeIncoming } from "redis-lab-jobs";
import { expect, test } from "vitest";
import { oddFiles, type OddFile } from "../../bench/hostile/odd-files.js";
import { lab, unzip } from "./fixtures.js";

const { settings, client, worker, mediaRoot, files } = lab();

/** What may become of a file: any other outcome is told as it is, and fails the test. */
const CLEAR =
  /^(zip|The file is (empty|not a JPEG|an? .*cannot be read here).*|The picture (is damaged|has).*)$/;

// Two hundred, huge ones too, are sent by `npm run bench:hostile`.
test("each odd file ends as a clear failure or a right zip, and leaves nothing else", async () => {
  const own = settings();
  const jobs = client(own);
  await worker(own);
  const outcomeOf = async ({ name, bytes }: OddFile): Promise<string> => {
    const file = await storeIncoming(mediaRoot(), bytes);
    const sizes = [{ width: 64, height: 64 }];
    const job = await jobs.enqueue("make-thumbnails", { file, name, sizes });
    try {
      const { archivePath } = await jobs.awaitResult(job, 60_000);
      const entries = await unzip(mediaPath(mediaRoot(), archivePath));
      if (!entries[0]?.bytes.equals(bytes)) return "a zip without the original";
      const unsafe = entries.find((entry) => /[/\\<>\p{Cc}]/u.test(entry.name));
      return unsafe ? `a zip with the name ${unsafe.name}` : "zip";
    } catch (error) {
      return error instanceof JobFailedError ? error.message : String(error);
    }
  };
  const odd = await oddFiles(40, 7, { huge: false });
  const outcomes = await Promise.all(odd.map(outcomeOf));
  const unclear = outcomes.flatMap((outcome, i) =>
    CLEAR.test(outcome) ? [] : [`${odd[i]?.what}: ${outcome}`],
  );
  expect(unclear).toEqual([]);
  const zips = outcomes.filter((outcome) => outcome === "zip").length;
  expect(zips).toBeGreaterThan(5);
  expect(odd.length - zips).toBeGreaterThan(5);
  await expect.poll(async () => (await files()).length).toBe(zips);
});

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { mediaPath, MediaPathError, removeMedia, storeIncoming } from "redis-lab-jobs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "media ż-"));
});
afterEach(() => rm(root, { recursive: true }));

describe("mediaPath", () => {
  test("leads into the folder", () => {
    expect(mediaPath(root, "archives/a.zip")).toBe(join(root, "archives", "a.zip"));
  });

  test.each([
    "",
    ".",
    "..",
    "../a",
    "a/../../b",
    "a/../b",
    "/etc/passwd",
    "a//b",
    "a/",
    "a\\..\\b",
    "a\0b",
    "./a",
  ])("refuses %j", (file) => {
    expect(() => mediaPath(root, file)).toThrow(MediaPathError);
  });
});

describe("storeIncoming", () => {
  test("stores bytes and streams under random names, and leaves nothing else", async () => {
    const first = await storeIncoming(root, Buffer.from("one"));
    const second = await storeIncoming(root, Readable.from([Buffer.from("tw"), Buffer.from("o")]));
    expect(first).not.toBe(second);
    expect(await readFile(mediaPath(root, first), "utf8")).toBe("one");
    expect(await readFile(mediaPath(root, second), "utf8")).toBe("two");
    expect(await readdir(join(root, "working"))).toEqual([]);
    await removeMedia(root, first);
    await removeMedia(root, first);
    expect(await readdir(join(root, "incoming"))).toHaveLength(1);
  });

  test("keeps nothing of a stream that breaks", async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("half");
        throw new Error("the upload was cut");
      })(),
    );
    await expect(storeIncoming(root, broken)).rejects.toThrow("the upload was cut");
    expect(await readdir(join(root, "working"))).toEqual([]);
    expect(await readdir(root)).toEqual(["working"]);
  });
});

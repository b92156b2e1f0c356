import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import {
  GetBucketLifecycleConfigurationCommand,
  ListMultipartUploadsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  MediaPathError,
  openStorage,
  SettingError,
  StorageAwayError,
  StoredTooLargeError,
  type Storage,
} from "redis-lab-jobs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { S3Server } from "../../bench/chaos/s3-server.js";
import { root } from "../root.js";

let folder: string;
let server: S3Server;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "storage ż-"));
  server = await S3Server.start(root);
  // The client reads them from the process.
  Object.assign(process.env, server.env, { MEDIA_ROOT: "" });
}, 300_000);
afterAll(async () => {
  for (const name of Object.keys(server?.env ?? {})) delete process.env[name];
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const OPEN: [kind: string, open: () => Promise<Storage>][] = [
  ["a folder", () => openStorage(join(folder, "media"))],
  ["a bucket", () => openStorage("s3://media/some/prefix")],
];

async function* broken() {
  yield Buffer.from("half");
  throw new Error("the upload broke");
}

describe.each(OPEN)("%s", (_kind, open) => {
  test("gives back what was stored, whole, in pieces, or as a stream", async () => {
    const storage = await open();
    const large = Buffer.alloc(20 * 1024 ** 2, "x");
    async function* streamed() {
      for (let at = 0; at < large.length; at += 65_536) yield large.subarray(at, at + 65_536);
    }
    await storage.write("incoming/a", Buffer.from("one"));
    await storage.write("incoming/a", Buffer.from("another"));
    await storage.write("archives/b.zip", Buffer.from("pieces"));
    await storage.write("incoming/c", streamed(), { flush: true });
    expect(String(await storage.read("incoming/a"))).toBe("another");
    expect(String(await storage.read("archives/b.zip"))).toBe("pieces");
    expect((await storage.read("incoming/c"))?.equals(large)).toBe(true);
    const found = await storage.find("archives/b.zip");
    expect(found?.bytes).toBe(6);
    expect(String(await buffer((await found?.stream({ start: 1, end: 3 }))!))).toBe("iec");
    await expect(storage.read("incoming/c", 1000)).rejects.toThrow(StoredTooLargeError);
    storage.close();
  });

  test("has no half file, and knows what is not there", async () => {
    const storage = await open();
    await expect(storage.write("incoming/half", broken())).rejects.toThrow("the upload broke");
    expect(await storage.read("incoming/half")).toBeUndefined();
    expect(await storage.find("incoming/half")).toBeUndefined();
    await storage.remove("incoming/half");
    for (const path of ["../a", "/a", "a//b", "a/../b", "a\\b", ""]) {
      await expect(storage.read(path)).rejects.toThrow(MediaPathError);
      await expect(storage.write(path, Buffer.from("x"))).rejects.toThrow(MediaPathError);
    }
    storage.close();
  });

  test("keeps one id from its first use on, whoever asks first", async () => {
    const several = await Promise.all([open(), open(), open()]);
    const ids = await Promise.all(several.map((one) => one.prepare()));
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[\da-f-]{36}$/);
    for (const one of several) one.close();
  });

  test("lists what is older than a time", async () => {
    const storage = await open();
    await storage.write("archives/old.zip", Buffer.from("x"));
    const list = async (before: number) => {
      const files: string[] = [];
      for await (const file of storage.olderThan("archives", before)) files.push(file);
      return files;
    };
    expect(await list(Date.now() - 60_000)).toEqual([]);
    expect(await list(Date.now() + 60_000)).toContain("archives/old.zip");
    storage.close();
  });
});

test("a folder is its user's alone, leaves nothing unfinished, and says what it is not", async () => {
  const path = join(folder, "private");
  const storage = await openStorage(path);
  await storage.prepare();
  await expect(storage.write("archives/1.zip", broken())).rejects.toThrow("broke");
  expect(await readdir(join(path, "working"))).toEqual([]);
  await writeFile(join(path, "working", "archives_1.zip-killed"), "half");
  await storage.removeUnfinished("archives/1.zip");
  expect(await readdir(join(path, "working"))).toEqual([]);
  expect((await stat(path)).mode & 0o077).toBe(0);

  await writeFile(join(folder, "file"), "");
  const notOne = await openStorage(join(folder, "file"));
  await expect(notOne.prepare()).rejects.toThrow(/MEDIA_ROOT is ".*file": set it to a folder/);
});

test("a bucket gives links that a browser can follow, and forgets by itself", async () => {
  const storage = await openStorage("s3://media/linked");
  await storage.write("archives/1.zip", Buffer.from("zip"));
  const link = await storage.link("archives/1.zip", 'a "ż" (1).zip');
  const answer = await fetch(String(link));
  expect(await answer.text()).toBe("zip");
  expect(answer.headers.get("content-disposition")).toBe(
    `attachment; filename="a ___ (1).zip"; filename*=UTF-8''a%20%22%C5%BC%22%20%281%29.zip`,
  );
  expect(await storage.expireAfter(3600)).toBeUndefined();
  expect(await storage.expireAfter(24 * 3600)).toBeUndefined();
  const client = new S3Client({ forcePathStyle: true });
  const rules = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: "media" }));
  expect(rules.Rules).toMatchObject([
    { Filter: { Prefix: "linked/archives/" }, Status: "Enabled", Expiration: { Days: 2 } },
    { Filter: { Prefix: "linked/incoming/" }, AbortIncompleteMultipartUpload: {} },
  ]);
  const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket: "media" }));
  expect(uploads.Uploads ?? []).toEqual([]);
  client.destroy();
  storage.close();
});

test("a bucket that is none, a wrong URL and a service that is away are told apart", async () => {
  await expect(openStorage("s3://")).rejects.toThrow(/MEDIA_ROOT is "s3:\/\/": set it to a folder/);
  await expect(openStorage("s3://media/../x")).rejects.toThrow(SettingError);
  const none = await openStorage("s3://no-such-bucket");
  await expect(none.prepare()).rejects.toThrow(/MEDIA_ROOT.*AWS_ENDPOINT_URL/);
  process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";
  const away = await openStorage("s3://media");
  await expect(away.read("a")).rejects.toThrow(StorageAwayError);
  process.env["AWS_ENDPOINT_URL"] = server.env["AWS_ENDPOINT_URL"];
});

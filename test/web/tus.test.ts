import { stat } from "node:fs/promises";
import { request } from "node:http";
import sharp from "sharp";
import { expect, test, vi } from "vitest";
import { noise } from "../worker/fixtures.js";
import { ask } from "./http.js";
import { workedPage } from "./worked-page.js";

const page = workedPage();
const TUS = { "tus-resumable": "1.0.0" };
const metadata = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`)
    .join(",");

async function begin(bytes: number, fields: Record<string, string> = {}) {
  const headers = { ...TUS, "upload-length": bytes, "upload-metadata": metadata(fields) };
  return ask(`${page.server().url}/uploads`, { method: "POST", headers });
}

const patch = (path: string, offset: number, body: Buffer) =>
  ask(page.server().url + path, {
    method: "PATCH",
    headers: { ...TUS, "upload-offset": offset, "content-type": "application/offset+octet-stream" },
    body,
  });
const offsetOf = async (path: string) =>
  Number(
    (await ask(page.server().url + path, { method: "HEAD", headers: TUS })).headers[
      "upload-offset"
    ],
  );

test("an upload whose connection is lost goes on where it was, and becomes the task of its id", async () => {
  const bytes = await noise(800, 600).jpeg().toBuffer();
  const fields = { filename: "żaba.jpg", sizes: "64x64, 100x100", format: "webp" };
  const begun = await begin(bytes.length, fields);
  expect(begun.status).toBe(201);
  const path = String(begun.headers["location"]);
  const id = path.replace("/uploads/", "");
  // The connection is lost in the middle.
  const { hostname, port } = new URL(page.server().url);
  const headers = { ...TUS, "upload-offset": 0, "content-type": "application/offset+octet-stream" };
  const lost = request({ hostname, port, path, method: "PATCH", headers, agent: false });
  lost.on("error", () => {});
  lost.write(bytes.subarray(0, 20_000));
  await vi.waitFor(async () => expect(await page.server().files()).not.toHaveLength(0));
  await vi.waitFor(async () => expect(await stored()).toBeGreaterThan(10_000), 5000);
  lost.destroy();
  const offset = await vi.waitFor(async () => {
    const known = await offsetOf(path);
    expect(known).toBeGreaterThan(10_000);
    return known;
  });
  expect((await patch(path, 0, bytes)).status).toBe(409);
  expect((await patch(path, offset, bytes.subarray(offset))).status).toBe(204);
  await vi.waitFor(
    async () => expect(await page.stateOf(id)).toMatchObject({ task_status: "SUCCESS" }),
    { timeout: 20_000, interval: 50 },
  );
  const { results } = (await page.stateOf(id)) as unknown as {
    results: { thumbnails: { name: string; path: string }[] };
  };
  expect(results.thumbnails.map(({ name }) => name)).toEqual([
    "żaba_64x64.webp",
    "żaba_100x100.webp",
  ]);
  const made = await fetch(page.server().url + results.thumbnails[0]?.path);
  expect((await sharp(await made.arrayBuffer()).metadata()).width).toBe(64);
  expect((await page.server().files()).filter((file) => file.includes("uploads"))).toEqual([]);
});

async function stored(): Promise<number> {
  const files = (await page.server().files()).filter((file) => /uploads[^.]*$/.test(file));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return Math.max(0, ...sizes);
}

test("what is no picture, too large, or wished wrongly is refused with a sentence", async () => {
  const text = Buffer.from("These are notes, and no picture at all.");
  const path = String((await begin(text.length, { filename: "a.png" })).headers["location"]);
  const refused = await patch(path, 0, text);
  expect(refused.status).toBe(415);
  expect(refused.json().error).toMatch(/not a picture/);
  // It stays in the list.
  expect(await page.stateOf(path.replace("/uploads/", ""))).toMatchObject({
    task_status: "FAILURE",
    error: `refused: ${refused.json().error}`,
  });
  expect((await begin(64_000_000, { filename: "a.png" })).status).toBe(413);
  const wish = await begin(10, { fit: "sideways" });
  expect(wish.status).toBe(400);
  expect(wish.json().error).toMatch(/The fit is one of/);
  const evil = { ...TUS, "upload-length": 1, origin: "http://evil.example" };
  const { status } = await ask(`${page.server().url}/uploads`, { method: "POST", headers: evil });
  expect(status).toBe(403);
  expect((await page.server().files()).filter((file) => file.includes("uploads"))).toEqual([]);
});

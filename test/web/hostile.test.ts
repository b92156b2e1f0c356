import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, askRaw, form, picture } from "./http.js";
import { openServer, openTestRedis, PNG, type TestServer } from "./server.js";

let redis: Awaited<ReturnType<typeof openTestRedis>>;
let server: TestServer;
const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
beforeAll(async () => {
  redis = await openTestRedis();
  server = await openServer(redis.url, { fileBytes: 10_000, files: 2 });
  await mkdir(join(server.mediaRoot, "archives"));
  await mkdir(join(server.mediaRoot, "incoming"));
  await writeFile(join(server.mediaRoot, "archives", `${ID}.zip`), "PK");
  await writeFile(join(server.mediaRoot, "archives", "private.zip"), "PK");
  await writeFile(join(server.mediaRoot, "incoming", ID), "private");
  await writeFile(join(server.mediaRoot, "secret.txt"), "secret");
});
afterAll(async () => {
  await server?.close();
  await redis?.stop();
});

test("wrong Host, wrong Origin: 403, and nothing is stored", async () => {
  const before = await server.files();
  const good = form([picture(PNG)]);
  for (const headers of [
    { host: "evil.example" },
    { origin: "http://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
  ]) {
    const answer = await ask(server.url + "/", {
      ...good,
      headers: { ...good.headers, ...headers },
    });
    expect(answer.status).toBe(403);
    expect(answer.json().error).toMatch(/host name|another web site/);
  }
  expect((await ask(server.url + "/queues", { headers: { host: "evil.example" } })).status).toBe(
    403,
  );
  expect(await server.files()).toEqual(before);
});

test("the dashboard shows the queues, and takes orders from its own pages alone", async () => {
  const queues = await ask(server.url + "/queues/api/queues");
  const names = queues.json().queues?.map(({ name }) => name);
  expect(names?.toSorted()).toEqual(["arithmetic", "forms", "thumbnails", "upkeep"]);
  const pause = async (origin: string) =>
    ask(`${server.url}/queues/api/queues/thumbnails/pause`, { method: "PUT", headers: { origin } });
  expect((await pause("http://evil.example")).status).toBe(403);
  expect((await pause(server.url)).status).toBe(200);
  const page = await ask(`${server.url}/queues`);
  expect(page.headers["content-security-policy"]).toMatch(
    /script-src 'self';.*frame-ancestors 'none'/,
  );
  expect(page.text).not.toMatch(/(src|href)="https?:/);
});

describe("limits of a form", () => {
  const many = (count: number, part: Parameters<typeof form>[0][number]) =>
    Array.from({ length: count }, () => part);
  test.each([
    ["too many pictures", many(3, picture(PNG)), 413, /At most 2 pictures/],
    ["too many fields", [...many(30, { name: "sizes", value: "1x1" })], 413, /too many fields/],
    ["a field too long", [{ name: "sizes", value: "1x1,".repeat(300) }], 400, /too long/],
    ["an unknown field", [picture(PNG), { name: "path", value: "/etc" }], 400, /unknown/],
    ["a picture in another field", [{ ...picture(PNG), name: "file" }], 400, /image_file/],
    ["a field called __proto__", [picture(PNG), { name: "__proto__", value: "x" }], 400, /./],
  ])("%s", async (_, parts, status, message) => {
    const before = await server.files();
    const answer = await ask(server.url + "/", form(parts));
    expect(answer.json().error).toMatch(message);
    expect(answer.status).toBe(status);
    expect(await server.files()).toEqual(before);
  });

  test("a body that says it is too large is not read at all", async () => {
    const head = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n`;
    const answer = await askRaw(server.url, `${head}Content-Length: 999999999\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 .*too much at once/s);
  });

  test.each([
    ["no boundary", "multipart/form-data", "hello"],
    ["no end", "multipart/form-data; boundary=x", "--x\r\ncontent-disposition: form-data"],
    ["no parts", "multipart/form-data; boundary=x", "nonsense"],
    ["an empty body", "multipart/form-data; boundary=x", ""],
    [
      "a part cut off",
      "multipart/form-data; boundary=x",
      '--x\r\ncontent-disposition: form-data; name="image_file"; filename="a.png"\r\n\r\n' +
        PNG.toString("latin1"),
    ],
  ])("broken: %s", async (_, type, body) => {
    const before = await server.files();
    const headers = { "content-type": type, accept: "application/json" };
    const answer = await ask(server.url + "/", { method: "POST", headers, body });
    expect(answer.status).toBe(400);
    expect(answer.json().error).toMatch(/could not be read|at least one picture/);
    expect(await server.files()).toEqual(before);
  });

  test.each(["application/json", "text/plain", "application/x-www-form-urlencoded"])(
    "%s is no form with pictures",
    async (type) => {
      const headers = { "content-type": type, accept: "application/json" };
      const answer = await ask(server.url + "/", { method: "POST", headers, body: "{}" });
      expect(answer.status).toBe(415);
      expect(answer.json().error).toContain("multipart/form-data");
    },
  );
});

test("an archive can be had, and nothing else of the media folder", async () => {
  const archive = await ask(`${server.url}/media/archives/${ID}.zip`);
  expect(archive.status).toBe(200);
  expect(archive.headers).toMatchObject({
    "content-type": "application/zip",
    "content-disposition": "attachment; filename=thumbnails.zip",
    "x-content-type-options": "nosniff",
  });
  for (const path of [
    "secret.txt",
    "archives",
    "archives/",
    "archives/private.zip",
    `archives/${ID}`,
    `archives/${ID}.zip/`,
    `archives/${ID}.zip%00`,
    `archives/${ID.toUpperCase()}.zip`,
    `incoming/${ID}`,
    `archives/../incoming/${ID}`,
    `archives/..%2fincoming%2f${ID}`,
    `archives/%2e%2e/secret.txt`,
    "archives/..%5csecret.txt",
    "../secret.txt",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "archives//etc/passwd",
  ]) {
    const answer = await ask(`${server.url}/media/${path}`);
    expect([path, answer.status]).toEqual([path, 404]);
    expect(answer.text).not.toMatch(/secret|private|root:/);
  }
});

test.each([
  ["task/unknown", 404],
  [`task/${ID}`, 404],
  [`task/${ID}/../..`, 404],
  ["task/..%2f..%2fetc%2fpasswd", 404],
  [`task/${"a".repeat(3000)}`, 414],
  ["task/bull:meta", 404],
  ["task/%zz", 400],
  ["assets/tsconfig.json", 404],
  ["assets/page.ts", 404],
  ["assets/../errors.ts", 403],
  ["assets/..%2ferrors.js", 404],
  ["no-such-page", 404],
])("GET /%s: %i", async (path, status) => {
  const answer = await ask(`${server.url}/${path}`);
  expect(answer.status).toBe(status);
  expect(answer.json()).toEqual({ error: expect.any(String) });
});

test("unknown tasks on the page are said to be unknown, at most 50 of them", async () => {
  const query = Array.from({ length: 80 }, (_, index) => `task=<b>${index}`).join("&");
  const page = await ask(`${server.url}/?${encodeURI(query)}`, {
    headers: { accept: "text/html" },
  });
  expect(page.status).toBe(200);
  expect(page.text.match(/There is no such task/g)).toHaveLength(50);
  expect(page.text).not.toContain("<b>0");
});

test("every answer has the headers that guard a page", async () => {
  for (const path of ["/", "/task/unknown", "/nothing", "/assets/page.css"]) {
    const { headers } = await ask(server.url + path);
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none';script-src 'self'/);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
    });
  }
  const { text } = await ask(server.url, { headers: { accept: "text/html" } });
  expect(text).not.toMatch(/<style|style=|onclick|<script(?![^>]* src="\/assets)/);
});

test("nonsense and huge headers are refused, and the server lives on", async () => {
  expect(await askRaw(server.url, "nonsense\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
  const huge = `GET / HTTP/1.1\r\nHost: localhost\r\nX-Huge: ${"x".repeat(100_000)}\r\n\r\n`;
  expect(await askRaw(server.url, huge)).toMatch(/^HTTP\/1\.1 431 /);
  expect(await askRaw(server.url, "GET / HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 403 /);
  expect((await ask(server.url)).status).toBe(200);
  expect(server.log).toEqual([]);
});

test("too many uploads, and too many requests, in a minute: 429 with a time to wait", async () => {
  const small = await openServer(redis.url, { uploadsPerMinute: 2, requestsPerMinute: 6 });
  try {
    const statuses: number[] = [];
    for (let count = 0; count < 3; count++) {
      statuses.push((await ask(small.url, form([picture(PNG)]))).status);
    }
    expect(statuses).toEqual([202, 202, 429]);
    for (let count = 0; count < 6; count++) await ask(`${small.url}/nothing`);
    const answer = await ask(`${small.url}/nothing`, { headers: { accept: "text/html" } });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(answer.text).toContain("Try again in");
  } finally {
    await small.close();
  }
});

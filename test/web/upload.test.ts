import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { JobClient } from "redis-lab-jobs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { answerTo, ask, form, picture } from "./http.js";
import { openServer, openTestRedis, PNG, type TestServer } from "./server.js";

let redis: Awaited<ReturnType<typeof openTestRedis>>;
let server: TestServer;
let client: JobClient;
beforeAll(async () => {
  redis = await openTestRedis();
  server = await openServer(redis.url, { fileBytes: 100_000, files: 3 });
  client = new JobClient({ redisUrl: redis.url, prefix: server.prefix });
});
afterAll(async () => {
  await client?.close();
  await server?.close();
  await redis?.stop();
});

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const jobOf = async (id: string | undefined) =>
  (await client.queue("thumbnails").getJob(id ?? ""))?.data;
/** Pads a picture to a size. */
const padded = (bytes: number) => Buffer.concat([PNG, Buffer.alloc(bytes - PNG.length)]);

test("one picture: 202 with task_id and task_status, stored under a name of our own", async () => {
  const answer = await ask(server.url + "/", form([picture(PNG, "../../zażółć 🐈.png")]));
  expect(answer.status).toBe(202);
  expect(answer.json()).toEqual({ task_id: expect.stringMatching(UUID), task_status: "PENDING" });
  expect(answer.headers.location).toBe(`/task/${answer.json().task_id}`);
  const job = await jobOf(answer.json().task_id);
  expect(job).toEqual({
    name: "zażółć 🐈.png",
    file: expect.stringMatching(/^incoming\/[\da-f-]{36}$/),
    sizes: [{ width: 128, height: 128 }],
  });
  expect(await readFile(join(server.mediaRoot, job.file))).toEqual(PNG);
});

test("several: tasks in order, one refused does not stop the others", async () => {
  const before = (await server.files()).length;
  const answer = await ask(
    server.url + "/",
    form([
      picture(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "drawing.png"),
      picture(PNG, "a.png"),
      { name: "sizes", value: "64x64, 32x16" },
      picture(PNG, "b.png"),
    ]),
  );
  expect(answer.status).toBe(202);
  const { tasks, task_id } = answer.json();
  expect(tasks).toEqual([
    { name: "drawing.png", error: expect.stringMatching(/an SVG drawing.*JPEG or PNG/) },
    { name: "a.png", task_id, task_status: "PENDING" },
    { name: "b.png", task_id: expect.stringMatching(UUID), task_status: "PENDING" },
  ]);
  const sizes = [
    { width: 64, height: 64 },
    { width: 32, height: 16 },
  ];
  expect(await jobOf(tasks?.[2]?.["task_id"])).toMatchObject({ name: "b.png", sizes });
  expect((await server.files()).length).toBe(before + 2);
});

test("a browser is sent on to a page, of one task or of several", async () => {
  const one = await ask(server.url + "/", {
    ...form([picture(PNG)]),
    headers: { ...form([]).headers, ...html },
  });
  expect(one.status).toBe(303);
  expect(one.headers.location).toMatch(/^\/task\/[\da-f-]{36}$/);
  const two = await ask(server.url + "/", {
    ...form([picture(PNG, "<b>.png"), picture(PNG)]),
    headers: { ...form([]).headers, ...html },
  });
  expect(two.headers.location).toMatch(/^\/\?task=[\da-f-]{36}&task=[\da-f-]{36}$/);
  const page = await ask(`${server.url}${two.headers.location}`, { headers: html });
  expect(page.text).toContain("&lt;b&gt;.png");
  expect(page.text).toContain('<noscript><meta http-equiv="refresh"');
  expect(page.text).toContain("no worker is running");
});

test.each([
  ["SVG", Buffer.from("<svg/>"), 415],
  ["a text called .png", Buffer.from("hello ".repeat(100)), 415],
  ["an empty file", Buffer.alloc(0), 400],
  ["one that is too large", padded(100_001), 413],
])("%s is refused, and leaves nothing", async (_, bytes, status) => {
  const before = await server.files();
  const sent = form([picture(bytes)]);
  const answer = await ask(server.url + "/", sent);
  expect(answer.status).toBe(status);
  expect(Object.keys(answer.json())).toEqual(["error"]);
  expect(await server.files()).toEqual(before);
  const page = await ask(server.url + "/", { ...sent, headers: { ...sent.headers, ...html } });
  expect(page.status).toBe(status);
  expect(page.text).toContain(`<p class="text">${answer.json().error}`);
});

test("a picture of exactly the limit is taken", async () => {
  const answer = await ask(server.url + "/", form([picture(padded(100_000))]));
  expect(answer.status).toBe(202);
});

test("one that is too large is gone before its end has come", async () => {
  const before = await server.files();
  const { headers, body } = form([picture(padded(150_000))]);
  const sent = request(server.url, { method: "POST", headers, agent: false });
  sent.write(body.subarray(0, 50_000));
  await vi.waitFor(async () => expect(await server.files()).not.toEqual(before), 10_000);
  sent.write(body.subarray(50_000, 120_000));
  await vi.waitFor(async () => expect(await server.files()).toEqual(before), 10_000);
  sent.end(body.subarray(120_000));
  const response = await answerTo(sent);
  expect(response.statusCode).toBe(413);
  response.resume();
});

test("a form that ends half way leaves nothing, not even its first picture", async () => {
  const before = await server.files();
  const { headers, body } = form([picture(PNG), picture(padded(90_000))]);
  const sent = request(server.url, {
    method: "POST",
    headers: { ...headers, "content-length": body.length },
    agent: false,
  });
  sent.on("error", () => {});
  sent.write(body.subarray(0, 60_000));
  await vi.waitFor(
    async () => expect((await server.files()).length).toBe(before.length + 2),
    10_000,
  );
  sent.destroy();
  await vi.waitFor(async () => expect(await server.files()).toEqual(before), 10_000);
  expect((await ask(server.url + "/")).status).toBe(200);
});

test.each([
  ["no picture", [], "Choose at least one picture."],
  [
    "an empty part, as browsers send",
    [picture(Buffer.alloc(0), "")],
    "Choose at least one picture.",
  ],
  ["wrong sizes", [picture(PNG), { name: "sizes", value: "big" }], "such as 128x128"],
])("%s: 400, said beside the field", async (_, parts, message) => {
  const before = await server.files();
  const sent = form(parts);
  const answer = await ask(server.url + "/", sent);
  expect(answer.status).toBe(400);
  expect(answer.json().error).toContain(message);
  const field = message.startsWith("Choose") ? "image_file" : "sizes";
  expect(answer.json()["field"]).toBe(field);
  expect(await server.files()).toEqual(before);
  const page = await ask(server.url + "/", { ...sent, headers: { ...sent.headers, ...html } });
  expect(page.status).toBe(400);
  expect(page.text).toContain(`aria-describedby="${field}-problem ${field}-help"`);
});

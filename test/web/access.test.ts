import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessSettings, type AccessSettings } from "#web/access/access-settings.js";
import { isTaskId } from "#web/tasks.js";
import { ask, form, picture } from "./http.js";
import { openServer, openTestRedis, PNG, type ServerOptions, type TestServer } from "./server.js";

let redis: Awaited<ReturnType<typeof openTestRedis>>;
const open: TestServer[] = [];
beforeAll(async () => {
  redis = await openTestRedis();
});
afterAll(async () => {
  for (const server of open) await server.close();
  await redis?.stop();
});

async function serve(access: AccessSettings = {}, options: ServerOptions = {}): Promise<string> {
  const server = await openServer(redis.url, { ...options, access });
  open.push(server);
  return server.url;
}

/** What a browser sends back of what it was given. */
const cookieOf = (answer: Awaited<ReturnType<typeof ask>>) =>
  answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
const send = (url: string, headers: Record<string, string> = {}) => {
  const sent = form([picture(PNG)]);
  return ask(url, { ...sent, headers: { ...sent.headers, ...headers } });
};
const basic = (text: string) => ({
  authorization: `Basic ${Buffer.from(text).toString("base64")}`,
});

describe("behind a proxy", () => {
  const publicUrl = "https://pictures.example.org";
  const host = "pictures.example.org";

  test("PUBLIC_URL is a host and an origin of the page; others are not", async () => {
    const url = await serve({ publicUrl });
    expect((await ask(url, { headers: { host } })).status).toBe(200);
    expect((await send(url, { host, origin: publicUrl })).status).toBe(202);
    // A proxy may ask by the address that it knows.
    expect((await send(url, { origin: publicUrl })).status).toBe(202);
    expect((await send(url, { host, origin: "https://evil.example" })).status).toBe(403);
    expect((await send(url, { host, origin: `http://${host}` })).status).toBe(202);
    expect((await ask(url, { headers: { host: `a.${host}` } })).status).toBe(403);
  });

  test("what a sender says of itself counts from a trusted proxy only", async () => {
    const from = (address: string) => ({ "x-forwarded-for": address });
    const trusting = await serve({ trustProxy: "loopback" }, { uploadsPerMinute: 1 });
    expect((await send(trusting, from("192.0.2.1"))).status).toBe(202);
    expect((await send(trusting, from("192.0.2.1"))).status).toBe(429);
    expect((await send(trusting, from("192.0.2.2"))).status).toBe(202);
    // What stands before the address that the proxy added is the sender's invention.
    expect((await send(trusting, from("192.0.2.9, 192.0.2.1"))).status).toBe(429);
    const plain = await serve({}, { uploadsPerMinute: 1 });
    expect((await send(plain, from("192.0.2.1"))).status).toBe(202);
    expect((await send(plain, from("192.0.2.2"))).status).toBe(429);
  });

  test("X-Forwarded-Host and -Proto count from a trusted proxy only", async () => {
    const headers = { "x-forwarded-host": host, "x-forwarded-proto": "https", host: "web:8000" };
    const trusting = await serve({ publicUrl, trustProxy: 1 });
    expect((await ask(trusting, { headers })).status).toBe(200);
    expect((await ask(await serve({ publicUrl }), { headers })).status).toBe(403);
    const local = { "x-forwarded-proto": "https" };
    const cookie = async (url: string) =>
      (await ask(url, { headers: local })).headers["set-cookie"]?.[0];
    expect(await cookie(await serve({ trustProxy: 1 }))).toMatch(/; Secure/);
    expect(await cookie(await serve())).not.toMatch(/; Secure/);
  });

  test.each([
    ["PUBLIC_URL", "pictures.example.org"],
    ["PUBLIC_URL", "https://example.org/pictures"],
    ["TRUST_PROXY", "yes"],
    ["TRUST_PROXY", "10.0.0.0/33"],
    ["QUEUES_READ_ONLY", "perhaps"],
    ["QUOTA_PICTURES", "-1"],
  ])("%s=%s is refused with a sentence", (name, value) => {
    expect(() => accessSettings({ [name]: value })).toThrow(
      new RegExp(`^${name} is .*: set it to`),
    );
  });
});

describe("the dashboard and the metrics", () => {
  const status = async (url: string, headers: Record<string, string> = {}, path = "/queues") =>
    (await ask(`${url}${path}`, { headers })).status;

  test("are open to this machine, and to nobody that a proxy names", async () => {
    const url = await serve();
    expect(await status(url)).toBe(200);
    for (const name of ["x-forwarded-for", "forwarded", "via"]) {
      expect(await status(url, { [name]: "192.0.2.1" })).toBe(403);
      expect(await status(url, { [name]: "192.0.2.1" }, "/metrics")).toBe(403);
      expect(await status(url, { [name]: "192.0.2.1" }, "/queues/api/queues")).toBe(403);
    }
  });

  test.each<[AccessSettings, ServerOptions]>([
    [{ publicUrl: "https://pictures.example.org" }, {}],
    [{ trustProxy: 1 }, {}],
    [{}, { host: "0.0.0.0" }],
  ])("are never open elsewhere without a password: %j %j", async (access, options) => {
    const url = await serve(access, options);
    expect([await status(url), await status(url, {}, "/queues/api/queues")]).toEqual([403, 403]);
    const locked = await serve({ ...access, queuesPassword: "a:b ż" }, options);
    expect(await status(locked)).toBe(401);
    expect(await status(locked, basic("me:a:b"))).toBe(401);
    expect(await status(locked, basic("me:a:b ż"))).toBe(200);
    expect(await status(locked, basic("me:a:b ż"), "/metrics")).toBe(200);
    expect(await status(locked, {}, "/metrics")).toBe(401);
  });

  test("read-only, its buttons do nothing", async () => {
    const url = await serve({ queuesReadOnly: true });
    const headers = { origin: url };
    const pause = `${url}/queues/api/queues/thumbnails/pause`;
    expect((await ask(pause, { method: "PUT", headers })).status).toBe(403);
    expect((await ask(`${url}/queues/api/queues`)).status).toBe(200);
  });
});

test("probes are answered whatever their Host, and metrics count by route", async () => {
  const url = await serve();
  const headers = { host: "10-1-2-3.pod.cluster" };
  expect((await ask(`${url}/healthz`, { headers })).json()).toEqual({ status: "ok" });
  expect((await ask(`${url}/readyz`, { headers })).json()).toEqual({ status: "ok" });
  await send(url);
  const { text } = await ask(`${url}/metrics`);
  expect(text).toMatch(/lab_page_requests_total\{method="POST",route="\/",status="202"\} 1/);
  expect(text).toMatch(/lab_queue_jobs\{queue="thumbnails",state="(wait|prioritized)"\} 1/);
});

describe("a session", () => {
  test("has its own list and tasks, which no one else gets", async () => {
    const url = await serve();
    const [mine, other] = [await ask(url), await ask(url)].map(cookieOf);
    const [setCookie = ""] = (await ask(url)).headers["set-cookie"] ?? [];
    expect(setCookie).toMatch(/; HttpOnly.*; SameSite=Lax/);
    const { task_id: id } = (await send(url, { cookie: mine ?? "" })).json();
    expect(isTaskId(id)).toBe(true);
    const see = async (path: string, cookie = "", method = "GET") =>
      ask(`${url}${path}`, { method, headers: cookie === "" ? {} : { cookie } });
    expect((await see("/", mine)).text).toContain(id);
    expect((await see("/", other)).text).not.toContain(id);
    for (const cookie of [other, "", "redis_lab_session=x"]) {
      expect((await see(`/task/${id}`, cookie)).status).toBe(404);
      expect((await see(`/task/${id}`, cookie, "DELETE")).status).toBe(404);
      expect((await see(`/media/archives/${id}.zip`, cookie)).status).toBe(404);
      expect((await see(`/?task=${id}`, cookie)).text).toContain("Unknown task");
    }
    expect((await see(`/task/${id}`, mine)).status).toBe(200);
    expect((await see(`/task/${id}`, mine, "DELETE")).status).toBe(204);
    expect((await see("/", mine)).text).not.toContain(id);
  });

  test("who keeps no cookies gets ids that are enough", async () => {
    const url = await serve();
    const { task_id: id } = (await send(url)).json();
    expect((await ask(`${url}/task/${id}`)).status).toBe(200);
    expect((await ask(`${url}/task/${id}`, { headers: { cookie: "a=b" } })).status).toBe(200);
  });
});

test("a quota counts pictures and bytes of a user and of an address, and lets others be", async () => {
  const url = await serve({ quota: { pictures: 2, bytes: 0 } });
  const cookie = cookieOf(await ask(url));
  const statuses = async (headers: Record<string, string>, times: number) => {
    const all: number[] = [];
    for (let i = 0; i < times; i++) all.push((await send(url, headers)).status);
    return all;
  };
  expect(await statuses({ cookie }, 3)).toEqual([202, 202, 429]);
  expect(await statuses({ cookie: cookieOf(await ask(url)) }, 1)).toEqual([202]);
  // Of this address there were three by now, which is more than one user without a cookie may send.
  expect(await statuses({}, 1)).toEqual([429]);
  const small = await serve({ quota: { pictures: 0, bytes: PNG.length + 10 } });
  expect([(await send(small)).status, (await send(small)).status]).toEqual([202, 429]);
  expect(await open.at(-1)?.files()).toHaveLength(1);
});

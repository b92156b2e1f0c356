import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkRedis, parseRedisUrl, queuePrefix } from "redis-lab-jobs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { certificate, Servers, type Server } from "../../../bench/chaos/redis-servers.js";
import { tlsBefore, type TlsServer } from "../../../bench/chaos/tls-server.js";
import { freePort } from "#processes/free-port.js";
import { root } from "../../root.js";

let folder: string;
let servers: Servers;
let plain: Server;
const open: TlsServer[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "redis ż-"));
  servers = await Servers.in(folder, root);
  plain = await servers.start({ unixsocket: join(folder, "redis.sock"), unixsocketperm: "700" });
});
afterAll(async () => {
  await servers?.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  for (const name of ["REDIS_TLS_CA", "REDIS_TLS_CERT", "REDIS_TLS_KEY"]) delete process.env[name];
});

async function check(url: string, prefix = "lab:jobs") {
  const target = parseRedisUrl(url);
  const started = performance.now();
  const found = await checkRedis(target, queuePrefix(target, prefix));
  expect(performance.now() - started).toBeLessThan(3000);
  return "facts" in found
    ? { facts: found.facts, trouble: undefined, sentence: "" }
    : { facts: undefined, trouble: found.trouble, sentence: found.trouble.sentence };
}

test("a server that can be used tells its version, and keeps no key", async () => {
  for (const url of [plain.url, `127.0.0.1:${plain.port}`, join(folder, "redis.sock")]) {
    const { facts } = await check(url);
    expect(facts?.version).toMatch(/^\d+\.\d+/);
    expect(facts?.eviction).toBe("noeviction");
  }
  expect(await plain.admin.dbsize()).toBe(0);
});

test("a wrong password, a missing one, and a user's", async () => {
  const server = await servers.start({ requirepass: "secret" }, { password: "secret" });
  const at = (user: string) => check(`redis://${user}127.0.0.1:${server.port}`);
  expect(await at(":secret@")).toMatchObject({ trouble: undefined });
  for (const user of ["", ":wrong@", "nobody:secret@"]) {
    const { trouble, sentence } = await at(user);
    expect(trouble).toMatchObject({ kind: "password", mayPass: false });
    expect(sentence).toMatch(/refuses the user or password \((NOAUTH|WRONGPASS).*Set REDIS_URL/);
    expect(sentence).not.toMatch(/secret|:wrong/);
  }
});

test("a user that lacks a permission", async () => {
  const acl = (...rules: string[]) => plain.admin.call("ACL", "SETUSER", ...rules);
  await acl("all", "on", ">p", "~lab:jobs:*", "+@all", "-@dangerous", "+info");
  await acl("reads", "on", ">p", "~lab:jobs:*", "+@read", "+@connection", "+info", "+eval");
  await acl("elsewhere", "on", ">p", "~other:*", "+@all");
  await acl("blind", "on", ">p", "~lab:jobs:*", "+@all", "-info");
  const at = (user: string) => check(`redis://${user}:p@127.0.0.1:${plain.port}`);
  expect(await at("all")).toMatchObject({ trouble: undefined });
  for (const user of ["reads", "elsewhere", "blind"]) {
    const { trouble, sentence } = await at(user);
    expect(trouble).toMatchObject({ kind: "permission", mayPass: false });
    expect(sentence).toMatch(/denies a permission.*ACL SETUSER/);
  }
});

test("no such database", async () => {
  const { trouble, sentence } = await check(`${plain.url}/99`);
  expect(trouble).toMatchObject({ kind: "database", mayPass: false });
  expect(sentence).toMatch(/no database of that number.*REDIS_URL/);
});

/** A Redis with TLS, or TLS before the plain one, where that was built without. */
async function startTls(isStrict: boolean): Promise<{ readonly port: number }> {
  const { cert, key } = certificate(folder);
  const files = { "tls-cert-file": cert, "tls-key-file": key, "tls-ca-cert-file": cert };
  const tls = { port: "0", "tls-port": String(await freePort()), ...files };
  const own = { cert: await readFile(cert), key: await readFile(key) };
  const starting = isStrict
    ? servers.start(tls, { tls: { rejectUnauthorized: false, ...own } })
    : servers.start({ ...tls, "tls-auth-clients": "no" });
  return starting.catch(async () => {
    const secure = await tlsBefore(plain, { cert, key }, isStrict);
    open.push(secure);
    return secure;
  });
}

test("TLS: with the authority's file it is used; else it is said what is missing", async () => {
  const { cert, key } = certificate(folder);
  const free = await startTls(false);
  const url = `rediss://127.0.0.1:${free.port}`;
  expect((await check(url)).sentence).toMatch(/over TLS \(.*self.signed.*REDIS_TLS_CA/i);
  expect((await check(url.replace("rediss", "redis"))).sentence).toMatch(/write rediss:\/\//);
  expect((await check(plain.url.replace("redis", "rediss"))).trouble).toMatchObject({
    kind: "tls",
    mayPass: false,
  });
  process.env["REDIS_TLS_CA"] = cert;
  expect(await check(url)).toMatchObject({ trouble: undefined });

  const strict = await startTls(true);
  const strictUrl = `rediss://127.0.0.1:${strict.port}`;
  expect((await check(strictUrl)).trouble).toMatchObject({ kind: "tls" });
  Object.assign(process.env, { REDIS_TLS_CERT: cert, REDIS_TLS_KEY: key });
  expect(await check(strictUrl)).toMatchObject({ trouble: undefined });
  process.env["REDIS_TLS_CA"] = join(folder, "none.pem");
  await expect(check(url)).rejects.toThrow(/REDIS_TLS_CA is ".*none.pem": set it to the path/);
});

test("a socket of another user, and one that is not there yet", async () => {
  expect((await check(join(folder, "none.sock"))).trouble).toMatchObject({
    kind: "away",
    mayPass: true,
  });
  const path = join(folder, "redis.sock");
  await chmod(path, 0o000);
  const { trouble } = await check(path);
  await chmod(path, 0o700);
  // The superuser may open anything.
  expect(trouble?.kind).toBe(process.getuid?.() === 0 ? undefined : "permission");
});

test("a web server is no Redis", async () => {
  const web = createServer().listen(0, "127.0.0.1");
  await once(web, "listening");
  const { port } = web.address() as AddressInfo;
  const { trouble, sentence } = await check(`redis://127.0.0.1:${port}`);
  web.close();
  expect(trouble).toMatchObject({ kind: "not redis", mayPass: false });
  expect(sentence).toMatch(/is not a Redis.*REDIS_URL/);
});

test("a replica and one without memory may become usable again", async () => {
  const replica = await servers.start({ replicaof: ["127.0.0.1", String(plain.port)] });
  const full = await servers.start({ maxmemory: "1" });
  expect((await check(replica.url)).trouble).toMatchObject({ kind: "read-only", mayPass: true });
  expect((await check(full.url)).trouble).toMatchObject({ kind: "no memory", mayPass: true });
  await replica.admin.replicaof("NO", "ONE");
  await full.admin.config("SET", "maxmemory", 0);
  expect(await check(replica.url)).toMatchObject({ trouble: undefined });
  expect(await check(full.url)).toMatchObject({ trouble: undefined });
});

test("a cluster is used by its list of nodes, and by one node it says so", async () => {
  const nodes = await servers.cluster();
  const list = nodes.map(({ url }) => url).join(",");
  expect(await check(list)).toMatchObject({ trouble: undefined });
  const one = nodes[1]?.url ?? "";
  expect(await check(one.replace("redis:", "redis+cluster:"))).toMatchObject({ facts: {} });
  const { trouble, sentence } = await check(one);
  expect(trouble).toMatchObject({ kind: "cluster", mayPass: false });
  expect(sentence).toMatch(/list its nodes/);
  const notOne = await check(`redis+cluster://127.0.0.1:${plain.port}`);
  expect(notOne.trouble).toMatchObject({ kind: "cluster", mayPass: false });
});

test("sentinels lead to the master; an unknown name is said so", async () => {
  const sentinel = await servers.sentinel("main", plain.port);
  const url = `redis+sentinel://127.0.0.1:${sentinel.port}`;
  expect(await check(`${url}/main`)).toMatchObject({ trouble: undefined });
  const { trouble, sentence } = await check(`${url}/other`);
  expect(trouble).toMatchObject({ kind: "sentinel", mayPass: false });
  expect(sentence).toMatch(/no Sentinel that knows this master/);
  expect((await check(`redis+sentinel://127.0.0.1:${plain.port}/main`)).trouble).toMatchObject({
    kind: "sentinel",
  });
  expect((await check(sentinel.url)).trouble).toMatchObject({ kind: "sentinel", mayPass: false });
});

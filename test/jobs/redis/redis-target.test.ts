import { parseRedisUrl, queuePrefix, RedisUrlError, withoutPassword } from "redis-lab-jobs";
import { describe, expect, test } from "vitest";

describe("one server", () => {
  test.each([
    ["redis://there", { host: "there", port: 6379, db: 0, tls: false }],
    ["redis://", { host: "127.0.0.1", port: 6379 }],
    ["redis:///3", { host: "127.0.0.1", port: 6379, db: 3 }],
    ["REDIS://There:7000/2", { host: "There", port: 7000, db: 2 }],
    ["redis://there?db=4", { db: 4 }],
    ["rediss://there:7000", { port: 7000, tls: true }],
    ["redis://[::1]:7000", { host: "::1", port: 7000, shown: "[::1]:7000" }],
    ["there:7000", { kind: "server", host: "there", port: 7000 }],
    ["127.0.0.1:7000", { kind: "server", port: 7000 }],
    [":7000", { host: "127.0.0.1", port: 7000 }],
    ["redis://:secret@there", { username: undefined, password: "secret" }],
    ["redis://user:p%40ss@there", { username: "user", password: "p@ss" }],
    ["redis://user:p@s/s?w#d@there:7000/1", { password: "p@s/s?w#d", port: 7000, db: 1 }],
    ["redis://user:50%@there", { password: "50%" }],
    [" redis://there ", { host: "there" }],
  ])("%s", (url, expected) => expect(parseRedisUrl(url)).toMatchObject(expected));
});

describe("a socket", () => {
  test.each([
    ["/run/redis.sock", { path: "/run/redis.sock" }],
    ["./redis.sock", { path: "./redis.sock" }],
    ["unix:///run/a%20b.sock", { path: "/run/a b.sock" }],
    ["unix://user:secret@/run/redis.sock?db=2", { password: "secret", db: 2 }],
    ["redis+unix:///run/redis.sock", { path: "/run/redis.sock" }],
    ["redis-socket:///run/redis.sock", { path: "/run/redis.sock" }],
  ])("%s", (url, expected) => {
    expect(parseRedisUrl(url)).toMatchObject({ kind: "socket", tls: false, ...expected });
  });
});

describe("sentinels", () => {
  const two = [
    { host: "a", port: 26379 },
    { host: "b", port: 7000 },
  ];
  test.each([
    ["redis+sentinel://a,b:7000/main", { sentinels: two, name: "main", db: 0 }],
    ["redis+sentinel://a,b:7000/main/2", { sentinels: two, name: "main", db: 2 }],
    ["redis-sentinel://user:secret@a,b:7000/2#main", { name: "main", db: 2, password: "secret" }],
    ["rediss+sentinel://a/main", { tls: true, name: "main" }],
    ["redis+sentinel://a?name=main&sentinelPassword=word", { sentinelPassword: "word" }],
  ])("%s", (url, expected) => {
    expect(parseRedisUrl(url)).toMatchObject({ kind: "sentinel", ...expected });
  });
});

describe("a cluster", () => {
  const three = ["a", "b", "c"].map((host, i) => ({ host, port: 7000 + i }));
  test.each([
    "redis://a:7000,b:7001,c:7002",
    "redis://a:7000,redis://b:7001,redis://c:7002",
    "redis://a:7000/, redis://b:7001/, redis://c:7002/",
    "redis://user:secret@a:7000,redis://user:secret@b:7001,redis://user:secret@c:7002",
    "a:7000,b:7001,c:7002",
    "a:7000 b:7001 c:7002",
    "redis+cluster://a:7000,b:7001,c:7002",
  ])("%s", (url) => {
    expect(parseRedisUrl(url)).toMatchObject({ kind: "cluster", nodes: three, db: 0 });
  });

  test("may be asked for by one node", () => {
    expect(parseRedisUrl("rediss+cluster://:secret@a")).toMatchObject({
      kind: "cluster",
      tls: true,
      password: "secret",
      nodes: [{ host: "a", port: 6379 }],
    });
  });

  test("has a prefix with braces, so that all keys of a queue are in one slot", () => {
    const cluster = parseRedisUrl("a:1,b:2");
    expect(queuePrefix(cluster, "lab:jobs")).toBe("{lab:jobs}");
    expect(queuePrefix(cluster, "{lab}:jobs")).toBe("{lab}:jobs");
    expect(queuePrefix(cluster, "{}:jobs")).toBe("{{}:jobs}");
    expect(queuePrefix(parseRedisUrl("a:1"), "lab:jobs")).toBe("lab:jobs");
  });
});

test.each([
  ["", /it is empty/],
  ["there", /no address of a Redis/],
  ["6379", /no address/],
  ["http://there", /http:\/\/ is not a scheme/],
  ["redis:there", /no address/],
  ["redis://there:70000", /port 70000 is not one/],
  ["redis://there:0", /port 0/],
  ["redis://there:port", /no host and port/],
  ["redis://a<b", /no host and port/],
  ["redis://there/one", /database "one" is not a number/],
  ["redis://there?tls=yes", /no parameter "tls"/],
  ["redis+sentinel://there", /master's name/],
  ["redis+sentinel://there/a/1/2", /more than/],
  ["redis://a:1,b:2/3", /no database but 0/],
  ["redis://a:1,rediss://b:2", /several schemes/],
  ["unix://", /no path/],
])("%j is refused, and the forms are listed", (url, reason) => {
  let error: unknown;
  try {
    parseRedisUrl(url);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(RedisUrlError);
  expect((error as Error).message).toMatch(reason);
  expect((error as Error).message).toMatch(/redis\+sentinel:\/\/.*cluster/);
});

test.each([
  "redis://user:secret@there",
  "redis://:sec/re@secret@there:1",
  "redis://u:secret@a,redis://u:secret@b",
  "redis+sentinel://u:secret@a/main?sentinelPassword=secret",
  "nonsense://u:secret@there",
])("%s is shown without its password", (url) => {
  expect(withoutPassword(url)).toMatch(/\*\*\*/);
  expect(withoutPassword(url)).not.toMatch(/secret/);
});

import { spawnSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { clearKeys, cli, closeAll, connect } from "#lib/index.js";
import { openLab, printed } from "./lab.js";

let server: Awaited<ReturnType<typeof openLab>>;
beforeAll(async () => {
  server = await openLab();
});
afterEach(() => clearKeys("lab:test:"));
afterAll(async () => {
  await closeAll();
  await server.stop();
});

const shown = async (...lines: string[]) => (await printed(() => cli(...lines))).join("\n");
const numbered = (count: number, width: number, indent: string) =>
  Array.from({ length: count }, (_, i) => {
    return `${i === 0 ? "" : indent}${String(i + 1).padStart(width)}) (integer) ${i + 1}`;
  }).join("\n");
const pairs = Array.from({ length: 11 }, (_, i) => {
  const number = `${i === 0 ? "" : "   "}${String(i + 1).padStart(2)}) `;
  return `${number}1) (integer) ${i + 1}\n       2) "v${i + 1}"`;
}).join("\n");

/** Commands, the prompts they come after, and redis-cli's replies to them. */
const DIALOGUE: [prompt: string, command: string, reply: string][] = [
  [
    "redis>",
    `EVAL "local t={} for i=1,11 do t[i]={i,'v'..i} end return {t,{},'end'}" 0`,
    `1) ${pairs}\n2) (empty array)\n3) "end"`,
  ],
  [
    "redis>",
    `EVAL "local t={} for i=1,10 do t[i]=i end return {'a',{'b',t}}" 0`,
    `1) "a"\n2) 1) "b"\n   2) ${numbered(10, 2, "      ")}`,
  ],
  ["redis>", String.raw`SET lab:test:d "\a\b\r\t\n\x1f\x7f\x80 'q' \"d\""`, "OK"],
  ["redis>", "GET lab:test:d", String.raw`"\a\b\r\t\n\x1f\x7f\x80 'q' \"d\""`],
  ["redis>", String.raw`SET lab:test:s 'it\'s \n raw "d"'`, "OK"],
  ["redis>", "GET lab:test:s", String.raw`"it's \\n raw \"d\""`],
  ["redis>", 'SET lab:test:empty ""', "OK"],
  ["redis>", "GET lab:test:empty", '""'],
  ["redis>", "INCRBYFLOAT lab:test:f 0.5", '"0.5"'],
  ["redis>", `EVAL "return {redis.status_reply('OK'),'OK'}" 0`, '1) OK\n2) "OK"'],
  ["redis>", 'EVAL "return -5" 0', "(integer) -5"],
  ["redis>", "GET", "(error) ERR wrong number of arguments for 'get' command"],
  [
    "redis>",
    "LPUSH lab:test:s 1",
    "(error) WRONGTYPE Operation against a key holding the wrong kind of value",
  ],
  ["redis>", "BLPOP lab:test:none 0.05", "(nil)"],
  ["redis>", "SCAN 0 MATCH nothing:*", '1) "0"\n2) (empty array)'],
  ["redis>", "MULTI", "OK"],
  ["redis(TX)>", "INCR lab:test:s", "QUEUED"],
  ["redis(TX)>", "SET lab:test:x 1", "QUEUED"],
  ["redis(TX)>", "EXEC", "1) (error) ERR value is not an integer or out of range\n2) OK"],
  ["redis>", "MULTI", "OK"],
  ["redis(TX)>", "GET", "(error) ERR wrong number of arguments for 'get' command"],
  ["redis(TX)>", "EXEC", "(error) EXECABORT Transaction discarded because of previous errors."],
  ["redis>", "MULTI", "OK"],
  ["redis(TX)>", "SET lab:test:x 2", "QUEUED"],
  ["redis(TX)>", "DISCARD", "OK"],
  ["redis>", "GET lab:test:x", '"1"'],
  ["redis>", "EXEC", "(error) ERR EXEC without MULTI"],
  ["redis>", "SELECT 99", "(error) ERR DB index is out of range"],
  ["redis>", "SELECT 3", "OK"],
  ["redis[3]>", "EXISTS lab:test:x", "(integer) 0"],
  ["redis[3]>", "SELECT 0", "OK"],
];

test("nested arrays, escapes, errors and transactions look as in redis-cli", async () => {
  const fixed = DIALOGUE.map(([prompt, command, reply]) => `${prompt} ${command}\n${reply}`);
  expect(await shown(...DIALOGUE.map(([, command]) => command))).toBe(fixed.join("\n"));

  await clearKeys("lab:test:");
  const input = DIALOGUE.map(([, command]) => `${command}\n`).join("");
  const args = ["-p", new URL(server.url).port, "--no-raw"];
  const real = spawnSync("redis-cli", args, { input, encoding: "utf8" });
  const replies = DIALOGUE.map(([, , reply]) => `${reply}\n`).join("");
  expect(real.error ? replies : real.stdout).toBe(replies);
});

test("blank lines and white space around a command do not count", async () => {
  expect(await shown("\n  PING  \n\n\tECHO  a\r\n", "")).toBe(
    'redis> PING\nPONG\nredis> ECHO  a\n"a"',
  );
  expect(await shown("", " \n")).toBe("");
});

test.each(['"a', "'a", 'a"b"', '"a"b', "'a'b", '"a\\"'])(
  "ECHO %s is refused for its quotes, as redis-cli does",
  async (text) => {
    expect(await shown(`ECHO ${text}`)).toBe(`redis> ECHO ${text}\nInvalid argument(s)`);
  },
);

test.each(["SUBSCRIBE a", "psubscribe a*", "SSUBSCRIBE a", "MONITOR", "SYNC", "PSYNC ? -1"])(
  "%s is refused, what came before it is shown, and the connection stays usable",
  async (line) => {
    const lines = await printed(() => cli("ECHO before", line).catch((e: Error) => e));
    expect(lines).toEqual(["redis> ECHO before", '"before"']);
    await expect(cli(line)).rejects.toThrow(TypeError);
    expect(await shown("ECHO after")).toBe('redis> ECHO after\n"after"');
  },
);

test("calls at once run one after the other, each with its own replies", async () => {
  const output = await printed(() => Promise.all([cli("ECHO a", "ECHO b"), cli("ECHO c")]));
  expect(output.join(" ")).toBe('redis> ECHO a "a" redis> ECHO b "b" redis> ECHO c "c"');
});

test("a reply that comes too late is not taken for that of the next command", async () => {
  const started = performance.now();
  await expect(cli("BRPOP lab:test:late 0")).rejects.toMatchObject({
    name: "TimeoutError",
    message: "Timed out after 5000 ms waiting for the reply to BRPOP.",
  });
  expect(performance.now() - started).toBeLessThan(6000);
  const next = shown("ECHO next");
  const redis = await connect();
  await redis.lpush("lab:test:late", "late");
  expect(await next).toBe('redis> ECHO next\n"next"');
  // Nobody waits in BRPOP any longer.
  expect(await redis.llen("lab:test:late")).toBe(1);
});

test("QUIT, RESET, a killed connection and closeAll each leave a fresh prompt", async () => {
  const inside = ["SELECT 2", "MULTI"];
  const fresh = 'redis> ECHO a\n"a"';
  expect(await shown("QUIT", "ECHO a")).toBe(`redis> QUIT\nOK\n${fresh}`);
  expect(await shown(...inside, "RESET", "ECHO a")).toMatch(/RESET\nRESET\nredis> ECHO a\n"a"$/);

  await shown(...inside);
  await closeAll();
  expect(await shown("ECHO a")).toBe(fresh);

  await shown(...inside);
  const redis = await connect();
  await redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  // Its end may be noticed before the next command or by it.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const started = performance.now();
  expect(await shown("ECHO a")).toBe(fresh);
  expect(performance.now() - started).toBeLessThan(2000);
});

import { describe, expect, test } from "vitest";
import { changesOf, constantsOf } from "#lab/mutate/changes.js";

/** The sources that the changes of a cell give, after constants that an earlier cell declared. */
function changed(source: string, earlier = ""): string[] {
  return changesOf(source, constantsOf([earlier, source])).map(
    ({ start, end, text }) => source.slice(0, start) + text + source.slice(end),
  );
}

test("each key, number, value and option of a command is changed once", () => {
  expect(changed('await redis.set("k", 24, "EX", -5)')).toEqual([
    'await redis.set("k~", 24, "EX", -5)',
    'await redis.set("k", 25, "EX", -5)',
    'await redis.set("k", 24, "EX~", -5)',
    'await redis.set("k", 24, "EX", -6)',
  ]);
});

test("a text that is a number stays one", () => {
  expect(changed('redis.call("SET", `a${b}`, "0.5")')).toEqual([
    'redis.call("SET", `a${b}~`, "0.5")',
    'redis.call("SET", `a${b}`, "1.5")',
  ]);
});

test("constants are changed where they are used, and only those whose kind is known", () => {
  const earlier = 'const key = "k"; const score = 3; const other = f(); let later = "x";';
  expect(changed("redis.zadd(key, score, other, later)", earlier)).toEqual([
    'redis.zadd((key + "~"), score, other, later)',
    "redis.zadd(key, (score + 1), other, later)",
  ]);
});

test("objects, lists, Buffers and chains are looked into", () => {
  expect(changed('redis.multi().hset("h", { a: 1, "b": [x] }).exec()')).toEqual([
    'redis.multi().hset("h~", { a: 1, "b": [x] }).exec()',
    'redis.multi().hset("h", { "a~": 1, "b": [x] }).exec()',
    'redis.multi().hset("h", { a: 2, "b": [x] }).exec()',
    'redis.multi().hset("h", { a: 1, "b~": [x] }).exec()',
  ]);
  expect(changed("redis.setBuffer(k, Buffer.from([1]))")).toEqual([
    "redis.setBuffer(k, Buffer.from([2]))",
  ]);
});

test("numbers and texts in a script are changed, its comments and the quotes around it are not", () => {
  const script = "const lua = `-- 1\nredis.call('SET', KEYS[1], 24)\nreturn \"x\"`;";
  expect(changed(script)).toEqual([
    script.replace("SET", "SET~"),
    script.replace("KEYS[1]", "KEYS[2]"),
    script.replace("24", "25"),
    script.replace('"x"', '"x~"'),
  ]);
  expect(changed('redis.eval("return 1", 0)')).toEqual([
    'redis.eval("return 1", 1)',
    'redis.eval("return 2", 0)',
  ]);
});

describe("left out is what", () => {
  test.each([
    ["prints what it sends", "await cli('SET a 1'); await wire(() => redis.set('a', 1));"],
    ["is no command", "console.log('a', 1); check([1].sort(), [1]); Object.keys({ a: 1 });"],
    ["limits a wait", "within(p, 100); c.brpop(x, 0.2); c.blmove(a, b, d, e, 1); c.wait(n, 100);"],
    ["is a lifetime in milliseconds", "redis.pexpire(key, 50); redis.psetex(key, 50, value);"],
  ])("%s", (_, source) => {
    expect(changed(source)).toEqual([]);
  });

  test("follows PX, BLOCK or a scan's COUNT", () => {
    const source =
      'r.set(k, v, "PX", 50); r.xread("BLOCK", 9); r.scan(c, "COUNT", 5); r.lpop(k, 2);';
    const numbers = changed(source).filter((one) => !one.includes("~"));
    expect(numbers).toEqual([source.replace("lpop(k, 2)", "lpop(k, 3)")]);
  });
});

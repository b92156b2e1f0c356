import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clearKeys, cli, closeAll, formatReply, table } from "#lib/index.js";
import { openLab, printed } from "./lab.js";

let server: Awaited<ReturnType<typeof openLab>>;
beforeAll(async () => {
  server = await openLab();
});
afterAll(async () => {
  await clearKeys("lab:test:");
  await closeAll();
  await server.stop();
});

/** Commands and redis-cli's replies to them. */
const DIALOGUE: [command: string, reply: string][] = [
  ["PING", "PONG"],
  ["PING hello", '"hello"'],
  ["SET lab:test:ok OK", "OK"],
  ["GET lab:test:ok", '"OK"'],
  ["GET lab:test:none", "(nil)"],
  ["INCR lab:test:n", "(integer) 1"],
  ["INCR lab:test:ok", "(error) ERR value is not an integer or out of range"],
  ["LRANGE lab:test:none 0 -1", "(empty array)"],
  ['SET lab:test:q "a\\"b\\\\c\\n\\t\\x00\\xff"', "OK"],
  ["GET lab:test:q", '"a\\"b\\\\c\\n\\t\\x00\\xff"'],
  ["SET lab:test:pl 'zażółć gęślą'", "OK"],
  ["STRLEN lab:test:pl", "(integer) 19"],
  ["RPUSH lab:test:l 1 2 3 4 5 6 7 8 9 ten", "(integer) 10"],
  [
    "LRANGE lab:test:l 0 -1",
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ` ${n}) "${n}"`).join("\n") + '\n10) "ten"',
  ],
  [
    `EVAL "return {1,{2,{3,'x'}},redis.error_reply('ERR no'),{ok='fine'},'OK',false}" 0`,
    '1) (integer) 1\n2) 1) (integer) 2\n   2) 1) (integer) 3\n      2) "x"\n3) (error) ERR no\n4) fine\n5) "OK"\n6) (nil)',
  ],
  ["TYPE lab:test:l", "list"],
];

describe("cli", () => {
  test("prints replies of every type as redis-cli does", async () => {
    const lines = await printed(() => cli(...DIALOGUE.map(([command]) => command)));
    expect(lines.join("\n")).toBe(
      DIALOGUE.map(([command, reply]) => `redis> ${command}\n${reply}`).join("\n"),
    );
    await clearKeys("lab:test:");
  });

  test("and the real redis-cli, where there is one, agrees", async () => {
    const { port } = new URL(server.url);
    const input = DIALOGUE.map(([command]) => `${command}\n`).join("");
    const real = spawnSync("redis-cli", ["-p", port, "--no-raw"], { input, encoding: "utf8" });
    const expected = DIALOGUE.map(([, reply]) => `${reply}\n`).join("");
    // Without the program the expectations above stand alone.
    expect(real.error ? expected : real.stdout).toBe(expected);
    await clearKeys("lab:test:");
  });

  test("keeps database and transaction from line to line, and shows them", async () => {
    const lines = await printed(() =>
      cli("SELECT 1\nMULTI\nINCR lab:test:a", "EXEC", "DEL lab:test:a", "SELECT 0"),
    );
    expect(lines.join("\n")).toBe(
      "redis> SELECT 1\nOK\nredis[1]> MULTI\nOK\nredis[1](TX)> INCR lab:test:a\nQUEUED\n" +
        "redis[1](TX)> EXEC\n1) (integer) 1\nredis[1]> DEL lab:test:a\n(integer) 1\n" +
        "redis[1]> SELECT 0\nOK",
    );
  });

  test("tells of quotes that do not close, and refuses what never ends", async () => {
    expect(await printed(() => cli('GET "a'))).toEqual(['redis> GET "a', "Invalid argument(s)"]);
    await expect(cli("SUBSCRIBE a")).rejects.toThrow(/connect\("subscriber"\)/);
  });
});

test("replies at hand are shown in the same notation", () => {
  expect(formatReply(["a", 1, null, [true, 0.5, 7n]])).toBe(
    '1) "a"\n2) (integer) 1\n3) (nil)\n4) 1) (true)\n   2) (double) 0.5\n   3) (integer) 7',
  );
  expect(formatReply(Buffer.from([0xc5, 0xbc]))).toBe('"\\xc5\\xbc"');
  expect(formatReply({ field: "value", n: ["x"] })).toBe('1# "field" => "value"\n2# "n" => 1) "x"');
  expect(formatReply(new Set(["x"]))).toBe('1~ "x"');
  expect(formatReply({})).toBe("(empty hash)");
  expect(formatReply(new Error("ERR no"))).toBe("(error) ERR no");
});

test("a table outside a notebook is printed; in one it is HTML, escaped", async () => {
  const shown: [string, string][] = [];
  const kernel = {
    require: () => ({ display: { raw: (...args: [string, string]) => shown.push(args) } }),
  };
  Object.assign(globalThis, { __tslab__: kernel });
  try {
    table([
      { name: "<b>", score: 1 },
      { name: null, bytes: Buffer.from("ab") },
    ]);
  } finally {
    Reflect.deleteProperty(globalThis, "__tslab__");
  }
  const [[type, html] = ["", ""]] = shown;
  expect(type).toBe("text/html");
  expect(html).toContain("&lt;b&gt;");
  expect(html).toContain("(nil)");
  expect(html).toContain("&lt;Buffer 61 62&gt;");
});

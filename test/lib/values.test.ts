import { EventEmitter } from "node:events";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  formatReply,
  nextEvent,
  showReply,
  table,
  TimeoutError,
  until,
  within,
} from "#lib/index.js";
import { printed } from "./lab.js";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("formatReply", () => {
  test.each([
    [undefined, "(nil)"],
    [null, "(nil)"],
    [true, "(true)"],
    [false, "(false)"],
    [0, "(integer) 0"],
    [-3, "(integer) -3"],
    [2n ** 63n, "(integer) 9223372036854775808"],
    [-1.25, "(double) -1.25"],
    ["", '""'],
    ["OK", '"OK"'],
    ['ż\u0000"\\\n\r\t\b\u0007', String.raw`"\xc5\xbc\x00\"\\\n\r\t\b\a"`],
    [new Uint8Array([97, 255]), String.raw`"a\xff"`],
    [[], "(empty array)"],
    [new Set(), "(empty set)"],
    [new Map(), "(empty hash)"],
    [[[]], "1) (empty array)"],
    [new Map([["a", [1, 2]]]), '1# "a" => 1) (integer) 1\n   2) (integer) 2'],
  ])("%o", (value, expected) => {
    expect(formatReply(value)).toBe(expected);
  });

  test("numbers of a long list are as wide as the last, and showReply prints it", async () => {
    const lines = await printed(() => showReply(Array.from({ length: 100 }, () => ["x", "y"])));
    expect(lines.slice(0, 2)).toEqual(['  1) 1) "x"', '     2) "y"']);
    expect(lines.slice(-2)).toEqual(['100) 1) "x"', '     2) "y"']);
  });
});

test("table outside a notebook falls back to console.table, a row for each record or field", () => {
  const plain = vi.spyOn(console, "table").mockImplementation(() => {});
  const rows = [{ a: 1 }, { b: null }];
  table(rows);
  expect(plain).toHaveBeenLastCalledWith(rows);
  table({ name: "x", score: 2 });
  expect(plain).toHaveBeenLastCalledWith([
    { field: "name", value: "x" },
    { field: "score", value: 2 },
  ]);
});

describe("waiting", () => {
  test("within hands a rejection on, and its limit is in the error", async () => {
    await expect(within(Promise.reject(new Error("no")), 50)).rejects.toThrow("no");
    const error = await within(new Promise(() => {}), 20, "x").catch((e: unknown) => e);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ what: "x", milliseconds: 20 });
  });

  test("nextEvent gives all arguments, of one event, and leaves no listener behind", async () => {
    const emitter = new EventEmitter();
    const next = nextEvent(emitter, "done");
    emitter.emit("done", 1, "a");
    emitter.emit("done", 2);
    expect(await next).toEqual([1, "a"]);
    await expect(nextEvent(emitter, "done", 10)).rejects.toThrow(TimeoutError);
    expect(emitter.listenerCount("done")).toBe(0);
  });

  test("until asks an asynchronous condition, and hands its failure on", async () => {
    let asked = 0;
    await until(async () => ++asked === 3, "three", 1000, 1);
    expect(asked).toBe(3);
    const failing = () => Promise.reject(new Error("cannot tell"));
    await expect(until(failing)).rejects.toThrow("cannot tell");
  });
});

import { checkPayload, checkResult, InvalidPayloadError, InvalidResultError } from "redis-lab-jobs";
import { describe, expect, test } from "vitest";

const FILE = "incoming/0b9a3c6e-97a5-4c53-8df3-0c9d9c1f1a11";
const picture = (change: object) => ({
  file: FILE,
  name: "a.png",
  sizes: [{ width: 128, height: 128 }],
  ...change,
});

describe("a payload", () => {
  test("that is right comes back as it is, without what nobody asked for", () => {
    expect(checkPayload("divide", { a: 1, b: 0, c: 3 })).toEqual({ a: 1, b: 0 });
    expect(checkPayload("make-thumbnails", picture({}))).toEqual(picture({}));
  });

  test.each([[Number.NaN], [Infinity], [-Infinity], ["1"], [null], [undefined], [1n], [[1]]])(
    "of arithmetic may not hold %s",
    (a) => {
      for (const name of ["multiply", "divide"] as const) {
        expect(() => checkPayload(name, { a, b: 1 })).toThrow(InvalidPayloadError);
      }
    },
  );

  test.each([
    ["file: is not a stored file", { file: "../../etc/passwd" }],
    ["file: is not a stored file", { file: `${FILE}/..` }],
    ["file: is not a stored file", { file: "archives/0b9a3c6e-97a5-4c53-8df3-0c9d9c1f1a11" }],
    ["name", { name: "" }],
    ["name", { name: "a".repeat(1001) }],
    ["sizes", { sizes: [] }],
    ["sizes", { sizes: Array.from({ length: 21 }, () => ({ width: 1, height: 1 })) }],
    ["sizes.0.width", { sizes: [{ width: 0, height: 1 }] }],
    ["sizes.0.height", { sizes: [{ width: 1, height: 1.5 }] }],
    [
      "sizes.1.width",
      {
        sizes: [
          { width: 1, height: 1 },
          { width: 10_001, height: 1 },
        ],
      },
    ],
  ])("of pictures is refused for %s", (reason, change) => {
    expect(() => checkPayload("make-thumbnails", picture(change))).toThrow(
      `make-thumbnails: ${reason}`,
    );
  });

  test("names all that is wrong", () => {
    expect(() => checkPayload("divide", {})).toThrow(/a: .*; b: /);
  });
});

test("a result of another version is refused", () => {
  expect(checkResult("multiply", 4)).toBe(4);
  expect(() => checkResult("multiply", null)).toThrow(InvalidResultError);
  expect(() => checkResult("make-thumbnails", { archivePath: "a.zip" })).toThrow(
    "thumbnails: Invalid input",
  );
});

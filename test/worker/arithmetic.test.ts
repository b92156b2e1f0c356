import { expect, test } from "vitest";
import { divide, multiply } from "#worker/arithmetic.js";

test("multiplies and divides", () => {
  expect(multiply({ a: 6, b: 7 })).toBe(42);
  expect(multiply({ a: -0.5, b: 4 })).toBe(-2);
  expect(divide({ a: 10, b: 4 })).toBe(2.5);
  expect(divide({ a: 0, b: -3 })).toBe(-0);
});

test("has no result for a division by zero, of either sign", () => {
  for (const b of [0, -0]) expect(() => divide({ a: 1, b })).toThrow("division by zero");
});

test("has no result beyond what a number holds", () => {
  expect(() => multiply({ a: 1e200, b: 1e200 })).toThrow("the result is too large");
  expect(() => divide({ a: 1e200, b: 1e-200 })).toThrow("the result is too large");
});

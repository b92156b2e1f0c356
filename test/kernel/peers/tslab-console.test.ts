import { expect, test } from "vitest";
import { isComplete } from "#kernel/checker/is-complete.js";

// Source: yunabe/tslab, src/converter.spec.ts, told in our words. Left out: that an empty line ends
// what is not complete, which a front end decides.
test.each<[string, string, string?]>([
  ["function f() {", "incomplete", "  "],
  ["  \n  ", "complete"],
  ["let x = 10", "complete"],
  ["function f() {\n}", "complete"],
  ["class C {\n}", "complete"],
  ["<div></div>", "complete"],
  ["function f() {\n  f()", "incomplete", "  "],
  ["while (true) {\n\tlet x = 10;", "incomplete", "\t"],
  ["fn(x,\n   y", "incomplete", "   "],
  ["let x = y +", "incomplete"],
  ["  function f() {", "incomplete", "    "],
  ["function f() {\n  if (x) {\n    }", "incomplete", "  "],
  ["<div>", "incomplete"],
])("%j is %s", (code, status, indent) => {
  expect(isComplete(code)).toMatchObject({ status, ...(indent === undefined ? {} : { indent }) });
});

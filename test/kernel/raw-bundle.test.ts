import { expect, test } from "vitest";
import { textFor } from "#kernel/output/raw-bundle.js";

test("the text beside a drawing is its title, where it has one", () => {
  const drawing = '<svg role="img">\n<title>Times: a &amp; b</title><path d=""/></svg>';
  expect(textFor({ "image/svg+xml": drawing })).toBe("[image/svg+xml] Times: a & b");
  expect(textFor({ "image/svg+xml": "<svg><path/></svg>" })).toBe("[image/svg+xml]");
});

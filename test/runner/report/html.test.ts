import { expect, test } from "vitest";
import { ansiToHtml } from "#runner/report/html/ansi.js";
import { highlight } from "#runner/report/html/highlight.js";

test("code is marked by its language, and stays text", () => {
  // In TypeScript `get` is a keyword only in a class.
  expect(highlight('redis.get("<b>")', "typescript")).toMatch(
    /get<\/span>\(<span class="hljs-string">&quot;&lt;b&gt;&quot;<\/span>\)$/,
  );
  expect(highlight("get", "typescript")).toBe("get");
  expect(highlight("# a", "python")).toBe('<span class="hljs-comment"># a</span>');
  expect(highlight("# a", "julia")).toBe('<span class="hljs-comment"># a</span>');
  expect(highlight("a < b", "no such language")).toBe("a &lt; b");
});

test("colours become classes, and nothing that text says becomes markup", () => {
  expect(ansiToHtml("\u001b[31m<b>\u001b[0m!")).toBe('<span class="ansi-red-fg">&lt;b&gt;</span>!');
  expect(ansiToHtml("\u001b[1mbold\u001b[22m \u001b[2Kend")).toMatch(/bold<\/span> end$/);
  expect(ansiToHtml("\u001b]8;;javascript:alert(1)\u0007x\u001b]8;;\u0007")).not.toMatch(/href/);
});

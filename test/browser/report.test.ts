import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { BrowserContext, Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareOutputs } from "#runner/judge/compare/compare-outputs.js";
import { parseNotebook } from "#runner/read/notebook.js";
import type { Output } from "#runner/read/output.js";
import { htmlReport } from "#runner/report/html/page.js";
import type { RunResult } from "#runner/run/run-events.js";
import type { Failure } from "#runner/judge/verdicts.js";
import { openBrowser } from "./chromium.js";

// The page as a person opens it: a file, in a browser, with outputs that would do harm if they could.
let folder: string;
let file: string;
let context: BrowserContext;
let close: () => Promise<void>;
let page: Page;
const logged: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "report żółw "));
  file = join(folder, "report.html");
  const results = [passed("2-passed.ipynb"), await failed("1-failed.ipynb")];
  await writeFile(file, htmlReport({ type: "run-end", results, milliseconds: 4200, left: 0 }));
  ({ context, close } = await openBrowser());
  page = await context.newPage();
  page.on("pageerror", (error) => logged.push(error.message));
  page.on("request", (request) => {
    if (!/^(?:file|data|about|blob):/.test(request.url())) logged.push(`asks for ${request.url()}`);
  });
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
});

const out = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
const shown = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});

function picture(left: number): Output {
  const png = new PNG({ width: 60, height: 40 });
  for (let i = 0; i < 60 * 40; i++) {
    const inside = i % 60 > left && i % 60 < left + 20;
    png.data.set(inside ? [0, 80, 200, 255] : [255, 255, 255, 255], 4 * i);
  }
  return shown({ "image/png": PNG.sync.write(png).toString("base64") });
}

const HARM = "<script>document.title = 'harmed'; parent.document.title = 'harmed'</script>";

function result(
  name: string,
  outputs: readonly Output[][],
  failures: readonly Failure[],
): RunResult {
  const prose = {
    cell_type: "markdown",
    source: `# A title\n\nProse, [the other](2-passed.ipynb), [a page](https://redis.io).\n\n<details><summary>Solution</summary>\n\nfolded\n\n</details>\n\n${HARM}<img src=x onerror="document.title = 'harmed'">`,
  };
  const code = outputs.map((_, i) => ({
    cell_type: "code",
    source: `// cell ${i}\nconst n: number = ${i};\nconsole.log(\`\${n} < 5\`);`,
    outputs: [],
    metadata: { tags: ["volatile"] },
  }));
  const metadata = { language_info: { name: "typescript" } };
  const text = JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata,
    cells: [prose, ...code],
  });
  const notebook = parseNotebook(join(process.cwd(), name), text);
  return {
    notebook,
    failures,
    outputs,
    cells: notebook.cells.map((cell, i) => ({
      cell,
      status: failures.some(({ cellIndex }) => cellIndex === cell.index) ? "failed" : "passed",
      milliseconds: 100 * (i + 1),
      outputs: outputs[i] ?? [],
    })),
    kernelLog: "a log\n",
    startMilliseconds: 500,
    milliseconds: 1500,
    written: false,
  };
}

const passed = (name: string) =>
  result(
    name,
    [
      [out("\u001b[31mred\u001b[0m and <plain>\n")],
      [shown({ "text/html": `<table><tr><td>in a table</td></tr></table>${HARM}` })],
      [
        shown({
          "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>',
        }),
      ],
      [out(Array.from({ length: 1000 }, (_, i) => `line ${i}\n`).join(""))],
    ],
    [],
  );

async function failed(name: string): Promise<RunResult> {
  const text = await compareOutputs([out("one\ntwo\n")], [out("one\n2\n")], []);
  const look = await compareOutputs([picture(5)], [picture(30)], []);
  const mismatch = { verdict: "output-mismatch", message: "The outputs differ." } as const;
  return result(
    name,
    [[out("one\n2\n")], [picture(30)]],
    [
      { ...mismatch, cellIndex: 1, detail: text?.text ?? "" },
      { ...mismatch, cellIndex: 2, detail: look?.text ?? "", pictures: look?.pictures ?? [] },
      { verdict: "leaked-handle", message: "Something is still open." },
    ],
  );
}

async function open(colorScheme: "light" | "dark" = "light"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.goto(pathToFileURL(file).href);
}

const notebook = (name: string) => page.locator("details.notebook", { hasText: name });

test("what failed comes first and is open, with its diff and its pictures", async () => {
  await open();
  expect(await page.title()).toBe("Notebooks: 1 failed, 1 passed");
  const first = page.locator("details.notebook").first();
  expect(await first.getAttribute("open")).toBe("");
  expect(await first.locator("h2").innerText()).toContain("1-failed.ipynb");
  expect(await first.locator(".diff-removed").first().innerText()).toBe("-two");
  expect(await first.locator(".diff-added").first().innerText()).toBe("+2");
  const pictures = first.locator(".pictures img");
  expect(await pictures.count()).toBe(3);
  for (const one of await pictures.all()) {
    expect(
      await one.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    ).toBe(60);
  }
  expect(await first.getByText("Something is still open.").isVisible()).toBe(true);
});

test("the other notebooks unfold, show their outputs in full look, and a link leads to them", async () => {
  await open();
  const other = notebook("2-passed.ipynb").last();
  expect(await other.getByText("red", { exact: true }).isVisible()).toBe(false);
  await page.getByRole("link", { name: "the other" }).first().click();
  expect(await other.getByText("red", { exact: true }).getAttribute("class")).toBe("ansi-red-fg");
  const table = other.frameLocator("iframe").getByText("in a table");
  await table.waitFor();
  const height = await other.locator("iframe").evaluate((frame) => frame.clientHeight);
  expect(height).toBeGreaterThan(15);
  expect(height).toBeLessThan(120);
  await other.getByText("Solution").click();
  expect(await other.getByText("folded").isVisible()).toBe(true);
  expect(await other.getByText("Cut: 1000 lines").isVisible()).toBe(true);
});

test("buttons show only what failed, and unfold all", async () => {
  await open();
  await page.getByRole("button", { name: "Failed" }).click();
  expect(await page.locator("details.notebook:visible").count()).toBe(1);
  await page.getByRole("button", { name: "All", exact: true }).click();
  await page.getByRole("button", { name: "Unfold all" }).click();
  expect(await page.locator("details.notebook[open]").count()).toBe(2);
});

test("nothing in a notebook runs, and the page asks for no other file", async () => {
  await open();
  await page.getByRole("button", { name: "Unfold all" }).click();
  await page.frameLocator("iframe").first().getByText("in a table").waitFor();
  expect(await page.title()).toBe("Notebooks: 1 failed, 1 passed");
  expect(await page.locator("main script, main img[onerror]").count()).toBe(0);
  expect(logged).toEqual([]);
});

describe.each(["light", "dark"] as const)("in %s colours", (scheme) => {
  test("everybody can use it: axe finds nothing, and it fits a phone", async () => {
    await open(scheme);
    await page.getByRole("button", { name: "Unfold all" }).click();
    // Not by a script tag: the page lets none in.
    const { resolve } = createRequire(import.meta.url);
    const { readFile } = await import("node:fs/promises");
    await page.evaluate(await readFile(resolve("axe-core/axe.min.js"), "utf8"));
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
    ).toEqual([]);
    await page.setViewportSize({ width: 380, height: 700 });
    const overflow = await page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    expect(overflow).toBe(0);
    await page.setViewportSize({ width: 1400, height: 900 });
  });
});

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, Locator } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "./chromium.js";
import { startLab, type Lab } from "./lab-process.js";
import { NotebookPage } from "./notebook-page.js";

// What people draw with, looked at in JupyterLab. SHOWN_PICTURES=FOLDER keeps the pictures.
let lab: Lab;
let browser: { context: BrowserContext; close: () => Promise<void> };
let notebook: NotebookPage;

beforeAll(async () => {
  lab = await startLab(["--no-browser", "--no-jobs"]);
  browser = await openBrowser();
  const page = await browser.context.newPage();
  const url = new URL(lab.url);
  url.pathname = "/lab/workspaces/shown/tree/index.ipynb";
  await page.goto(url.href);
  notebook = new NotebookPage(page);
  await notebook.ready("index.ipynb");
});
afterAll(async () => {
  await browser?.close();
  await lab?.end();
});

async function newCell(text: string): Promise<Locator> {
  await notebook.panel.locator(".jp-Cell").last().locator(".jp-InputPrompt").click();
  await notebook.page.keyboard.press("Escape");
  await notebook.page.keyboard.press("b");
  const cell = notebook.cells.last();
  await notebook.type(cell, text);
  return cell;
}

/** How many points of a picture have a colour, given as `#rrggbb`. */
async function pointsOf(output: Locator, colour: string, name: string): Promise<number> {
  const taken = await output.screenshot({ animations: "disabled" });
  const folder = process.env["SHOWN_PICTURES"];
  if (folder !== undefined) await writeFile(join(folder, `${name}.png`), taken);
  const { data } = PNG.sync.read(taken);
  const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  let points = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (wanted.every((value, index) => Math.abs(value - (data[at + index] ?? 0)) < 4)) points++;
  }
  return points;
}

const ROWS = '[{ x: "a", y: 2 }, { x: "b", y: 3 }]';

/** Each draws bars of one colour. */
const CELLS: Readonly<Record<string, string>> = {
  "Vega-Lite": `import { display } from "typescript-kernel";
display({ "application/vnd.vegalite.v5+json": {
  data: { values: ${ROWS} }, width: 200, mark: { type: "bar", color: "#c0392b" },
  encoding: { x: { field: "x", type: "nominal" }, y: { field: "y", type: "quantitative" } } } });`,
  "Observable Plot": `import * as Plot from "@observablehq/plot"; import { JSDOM } from "jsdom";
const { document } = new JSDOM("").window;
Plot.plot({ document, marks: [Plot.barY(${ROWS}, { x: "x", y: "y", fill: "#c0392b" })] })`,
  D3: `import * as d3 from "d3"; import { parseHTML } from "linkedom";
const page = parseHTML("<html><body></body></html>").document;
const svg = d3.select(page.body).append("svg").attr("width", 200).attr("height", 100);
svg.selectAll("rect").data(${ROWS}).join("rect").attr("x", (_: unknown, i: number) => i * 60)
  .attr("width", 50).attr("height", (d: { y: number }) => d.y * 30).attr("fill", "#c0392b");
svg.node()`,
  Plotly: `import { createRequire } from "node:module"; import { readFileSync } from "node:fs"; import { display } from "typescript-kernel";
const plotly = readFileSync(createRequire(import.meta.url).resolve("plotly.js-dist-min"), "utf8");
const bars = [{ type: "bar", x: ["a", "b"], y: [2, 3], marker: { color: "#c0392b" } }];
display({ "text/html": \`<div id="bars" style="width: 300px; height: 200px"></div><script>\${plotly}</script>
<script>Plotly.newPlot("bars", \${JSON.stringify(bars)}, { margin: { t: 0 } })</script>\` });`,
};

test.each(Object.keys(CELLS))("%s draws its bars", async (name) => {
  // Packages without types are told of, which is not what this is about.
  const cell = await newCell(`// @ts-nocheck\n${CELLS[name]}`);
  await notebook.run(cell);
  const output = notebook.output(cell).first();
  let points = 0;
  await notebook.waitFor(async () => {
    points = await pointsOf(output, "#c0392b", name);
    return points > 2000;
  }, 20_000);
  expect(points).toBeGreaterThan(2000);
  expect(await notebook.output(cell).count()).toBe(1);
});

test("printed values have colours, and console.clear() clears them", async () => {
  const cell = await newCell("console.log({ a: 1 })");
  await notebook.run(cell);
  const number = notebook.output(cell).locator(".ansi-yellow-fg");
  expect(await number.innerText()).toBe("1");
  const cleared = await newCell("console.log('before'); console.clear(); console.log('after')");
  await notebook.run(cleared);
  await notebook.waitFor(async () => (await notebook.output(cleared).count()) === 1);
  expect((await notebook.output(cleared).innerText()).trim()).toBe("after");
});

test("the kernel for JavaScript runs what is pasted", async () => {
  await notebook.menu("Kernel", "Change Kernel…");
  const dialog = notebook.page.locator(".jp-Dialog");
  await dialog.locator("select").selectOption({ label: "JavaScript (Node.js)" });
  await dialog.getByRole("button", { name: /Select/ }).click();
  await notebook.panel.locator(".jp-KernelName", { hasText: "JavaScript" }).first().waitFor();
  const cell = await newCell("const free = {}; free.made = 'up'; free");
  await notebook.run(cell);
  expect(await notebook.output(cell).first().innerText()).toBe("{ made: 'up' }");
});

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { openBrowser } from "./chromium.js";
import { DebuggerPanel } from "./debugger-panel.js";
import { startLab, type Lab } from "./lab-process.js";
import { NotebookPage } from "./notebook-page.js";
import { differenceFrom, MOST_DIFFERENT } from "./picture.js";

let lab: Lab;
let browser: { context: BrowserContext; close: () => Promise<void> };
let notebook: NotebookPage;
let panel: DebuggerPanel;
let folder: string;
let first: Locator;

beforeAll(async () => {
  folder = await temporaryFolder("redis-lab-test-debugger");
  lab = await startLab(["--no-browser", "--no-jobs"]);
  browser = await openBrowser();
  const page = await browser.context.newPage();
  const url = new URL(lab.url);
  url.pathname = "/lab/workspaces/debugger/tree/index.ipynb";
  await page.goto(url.href);
  notebook = new NotebookPage(page);
  await notebook.ready("index.ipynb");
  panel = new DebuggerPanel(notebook);
});
afterAll(async () => {
  await browser?.close();
  await lab?.end();
  await removeFolder(folder);
});

async function newCell(text: string): Promise<Locator> {
  await notebook.panel.locator(".jp-Cell").last().locator(".jp-InputPrompt").click();
  await notebook.page.keyboard.press("Escape");
  await notebook.page.keyboard.press("b");
  // By its place: other cells come below it.
  const cell = notebook.cells.nth((await notebook.cells.count()) - 1);
  await notebook.type(cell, text);
  return cell;
}

async function start(cell: Locator): Promise<void> {
  await cell.locator(".cm-content").click();
  await notebook.page.keyboard.press("Control+Enter");
}

async function ended(cell: Locator): Promise<void> {
  await notebook.waitFor(async () => /\d/.test(await notebook.prompt(cell)));
}

// One after the other, in one notebook, as a person goes on.
const CELL = `let attempts = 0;
function spend(balance: number, price: number): number {
  attempts++;
  let rest = balance - price;
  if (rest < 0) rest = 0;
  return rest;
}
const left = spend(100, 30);
console.log("left", left);`;

test("a breakpoint is set by a click, and the cell stops there with its variables", async () => {
  first = await newCell(CELL);
  await panel.toggle(true);
  await panel.click(first, 4);
  await notebook.waitFor(async () => (await panel.breakpoints(first).count()) === 1);
  await start(first);
  await panel.stopsAt(first, "let rest = balance - price;");
  await panel.shows("balance", "100");
  await panel.shows("price", "30");
  await notebook.page.waitForTimeout(500);
  expect(await differenceFrom(notebook.page, "debugger.png")).toBeLessThan(MOST_DIFFERENT);
});

test("it steps, a variable is changed, and the output follows", async () => {
  await panel.press("next");
  await panel.stopsAt(first, "if (rest < 0) rest = 0;");
  await panel.shows("rest", "70");
  await panel.evaluate("rest = 55 as number");
  await panel.shows("rest", "55");
  await panel.press("continue");
  await ended(first);
  expect(await notebook.output(first).first().innerText()).toBe("left 55\n");
});

// The assertions are the panel's.
// oxlint-disable-next-line vitest/expect-expect
test("without a stop the panel shows the notebook's variables", async () => {
  await panel.shows("attempts", "1");
  await panel.shows("left", "55");
});

test("a function of another cell stops in its own cell", async () => {
  const other = await newCell("const again: number = spend(20, 5);\nagain");
  await start(other);
  await panel.stopsAt(first, "let rest = balance - price;");
  await panel.shows("balance", "20");
  await panel.press("continue");
  await ended(other);
  expect(await notebook.output(other).first().innerText()).toBe("15");
});

test("a local file: stepped into, and stopped in by a click beside its line", async () => {
  // What was stopped before, by a first try of this, would hold its cell.
  await panel.letGo();
  const file = join(folder, "prices.ts");
  const source =
    "export function twice(price: number): number {\n  const doubled = price * 2;\n  return doubled;\n}\n";
  await writeFile(file, source);
  const cell = await newCell(
    `import { twice } from ${JSON.stringify(file)};\nlet asked = twice(21);\nasked`,
  );
  await panel.click(cell, 2);
  await notebook.waitFor(async () => (await panel.breakpoints(cell).count()) === 1);
  await start(cell);
  await panel.stopsAt(cell, "let asked = twice(21);");
  await panel.press("stepIn");
  const shown = panel.source;
  await panel.stopsAt(shown, "const doubled = price * 2;");
  await panel.shows("price", "21");
  await panel.click(shown, 3);
  await notebook.waitFor(async () => (await panel.breakpoints(shown).count()) === 1);
  await panel.press("continue");
  await panel.stopsAt(shown, "return doubled;");
  await panel.shows("doubled", "42");
  await panel.press("continue");
  await ended(cell);
  expect(await notebook.output(cell).first().innerText()).toBe("42");
});

test("off again, nothing stops", async () => {
  await panel.toggle(false);
  const cell = await newCell("spend(9, 1)");
  await notebook.run(cell);
  expect(await notebook.output(cell).first().innerText()).toBe("8");
});

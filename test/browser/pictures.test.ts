import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BrowserContext } from "playwright-core";
import { openBrowser } from "./chromium.js";
import { startLab, type Lab } from "./lab-process.js";
import { root } from "../root.js";
import { NotebookPage } from "./notebook-page.js";
import { differenceFrom, MOST_DIFFERENT } from "./picture.js";
import { uploadLab } from "./upload-lab.js";

// The pictures of the README. With UPDATE_PICTURES=1 they are taken anew, else compared.
let lab: Lab;
let browser: { context: BrowserContext; close: () => Promise<void> };

beforeAll(async () => {
  lab = await startLab(["--no-browser", "--no-jobs"]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await lab?.end();
});

async function open(name: string): Promise<NotebookPage> {
  const page = await browser.context.newPage();
  const url = new URL(lab.url);
  url.pathname = `/lab/workspaces/picture-${name.replace(/\W/g, "")}/tree/${name}`;
  await page.goto(url.href);
  const notebook = new NotebookPage(page);
  await notebook.ready(name);
  return notebook;
}

test("the index, which opens first", async () => {
  const notebook = await open("index.ipynb");
  expect(await differenceFrom(notebook.page, "index.png")).toBeLessThan(MOST_DIFFERENT);
});

test("a notebook with its answers, run a moment ago", async () => {
  const notebook = await open("3b-posortowane-zbiory-modyfikacje.ipynb");
  await notebook.menu("Run", "Run All Cells");
  await notebook.allRun();
  await notebook.cellWith("const ranking").scrollIntoViewIfNeeded();
  await notebook.page.waitForTimeout(500);
  expect(await differenceFrom(notebook.page, "notebook.png")).toBeLessThan(MOST_DIFFERENT);
});

const upload = uploadLab();

test("the upload page, with two pictures done", async () => {
  const visitor = await upload.visit(upload.url());
  const names = ["lake.jpg", "balloon.png"];
  await visitor.input.setInputFiles(names.map((name) => join(root, "notebooks", "pictures", name)));
  await visitor.button.click();
  for (const name of names) await visitor.labelled(name, "Done");
  expect(await differenceFrom(visitor.page, "upload.png")).toBeLessThan(MOST_DIFFERENT);
});

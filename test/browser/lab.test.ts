import { execFileSync } from "node:child_process";
import type { BrowserContext } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openBrowser } from "./chromium.js";
import { startLab, type Lab } from "./lab-process.js";
import { root } from "../root.js";
import { NotebookPage } from "./notebook-page.js";

let lab: Lab;
let browser: { context: BrowserContext; close: () => Promise<void> };
let notebook: NotebookPage;
let workspaces = 0;

const gitStatus = () => execFileSync("git", ["status", "--short"], { cwd: root, encoding: "utf8" });
let statusBefore: string;

beforeAll(async () => {
  statusBefore = gitStatus();
  lab = await startLab(["--no-browser", "--no-jobs"]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await lab?.end();
});

beforeEach(async () => {
  const page = await browser.context.newPage();
  // A fresh workspace: nothing of an earlier test is open.
  const url = new URL(lab.url);
  url.pathname = url.pathname.replace("/lab/", `/lab/workspaces/test-${++workspaces}/`);
  await page.goto(url.href);
  notebook = new NotebookPage(page);
  await notebook.ready("index.ipynb");
  return async () => {
    await shutDownKernels();
    await page.close({ runBeforeUnload: false });
  };
});

async function shutDownKernels(): Promise<void> {
  const url = new URL(lab.url);
  const headers = { authorization: `token ${url.searchParams.get("token")}` };
  const sessions = (await (await fetch(new URL("/api/sessions", url), { headers })).json()) as {
    id: string;
  }[];
  await Promise.all(
    sessions.map(({ id }) =>
      fetch(new URL(`/api/sessions/${id}`, url), { method: "DELETE", headers }),
    ),
  );
}

async function openFromIndex(file: string): Promise<void> {
  await notebook.follow(file);
  await notebook.ready(file);
}

/** A new cell below the last one, with this text. */
async function newCell(text: string) {
  const { page } = notebook;
  await notebook.cells.last().locator(".jp-InputPrompt").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("b");
  const cell = notebook.cells.last();
  await notebook.type(cell, text);
  return cell;
}

describe("a notebook in JupyterLab", () => {
  test.each(["1.2-key-1.ipynb", "2-listy.ipynb", "3-zbiory.ipynb"])(
    "%s: a cell that is run as soon as it is seen waits for the kernel, and is run",
    async (file) => {
      const { page } = notebook;
      const url = new URL(lab.url);
      url.pathname = `/lab/workspaces/early-${++workspaces}/tree/${file}`;
      await page.goto(url.href);
      const cell = notebook.cells.first();
      await cell.locator(".cm-content").click();
      await page.keyboard.press("Control+Enter");
      await expect.poll(() => notebook.prompt(cell), { timeout: 20_000 }).toContain("[1]");
      expect(await notebook.output(cell).textContent()).toContain("PONG");
    },
  );

  test("opens from the index with its stored outputs, and Run All gives them again", async () => {
    await openFromIndex("2b-listy-select.ipynb");
    const stored = await notebook.outputs();
    expect(stored.filter((text) => text !== "").length).toBeGreaterThan(5);
    await notebook.menu("Edit", "Clear Outputs of All Cells");
    expect((await notebook.outputs()).every((text) => text === "")).toBe(true);
    await notebook.menu("Run", "Run All Cells");
    await notebook.allRun();
    expect(await notebook.outputs()).toEqual(stored);
  });

  test("goes on behind an expected error", async () => {
    await openFromIndex("1.1-connection.ipynb");
    const stored = await notebook.outputs();
    await notebook.menu("Run", "Run All Cells");
    await notebook.allRun();
    expect(await notebook.outputs()).toEqual(stored);
  });

  test("single cells run again in any order; restart and run all", async () => {
    await openFromIndex("1.2-key-3.ipynb");
    const stored = await notebook.outputs();
    await notebook.menu("Run", "Run All Cells");
    await notebook.allRun();
    for (const index of [5, 3, 4]) await notebook.run(notebook.cells.nth(index));
    expect(await notebook.outputs()).toEqual(stored);
    await notebook.menu("Kernel", "Restart Kernel and Run All Cells…");
    await notebook.page.getByRole("button", { name: "Confirm Kernel Restart" }).click();
    await notebook.allRun();
    expect(await notebook.outputs()).toEqual(stored);
  });

  test("a cell that waits in BRPOP can be interrupted, and the next one runs", async () => {
    await openFromIndex("1.2-key-3.ipynb");
    await notebook.run(notebook.cells.first());
    const waiting = await newCell('await redis.brpop("lab:browser:nothing", 0)');
    await notebook.page.keyboard.press("Control+Enter");
    await notebook.waitFor(async () => (await notebook.prompt(waiting)).includes("*"));
    await notebook.page.waitForTimeout(300);
    await notebook.menu("Kernel", "Interrupt Kernel");
    await notebook.waitFor(async () => /\d/.test(await notebook.prompt(waiting)));
    const next = await newCell("6 * 7");
    await notebook.run(next);
    expect(await notebook.output(next).first().innerText()).toBe("42");
  });

  test("type errors and thrown errors are readable", async () => {
    await openFromIndex("1.2-key-3.ipynb");
    await notebook.run(notebook.cells.first());
    const wrongType = await newCell('const length: number = "seven";');
    await notebook.run(wrongType);
    expect(await notebook.output(wrongType).first().innerText()).toMatch(
      /Type 'string' is not assignable to type 'number'/,
    );
    const thrown = await newCell('throw new RangeError("no such floor");');
    await notebook.run(thrown);
    expect(await notebook.output(thrown).first().innerText()).toContain(
      "RangeError: no such floor",
    );
  });

  test("completion and help know the client", async () => {
    await openFromIndex("1.2-key-3.ipynb");
    const { page } = notebook;
    await notebook.run(notebook.cells.first());
    await newCell("redis.getb");
    await page.keyboard.press("Tab");
    await notebook.waitFor(async () => {
      const text = await page.locator(".cm-content").last().innerText();
      const offered = await page.locator(".jp-Completer").allInnerTexts();
      return [text, ...offered].join(" ").includes("getBuffer");
    });
    await page.keyboard.press("Escape");
    await newCell("redis");
    await page.keyboard.press("Shift+Tab");
    await page.locator(".jp-Tooltip").waitFor();
    expect(await page.locator(".jp-Tooltip").innerText()).toContain("Redis");
  });

  test("two notebooks at once", async () => {
    await openFromIndex("1.2-key-1.ipynb");
    const storedOne = await notebook.outputs();
    await notebook.menu("Run", "Run All Cells");
    await notebook.page.locator(".lm-TabBar-tab", { hasText: "index.ipynb" }).first().click();
    await openFromIndex("1.2-key-2.ipynb");
    const storedTwo = await notebook.outputs();
    await notebook.menu("Run", "Run All Cells");
    await notebook.allRun();
    expect(await notebook.outputs()).toEqual(storedTwo);
    await notebook.page.locator(".lm-TabBar-tab", { hasText: "1.2-key-1.ipynb" }).first().click();
    await notebook.allRun();
    expect(await notebook.outputs()).toEqual(storedOne);
  });

  test("nothing of this changed a file", () => {
    expect(gitStatus()).toBe(statusBefore);
  });
});

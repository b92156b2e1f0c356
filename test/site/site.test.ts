/// <reference lib="dom" />
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseHTML } from "linkedom";
import type { BrowserContextOptions, Page } from "playwright-core";
import type Axe from "axe-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, type OpenBrowser } from "../browser/chromium.js";
import { tooNewForPython } from "../python-versions.js";
import { builtSite, contentOf, filesOf, type BuiltSite } from "./built-site.js";

// The whole site, as `npm run site` makes it, opened from disk.
let site: BuiltSite;
let pages: string[];
beforeAll(async () => {
  site = await builtSite();
  pages = (await filesOf(site.folder)).filter((name) => name.endsWith(".html"));
}, 600_000);
afterAll(() => site?.remove());

const AXE = createRequire(import.meta.url).resolve("axe-core");
/** What Sphinx makes besides, for its own search. */
const GENERATED = /genindex|_static/;
const LOOKS: Record<string, BrowserContextOptions> = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 } },
};
const urlOf = (name: string) => pathToFileURL(join(site.folder, name)).href;

test("what it is made with runs on the oldest Python that the README names", async () => {
  expect(await tooNewForPython(site.python)).toBe("");
});

test("every link and picture leads to a file of the site, and to a place in it", async () => {
  expect(pages.length).toBeGreaterThan(120);
  const documents = new Map<string, Document>();
  for (const name of pages) {
    const { document } = parseHTML(await readFile(join(site.folder, name), "utf8"));
    documents.set(name, document);
  }
  const files = new Set(await filesOf(site.folder));
  const dead: string[] = [];
  for (const [name, document] of documents) {
    for (const element of document.querySelectorAll("[href], [src]")) {
      const to = element.getAttribute("href") ?? element.getAttribute("src") ?? "";
      if (/^(https?:|data:|mailto:)/.test(to)) continue;
      const [path = "", anchor = ""] = decodeURIComponent(to.replace(/\?[^#]*/, "")).split("#");
      // An address that begins with a slash would be another one on another host.
      const file = path === "" ? name : join(dirname(name), path);
      const there = documents.get(file);
      const isDead =
        path.startsWith("/") ||
        !files.has(file) ||
        (anchor !== "" && there !== undefined && there.getElementById(anchor) === null);
      if (isDead) dead.push(`${name}: ${to}`);
    }
  }
  expect(dead).toEqual([]);
});

test("built again, elsewhere, it is the same, byte by byte", async () => {
  const again = await builtSite();
  try {
    expect(await contentOf(again.folder)).toEqual(await contentOf(site.folder));
  } finally {
    await again.remove();
  }
});

describe.each(Object.entries(LOOKS))("%s", (_, options) => {
  let browser: OpenBrowser;
  beforeAll(async () => {
    browser = await openBrowser(options);
  });
  afterAll(() => browser?.close());

  test("pages open from disk, load nothing from elsewhere, say no error, and axe finds no fault", async () => {
    const page = await browser.context.newPage();
    const faults: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") faults.push(message.text());
    });
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) faults.push(`asked: ${request.url()}`);
    });
    for (const name of pages.filter((one) => !GENERATED.test(one))) {
      await page.goto(urlOf(name));
      faults.push(...(await axeFaults(page)).map((fault) => `${name}: ${fault}`));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > (page.viewportSize()?.width ?? 0)) faults.push(`${name}: ${width} pixels wide`);
    }
    expect(faults).toEqual([]);
  });
});

async function axeFaults(page: Page): Promise<string[]> {
  // Also where the page's own scripts do not run.
  await page.evaluate(await axeSource());
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof Axe };
    const { violations } = await axe.run(document, { resultTypes: ["violations"], preload: false });
    return violations.map(
      ({ id, nodes }) =>
        `${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`,
    );
  });
}

let source: Promise<string> | undefined;
const axeSource = () => (source ??= readFile(AXE, "utf8"));

test.each(["light", "dark"] as const)(
  "without JavaScript a page is %s, and a solution opens",
  async (colorScheme) => {
    const { context, close } = await openBrowser({ javaScriptEnabled: false, colorScheme });
    try {
      const page = await context.newPage();
      await page.goto(urlOf("pl/1.2-key-4.html"));
      const colour = await page
        .locator("body")
        .evaluate((body) => getComputedStyle(body).backgroundColor);
      const [red = 0] = (colour.match(/\d+/g) ?? []).map(Number);
      expect(red < 128).toBe(colorScheme === "dark");
      const solution = page.locator("details", { hasText: "INCR replies" }).first();
      await solution.locator("summary").click();
      expect(await solution.locator("pre").first().isVisible()).toBe(true);
      expect(await page.getByRole("link", { name: "English" }).first().isVisible()).toBe(true);
    } finally {
      await close();
    }
  },
);

describe("a reader", () => {
  let browser: OpenBrowser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser({ colorScheme: "light" });
    page = await browser.context.newPage();
  });
  afterAll(() => browser?.close());

  test.each([
    ["index.html", "en", "BRPOP", "2a"],
    ["pl/index.html", "pl", "licznik", "1.2"],
  ])("of %s searches, and finds the notebook", async (name, language, word, found) => {
    await page.goto(urlOf(name));
    expect(await page.getAttribute("html", "lang")).toBe(language);
    await page.fill("input[name=q]", word);
    await page.press("input[name=q]", "Enter");
    const results = page.locator("ul.search li a");
    await results.first().waitFor();
    expect((await results.allTextContents()).join("\n")).toContain(found);
  });

  test("opens a solution, and goes to the other language and back", async () => {
    await page.goto(urlOf("1.2-key-4.html"));
    const solution = page.locator("details", { hasText: "INCR replies with a number" }).first();
    const code = solution.locator("pre").first();
    expect(await code.isVisible()).toBe(false);
    await solution.locator("summary").click();
    expect(await code.isVisible()).toBe(true);
    await page.getByRole("main").getByRole("link", { name: "Po polsku" }).click();
    expect(await page.title()).toContain("1.2 Klucze 4");
    expect(await page.locator("details summary").first().textContent()).toContain("rozwiązanie");
    await page.getByRole("main").getByRole("link", { name: "In English" }).click();
    expect(await page.title()).toContain("1.2 Keys 4");
  });
});

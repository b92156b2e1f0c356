import { readFile } from "node:fs/promises";
import { Worker } from "bullmq";
import type { BrowserContextOptions } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../src/services/free-port.js";
import { openLog } from "../../src/worker/log.js";
import { startWorker } from "../../src/worker/start-worker.js";
import { openServer, openTestRedis, type TestServer } from "../web/server.js";
import { unzip } from "../worker/fixtures.js";
import { openBrowser, type OpenBrowser } from "./chromium.js";
import { photo, textFile, UploadPage } from "./upload-page.js";

let redis: Awaited<ReturnType<typeof openTestRedis>>;
let desktop: OpenBrowser;
/** Has a worker, as `npm run worker` starts it. */
let server: TestServer;
let endWorker: () => Promise<unknown>;
const open: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  redis = await openTestRedis();
  desktop = await openBrowser();
  server = await openServer(redis.url, { fileBytes: 2_000_000 });
  endWorker = await work(server);
});
afterEach(async () => {
  for (const end of open.splice(0).toReversed()) await end();
});
afterAll(async () => {
  await desktop?.close();
  await endWorker?.();
  await server?.close();
  await redis?.stop();
});

async function work({ prefix, mediaRoot }: TestServer): Promise<() => Promise<unknown>> {
  const settings = { redisUrl: redis.url, mediaRoot, prefix, concurrency: 2 };
  const limits = { lockMs: 5000, stopMs: 5000, keepSeconds: 3600, metricsPort: 0 };
  const worker = await startWorker({ ...settings, ...limits }, openLog("silent", false));
  return () => worker.stop();
}

const NO_SCRIPTS = { javaScriptEnabled: false };

/** The upload page in the desktop's browser, or in one that differs from it. */
async function visit(url: string, options?: BrowserContextOptions): Promise<UploadPage> {
  const browser = options ? await openBrowser(options) : desktop;
  const page = await browser.context.newPage();
  open.push(() => (options ? browser.close() : page.close()));
  const upload = new UploadPage(page);
  await page.goto(url);
  return upload;
}

/** A server of its own, where a picture waits until the test says what a worker does. */
async function openStage() {
  const stage = await openServer(redis.url);
  open.push(() => stage.close());
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const begin = () => {
    const worker = new Worker(
      "thumbnails",
      async (job) => {
        await job.updateProgress({ done: 1, total: 3 });
        await finished;
        throw new Error("the picture is damaged: it ends too early");
      },
      { connection: { url: redis.url }, prefix: stage.prefix },
    );
    open.push(() => worker.close());
  };
  open.push(async () => finish());
  return { url: stage.url, begin, finish };
}

test("from choosing a file to the unpacked zip", async () => {
  const upload = await visit(server.url);
  const file = await photo("zażółć kot.jpg");
  await upload.expectAccessible();
  await upload.input.setInputFiles(file);
  await upload.button.click();
  await upload.labelled("zażółć kot.jpg", "Done");
  expect(await upload.thumbnails("zażółć kot.jpg")).toEqual([
    expect.stringMatching(/^zażółć kot_\d+x\d+\.jpg\s+128 × 96\s+[\d.]+ kB$/),
  ]);
  await upload.expectAccessible();

  const { path, suggested } = await upload.download("zażółć kot.jpg");
  expect(suggested).toBe("zażółć kot.zip");
  const [original, thumbnail, ...others] = await unzip(path);
  expect(others).toEqual([]);
  expect(original?.bytes).toEqual(file.buffer);
  expect(thumbnail?.name).toMatch(/_\d+x\d+\.jpg$/);
  expect(await sharp(thumbnail?.bytes).metadata()).toMatchObject({ width: 128, height: 96 });

  await upload.page.reload();
  await upload.labelled("zażółć kot.jpg", "Done");
  expect(upload.complaints).toEqual([]);
});

test("several pictures in several sizes; what is wrong with one is said at that one", async () => {
  const upload = await visit(server.url);
  const huge = { ...textFile, name: "huge.png", buffer: Buffer.alloc(2_000_001) };
  await upload.input.setInputFiles([
    await photo("first.jpg", 1000, 800),
    textFile,
    huge,
    await photo("second.jpg"),
  ]);
  await upload.page.getByLabel("64 × 64").check();
  await upload.page.getByLabel("Other sizes").fill("300x300, 40×20");
  await upload.button.click();
  for (const [name, edges] of [
    ["first.jpg", ["64 × 51", "128 × 102", "300 × 240", "25 × 20"]],
    ["second.jpg", ["64 × 48", "128 × 96", "300 × 224", "27 × 20"]],
  ] as const) {
    await upload.labelled(name, "Done");
    const rows = (await upload.thumbnails(name)).map((row) => /\d+ × \d+/.exec(row)?.[0]);
    expect(rows).toEqual(edges);
  }
  await upload.labelled("notes.png", "Refused");
  expect(await upload.item("notes.png").innerText()).toContain("not a picture that can be read");
  expect(await upload.item("huge.png").innerText()).toContain("the limit is 2 MB");
  const names = await upload.page.locator(".task .name").allInnerTexts();
  expect(names).toEqual(["first.jpg", "notes.png", "huge.png", "second.jpg"]);
  await upload.expectAccessible();
  expect(upload.complaints).toEqual([]);
});

test("a picture that is dropped somewhere on the page", async () => {
  const upload = await visit(server.url);
  const { buffer } = await photo("dropped.jpg");
  const data = await upload.page.evaluateHandle((base64: string) => {
    // Runs in the browser, which has these.
    const { DataTransfer, File } = globalThis as never as {
      DataTransfer: new () => { items: { add(file: unknown): void } };
      File: new (parts: unknown[], name: string, options: object) => unknown;
    };
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], "dropped.jpg", { type: "image/jpeg" }));
    return transfer;
  }, buffer.toString("base64"));
  for (const type of ["dragover", "drop"]) {
    await upload.page.dispatchEvent("main", type, { dataTransfer: data });
  }
  await upload.page.getByText("dropped.jpg").waitFor();
  await upload.button.click();
  await upload.labelled("dropped.jpg", "Done");
  expect(upload.complaints).toEqual([]);
});

test("by keyboard alone", async () => {
  const upload = await visit(server.url);
  const { keyboard } = upload.page;
  const focused = () =>
    upload.page.evaluate(
      "document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText",
    ) as Promise<string>;
  const tabTo = async (text: string) => {
    for (let tries = 0; tries < 15; tries++) {
      await keyboard.press("Tab");
      if ((await focused()).includes(text)) return;
    }
    throw new Error(`Tab does not lead to ${text}.`);
  };
  await tabTo("Drop pictures here");
  const [chooser] = await Promise.all([
    upload.page.waitForEvent("filechooser"),
    keyboard.press("Enter"),
  ]);
  await chooser.setFiles(await photo("keys.jpg"));
  await tabTo("256 × 256");
  await keyboard.press("Space");
  const outline = await upload.page.evaluate(
    "getComputedStyle(document.activeElement.parentElement).outlineStyle",
  );
  expect(outline).toBe("solid");
  await tabTo("Make thumbnails");
  await keyboard.press("Enter");
  await upload.labelled("keys.jpg", "Done");
  expect(await upload.thumbnails("keys.jpg")).toHaveLength(2);
  await tabTo("Download zip");
  const [download] = await Promise.all([
    upload.page.waitForEvent("download"),
    keyboard.press("Enter"),
  ]);
  expect((await unzip(await download.path())).length).toBe(3);
});

test("queued, worked on, failed: seen, heard, accessible", async () => {
  const stage = await openStage();
  const upload = await visit(stage.url);
  await upload.input.setInputFiles(await photo("slow.jpg"));
  await upload.button.click();
  await upload.item("slow.jpg").getByText("no worker is running").waitFor();
  await upload.expectAccessible();

  stage.begin();
  await upload.item("slow.jpg").getByText("1 of 3 sizes are made.").waitFor();
  const bar = upload.item("slow.jpg").getByRole("progressbar", { name: "Progress of slow.jpg" });
  expect(await bar.evaluate((element) => element.getAttribute("value"))).toBe("1");
  await upload.page.getByRole("status").filter({ hasText: "slow.jpg: Working" }).waitFor();
  await upload.expectAccessible();

  stage.finish();
  await upload.labelled("slow.jpg", "Failed");
  const failed = await upload.item("slow.jpg").innerText();
  expect(failed).toContain("The picture is damaged: it ends too early.");
  await upload.page.getByRole("status").filter({ hasText: "slow.jpg: Failed" }).waitFor();
  await upload.expectAccessible();
  expect(upload.complaints).toEqual([]);
});

test("sizes that are none are said beside their field, and nothing is sent twice", async () => {
  const upload = await visit(server.url);
  const sizes = upload.page.getByLabel("Other sizes");
  await upload.input.setInputFiles(await photo("odd.jpg"));
  await sizes.fill("big");
  await upload.button.click();
  expect(await sizes.evaluate((element) => element.matches(":invalid"))).toBe(true);
  expect(await upload.page.locator(".task").count()).toBe(0);
  await sizes.fill("99999x1");
  await upload.button.click();
  await upload.page.getByRole("alert").filter({ hasText: "such as 128x128" }).waitFor();
  expect(await sizes.getAttribute("aria-invalid")).toBe("true");
  await upload.expectAccessible();
});

test("while Redis is away a picture is refused, and can be sent again", async () => {
  const port = await freePort();
  const lonely = await openServer(`redis://127.0.0.1:${port}`);
  open.push(() => lonely.close());
  const upload = await visit(lonely.url);
  await upload.input.setInputFiles(await photo("patient.jpg"));
  await upload.button.click();
  await upload.labelled("patient.jpg", "Refused");
  expect(await upload.item("patient.jpg").innerText()).toContain("Redis is away");
  await upload.expectAccessible();
  const late = await openTestRedis(port);
  open.push(() => late.stop());
  await upload.page.getByRole("button", { name: "Try again" }).click();
  await upload.labelled("patient.jpg", "Queued");
  await lonely.close();
  await upload.page.getByText("The server does not answer. Asking again").waitFor();
});

/** axe needs scripts: it gets the same page in the browser that has them, but not those of the page. */
async function expectAccessible(plain: UploadPage): Promise<void> {
  const copy = await visit("about:blank");
  await copy.page.route("**/page.js", (route) => route.abort());
  const url = plain.page.url();
  const body = await plain.page.content();
  await copy.page.route(url, (route) => route.fulfill({ body, contentType: "text/html" }));
  await copy.page.goto(url);
  await copy.expectAccessible();
}

describe("without JavaScript", () => {
  test("a form, and a page that looks again by itself until the zip is there", async () => {
    const stage = await openServer(redis.url);
    open.push(() => stage.close());
    const upload = await visit(stage.url, NO_SCRIPTS);
    await expectAccessible(upload);
    await upload.input.setInputFiles(await photo("plain.jpg"));
    await upload.button.click();
    await upload.page.waitForURL(/\/task\/[\da-f-]{36}$/);
    await upload.labelled("plain.jpg", "Queued");
    open.push(await work(stage));
    await upload.labelled("plain.jpg", "Done");
    await expectAccessible(upload);
    const { path, suggested } = await upload.download("plain.jpg");
    expect(suggested).toBe("plain.zip");
    expect((await unzip(path)).length).toBe(2);
    expect(await upload.page.content()).not.toContain('http-equiv="refresh"');
  });

  test("several pictures, one refused: said at that one, and a link follows the others", async () => {
    const upload = await visit(server.url, NO_SCRIPTS);
    await upload.input.setInputFiles([await photo("one.jpg"), textFile, await photo("two.jpg")]);
    await upload.button.click();
    await upload.labelled("notes.png", "Refused");
    await expectAccessible(upload);
    await upload.page.getByRole("link", { name: "Follow the pictures" }).click();
    await upload.labelled("one.jpg", "Done");
    await upload.labelled("two.jpg", "Done");
    await upload.page.goto(server.url);
    await upload.input.setInputFiles(await photo("odd.jpg"));
    await upload.page.getByLabel("Other sizes").fill("99999x1");
    await upload.button.click();
    await upload.page.getByRole("alert").filter({ hasText: "such as 128x128" }).waitFor();
    await expectAccessible(upload);
  });
});

test("on a phone", async () => {
  const upload = await visit(server.url, {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
    colorScheme: "dark",
  });
  await upload.expectAccessible();
  await upload.expectNoSidewaysScroll();
  const name = `${"a very long name ".repeat(8)}.jpg`;
  await upload.input.setInputFiles(await photo(name));
  await upload.button.tap();
  await upload.labelled(name, "Done");
  await upload.expectAccessible();
  await upload.expectNoSidewaysScroll();
  expect((await readFile((await upload.download(name)).path)).subarray(0, 2).toString()).toBe("PK");
});

test("the dashboard shows the queues and their jobs, and its buttons work", async () => {
  const stage = await openStage();
  const upload = await visit(stage.url);
  await upload.input.setInputFiles(await photo("waiting.jpg"));
  await upload.button.click();
  await upload.labelled("waiting.jpg", "Queued");
  await upload.page.getByRole("link", { name: "Queue dashboard" }).click();
  await upload.page.getByRole("link", { name: "thumbnails" }).first().click();
  await upload.page.getByText("make-thumbnails").first().waitFor();
  await upload.page.locator("button[aria-haspopup=menu]").nth(1).click();
  await upload.page.getByRole("menuitem", { name: "Pause" }).click();
  const [answer] = await Promise.all([
    upload.page.waitForResponse((one) => one.request().method() === "PUT"),
    upload.page.getByRole("button", { name: "Confirm" }).click(),
  ]);
  expect(answer.status()).toBe(200);
  expect(upload.complaints).toEqual([]);
});

import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { unzip } from "../worker/fixtures.js";
import { uploadLab } from "./upload-lab.js";
import { photo, textFile, TOO_MANY_SIZES, type UploadPage } from "./upload-page.js";

const lab = uploadLab();
const NO_SCRIPTS = { javaScriptEnabled: false };

/** axe needs scripts: it gets the same page in the browser that has them, but not those of the page. */
async function barriers(plain: UploadPage): Promise<string[]> {
  const copy = await lab.visit("about:blank");
  await copy.page.route("**/page.js", (route) => route.abort());
  const url = plain.page.url();
  const body = await plain.page.content();
  await copy.page.route(url, (route) => route.fulfill({ body, contentType: "text/html" }));
  await copy.page.goto(url);
  return copy.barriers();
}

describe("without JavaScript", () => {
  test("a form, and a page that looks again by itself until the zip is there", async () => {
    const idle = await lab.openIdle();
    const upload = await lab.visit(idle.url, NO_SCRIPTS);
    expect(await barriers(upload)).toEqual([]);
    await upload.input.setInputFiles(await photo("plain.jpg"));
    await upload.button.click();
    await upload.page.waitForURL(/\/task\/[\da-f-]{36}$/);
    await upload.labelled("plain.jpg", "Queued");
    await idle.work();
    await upload.labelled("plain.jpg", "Done");
    expect(await barriers(upload)).toEqual([]);
    const { path, suggested } = await upload.download("plain.jpg");
    expect(suggested).toBe("plain.zip");
    expect((await unzip(path)).length).toBe(2);
    expect(await upload.page.content()).not.toContain('http-equiv="refresh"');
  });

  test("several pictures, one refused: said at that one, which stays in the list", async () => {
    const upload = await lab.visit(lab.url(), NO_SCRIPTS);
    await upload.input.setInputFiles([await photo("one.jpg"), textFile, await photo("two.jpg")]);
    await upload.button.click();
    await upload.labelled("notes.png", "Refused");
    expect(await barriers(upload)).toEqual([]);
    await upload.labelled("one.jpg", "Done");
    await upload.labelled("two.jpg", "Done");
    await upload.labelled("notes.png", "Refused");
    await upload.item("notes.png").getByRole("button", { name: "Delete" }).click();
    await upload.labelled("one.jpg", "Done");
    expect(await upload.item("notes.png").count()).toBe(0);
    await upload.page.goto(lab.url());
    await upload.input.setInputFiles(await photo("odd.jpg"));
    await upload.page.getByLabel("Other sizes").fill(TOO_MANY_SIZES);
    await upload.button.click();
    await upload.page.getByRole("alert").filter({ hasText: "At most 20 sizes" }).waitFor();
    expect(await barriers(upload)).toEqual([]);
  });
});

test("on a phone", async () => {
  const upload = await lab.visit(lab.url(), {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
    colorScheme: "dark",
  });
  expect(await upload.barriers()).toEqual([]);
  expect(await upload.excessWidth()).toBeLessThanOrEqual(0);
  const name = `${"a very long name ".repeat(8)}.jpg`;
  await upload.input.setInputFiles(await photo(name));
  await upload.button.tap();
  await upload.labelled(name, "Done");
  expect(await upload.barriers()).toEqual([]);
  expect(await upload.excessWidth()).toBeLessThanOrEqual(0);
  expect((await readFile((await upload.download(name)).path)).subarray(0, 2).toString()).toBe("PK");
});

test("a large picture goes on where it was when the connection is lost", async () => {
  const upload = await lab.visit(lab.url());
  const parts: string[] = [];
  await upload.page.route("**/uploads/*", async (route) => {
    const { method, headers } = {
      method: route.request().method(),
      headers: route.request().headers(),
    };
    if (method === "PATCH") parts.push(headers["upload-offset"] ?? "");
    await (parts.length === 2 && method === "PATCH" ? route.abort() : route.continue());
  });
  await upload.input.setInputFiles(await photo("large.jpg", 3800, 2800));
  await upload.button.click();
  await upload.labelled("large.jpg", "Done");
  // The part that was lost is sent again, and none of those before.
  expect(parts.slice(0, 3)).toEqual(["0", "2000000", "2000000"]);
});

test("the dashboard shows the queues and their jobs, and its buttons work", async () => {
  const stage = await lab.openStage();
  const upload = await lab.visit(stage.url);
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

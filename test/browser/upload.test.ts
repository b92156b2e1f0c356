import sharp from "sharp";
import { expect, test } from "vitest";
import { freePort } from "#processes/free-port.js";
import { openServer, openTestRedis } from "../web/server.js";
import { unzip } from "../worker/fixtures.js";
import { uploadLab } from "./upload-lab.js";
import { photo, textFile, TOO_MANY_SIZES } from "./upload-page.js";

const lab = uploadLab({ fileBytes: 2_000_000 });

test("from choosing a file to the unpacked zip", async () => {
  const upload = await lab.visit(lab.url());
  const file = await photo("zażółć kot.jpg");
  expect(await upload.barriers()).toEqual([]);
  await upload.input.setInputFiles(file);
  await upload.button.click();
  await upload.labelled("zażółć kot.jpg", "Done");
  expect(await upload.thumbnails("zażółć kot.jpg")).toEqual([
    expect.stringMatching(/^zażółć kot_\d+x\d+\.jpg\s+128 × 96\s+[\d.]+ kB$/),
  ]);
  expect(await upload.barriers()).toEqual([]);

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
  const upload = await lab.visit(lab.url());
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
  expect(await upload.item("notes.png").innerText()).toContain(
    "not a picture in a supported format",
  );
  expect(await upload.item("huge.png").innerText()).toContain("the limit is 2 MB");
  const names = await upload.page.locator(".task .name").allInnerTexts();
  expect(names).toEqual(["first.jpg", "notes.png", "huge.png", "second.jpg"]);
  expect(await upload.barriers()).toEqual([]);
  expect(upload.complaints).toEqual([]);
});

test("a picture that is dropped somewhere on the page", async () => {
  const upload = await lab.visit(lab.url());
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
  const upload = await lab.visit(lab.url());
  const { keyboard } = upload.page;
  // Choosers are taken over from now on: asked for together with the key, that may come too late.
  upload.page.on("filechooser", () => {});
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
  const stage = await lab.openStage();
  const upload = await lab.visit(stage.url);
  await upload.input.setInputFiles(await photo("slow.jpg"));
  await upload.button.click();
  await upload.item("slow.jpg").getByText("no worker is running").waitFor();
  expect(await upload.barriers()).toEqual([]);

  stage.begin();
  await upload.item("slow.jpg").getByText("1 of 3 sizes are made.").waitFor();
  const bar = upload.item("slow.jpg").getByRole("progressbar", { name: "Progress of slow.jpg" });
  expect(await bar.evaluate((element) => element.getAttribute("value"))).toBe("1");
  await upload.page.getByRole("status").filter({ hasText: "slow.jpg: Working" }).waitFor();
  expect(await upload.barriers()).toEqual([]);

  stage.finish();
  await upload.labelled("slow.jpg", "Failed");
  const failed = await upload.item("slow.jpg").innerText();
  expect(failed).toContain("The picture is damaged: it ends too early.");
  await upload.page.getByRole("status").filter({ hasText: "slow.jpg: Failed" }).waitFor();
  expect(await upload.barriers()).toEqual([]);
  expect(upload.complaints).toEqual([]);
});

test("sizes that are none are said beside their field, and nothing is sent twice", async () => {
  const upload = await lab.visit(lab.url());
  const sizes = upload.page.getByLabel("Other sizes");
  await upload.input.setInputFiles(await photo("odd.jpg"));
  for (const text of ["big", "0x5", "10001x5", "5"]) {
    await sizes.fill(text);
    await upload.button.click();
    expect(await sizes.evaluate((element) => element.matches(":invalid"))).toBe(true);
  }
  expect(await upload.page.locator(".task").count()).toBe(0);
  await sizes.fill(TOO_MANY_SIZES);
  await upload.button.click();
  await upload.page.getByRole("alert").filter({ hasText: "At most 20 sizes" }).waitFor();
  expect(await sizes.getAttribute("aria-invalid")).toBe("true");
  expect(await upload.barriers()).toEqual([]);
});

test("while Redis is away a picture is refused, and can be sent again", async () => {
  const port = await freePort();
  const lonely = await openServer(`redis://127.0.0.1:${port}`);
  lab.ends(() => lonely.close());
  const upload = await lab.visit(lonely.url);
  await upload.input.setInputFiles(await photo("patient.jpg"));
  await upload.button.click();
  await upload.labelled("patient.jpg", "Refused");
  expect(await upload.item("patient.jpg").innerText()).toContain("Redis is away");
  expect(await upload.barriers()).toEqual([]);
  const late = await openTestRedis(port);
  lab.ends(() => late.stop());
  await upload.page.getByRole("button", { name: "Try again" }).click();
  await upload.labelled("patient.jpg", "Queued");
  await lonely.close();
  await upload.page.getByText("The server does not answer. Asking again").waitFor();
});

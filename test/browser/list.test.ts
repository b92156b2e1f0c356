import { expect, test } from "vitest";
import { uploadLab } from "./upload-lab.js";
import { photo, textFile } from "./upload-page.js";

const lab = uploadLab({ fileBytes: 200_000 });

test("what was sent, refused, or too large to be sent stays over a reload", async () => {
  const upload = await lab.visit(lab.url());
  const { page } = upload;
  const huge = { ...textFile, name: "huge.png", buffer: Buffer.alloc(300_000) };
  await upload.input.setInputFiles([
    await photo("one.jpg"),
    textFile,
    huge,
    await photo("two.jpg"),
  ]);
  await page.getByLabel("Fit").selectOption("cover");
  await page.getByLabel("Format").selectOption("webp");
  await upload.button.click();
  for (const reloaded of [false, true]) {
    if (reloaded) await page.reload();
    await upload.labelled("one.jpg", "Done");
    await upload.labelled("two.jpg", "Done");
    await upload.labelled("notes.png", "Refused");
    await upload.labelled("huge.png", "Refused");
  }
  expect(await page.title()).toBe("Thumbnails");
  expect(await upload.thumbnails("one.jpg")).toEqual([
    expect.stringMatching(/^one_\d+x\d+\.webp\s+128 × 128/),
  ]);
  const width = "document.querySelector('.task.done .picture img').naturalWidth";
  await expect.poll(() => page.evaluate(width)).toBe(128);
  expect(await upload.barriers()).toEqual([]);
});

test("open tasks are told in the title; one is cancelled, one deleted, by keyboard", async () => {
  const idle = await lab.openIdle();
  const upload = await lab.visit(idle.url);
  const { page } = upload;
  await upload.input.setInputFiles([await photo("one.jpg"), await photo("two.jpg")]);
  await upload.button.click();
  await upload.labelled("two.jpg", "Queued");
  await expect.poll(() => page.title()).toBe("(2) Thumbnails");
  await upload.item("one.jpg").getByRole("button", { name: "Cancel" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => upload.item("one.jpg").count()).toBe(0);
  expect(await page.title()).toBe("(1) Thumbnails");
  await idle.work();
  await upload.labelled("two.jpg", "Done");
  expect(await page.title()).toBe("Thumbnails");
  await upload.item("two.jpg").getByRole("button", { name: "Delete" }).press("Enter");
  await expect.poll(() => upload.item("two.jpg").count()).toBe(0);
  await page.reload();
  expect(await page.locator(".task").count()).toBe(0);
  expect(upload.complaints).toEqual([]);
});

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pixelmatch from "pixelmatch";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { expect } from "vitest";
import { root } from "./lab-process.js";

/**
 * How much of a picture may differ: other fonts, times in the file list. What shows something else,
 * such as an error in place of a chart, differs by more.
 */
const MOST_DIFFERENT = 0.12;

/** Compares the page with a picture in docs/pictures, or takes it anew with UPDATE_PICTURES=1. */
export async function expectPicture(page: Page, name: string): Promise<void> {
  const file = join(root, "docs", "pictures", name);
  const taken = await page.screenshot({ animations: "disabled", caret: "hide" });
  if (process.env["UPDATE_PICTURES"] === "1") await writeFile(file, taken);
  const [stored, now] = [PNG.sync.read(await readFile(file)), PNG.sync.read(taken)];
  const { width, height } = now;
  expect({ width: stored.width, height: stored.height }).toEqual({ width, height });
  const different = pixelmatch(stored.data, now.data, undefined, width, height);
  expect(different / (width * height)).toBeLessThan(MOST_DIFFERENT);
}

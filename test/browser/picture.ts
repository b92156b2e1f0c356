import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pixelmatch from "pixelmatch";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { root } from "../root.js";

/**
 * How much of a picture may differ: other fonts, times in the file list. What shows something else,
 * such as an error in place of a chart, differs by more.
 */
export const MOST_DIFFERENT = 0.12;

/**
 * Compares the page with a picture in docs/pictures, or takes it anew with UPDATE_PICTURES=1.
 *
 * @returns the part of its points that differ, from 0 to 1; 1 for another width or height
 */
export async function differenceFrom(page: Page, name: string): Promise<number> {
  const file = join(root, "docs", "pictures", name);
  const taken = await page.screenshot({ animations: "disabled", caret: "hide" });
  if (process.env["UPDATE_PICTURES"] === "1") await writeFile(file, taken);
  const [stored, now] = [PNG.sync.read(await readFile(file)), PNG.sync.read(taken)];
  const { width, height } = now;
  if (stored.width !== width || stored.height !== height) return 1;
  return pixelmatch(stored.data, now.data, undefined, width, height) / (width * height);
}

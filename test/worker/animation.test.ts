import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { drawnFrames } from "#worker/pictures/apng-frames.js";
import { readApng, writeApng } from "#worker/pictures/apng.js";
import { root } from "../root.js";
import { scale } from "./scale.js";

const COLOURS = ["red", "lime", "blue"];
const SIZE = { width: 60, height: 40 };
const still = (background: string) =>
  sharp({ create: { ...SIZE, channels: 4, background } })
    .png()
    .toBuffer();
const apng = async () =>
  writeApng(await Promise.all(COLOURS.map(still)), { delays: [100, 200, 300], plays: 2 });

describe("an animated PNG", () => {
  test("keeps its pictures, their times and how often it is played, when asked", async () => {
    const { bytes, width, height, extension } = await scale(await apng(), 30, 30, {
      animated: true,
    });
    expect([width, height, extension]).toEqual([30, 20, "png"]);
    const made = readApng(bytes);
    expect(made?.plays).toBe(2);
    expect(made?.frames.map(({ delay }) => delay)).toEqual([100, 200, 300]);
    const seen: number[][] = [];
    for await (const { data } of drawnFrames(made!, { width: 30, height: 20 }, undefined)) {
      seen.push([...data.subarray(0, 4)]);
    }
    expect(seen).toEqual([
      [255, 0, 0, 255],
      [0, 255, 0, 255],
      [0, 0, 255, 255],
    ]);
  });

  test.each(["webp"] as const)("becomes an animated %s", async (format) => {
    const { bytes } = await scale(await apng(), 30, 30, { animated: true, format });
    const { pages, delay, loop } = await sharp(bytes, { pages: -1 }).metadata();
    expect({ pages, delay, loop }).toEqual({ pages: 3, delay: [100, 200, 300], loop: 2 });
  });

  test("is its first picture else, also where an older program would see another", async () => {
    const { bytes } = await scale(await apng(), 30, 30);
    expect(readApng(bytes)).toBeUndefined();
    expect([...(await sharp(bytes).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 0, 0]);
  });

  test("a format without animations says so", async () => {
    const { notes } = await scale(await apng(), 30, 30, { animated: true, format: "jpeg" });
    expect(notes).toEqual([expect.stringContaining("first picture only")]);
  });
});

describe("a PNG with a table of colours", () => {
  test("keeps one, and its thumbnail is not larger than it", async () => {
    const drawing = await sharp(join(root, "notebooks", "pictures", "lake.jpg"))
      .resize(200)
      .png({ palette: true, colours: 64 })
      .toBuffer();
    for (const edge of [200, 150, 40]) {
      const { bytes } = await scale(drawing, edge, edge);
      expect((await sharp(bytes).metadata()).isPalette).toBe(true);
      expect(bytes.length).toBeLessThanOrEqual(drawing.length);
    }
  });
});

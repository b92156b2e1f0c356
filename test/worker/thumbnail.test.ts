import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { openPicture } from "#worker/pictures/open-picture.js";
import { memoryFor } from "#worker/thumbnail.js";
import { halfTransparent, noise } from "./fixtures.js";
import { scale } from "./scale.js";

const sizeOf = ({ width, height }: { width: number; height: number }) => [width, height];

describe("a thumbnail", () => {
  test.each([
    [327, 244, 128, 128, [128, 96]],
    [50, 20, 128, 128, [50, 20]],
    [100, 1000, 128, 128, [13, 128]],
    [1000, 100, 50, 400, [50, 5]],
    [1, 9000, 10, 10, [1, 10]],
    [128, 128, 128, 128, [128, 128]],
  ])("of %i×%i in %i×%i keeps its aspect and is never enlarged", async (w, h, bw, bh, size) => {
    const scaled = await scale(await noise(w, h).png().toBuffer(), bw, bh);
    expect(sizeOf(scaled)).toEqual(size);
    const { width, height } = await sharp(scaled.bytes).metadata();
    expect([width, height]).toEqual(size);
  });

  test.each(["jpeg", "png", "webp", "gif", "avif"] as const)(
    "of a %s is one, too",
    async (format) => {
      const scaled = await scale(await noise(200, 100).toFormat(format).toBuffer(), 64, 64);
      expect(sizeOf(scaled)).toEqual([64, 32]);
      const again = await openPicture(scaled.bytes);
      expect(again.format).toBe(format);
    },
  );

  test.each(["png", "webp", "gif", "avif"] as const)("of a %s keeps its alpha", async (format) => {
    const picture = await halfTransparent(80, 40).toFormat(format).toBuffer();
    const { bytes } = await scale(picture, 40, 40);
    const pixels = await sharp(bytes).ensureAlpha().raw().toBuffer();
    const alphaAt = (x: number) => pixels[(10 * 40 + x) * 4 + 3] ?? -1;
    expect(alphaAt(5)).toBeGreaterThan(250);
    expect(alphaAt(35)).toBeLessThan(5);
  });

  test("stands upright as EXIF says, and holds no metadata", async () => {
    // Red above, blue below, stored on its side: orientation 6 turns it clockwise.
    const side = { width: 60, height: 30, channels: 3, background: "blue" } as const;
    const red = await sharp({ create: { ...side, width: 30, background: "red" } })
      .png()
      .toBuffer();
    const stored = await sharp({ create: side })
      .composite([{ input: red, left: 0, top: 0 }])
      .jpeg()
      .withExif({ IFD0: { Copyright: "someone" } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect((await sharp(stored).metadata()).orientation).toBe(6);
    const scaled = await scale(stored, 20, 40);
    expect(sizeOf(scaled)).toEqual([20, 40]);
    const { exif, icc, xmp, orientation } = await sharp(scaled.bytes).metadata();
    expect([exif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined]);
    const pixels = await sharp(scaled.bytes).raw().toBuffer();
    const [red0 = 0, , blue0 = 255] = pixels.subarray(0, 3);
    const [red1 = 255, , blue1 = 0] = pixels.subarray(-3);
    expect([red0 > 200, blue0 < 60, red1 < 60, blue1 > 200]).toEqual([true, true, true, true]);
  });

  test("of an animation is its first picture", async () => {
    const frames = await Promise.all(
      ["red", "lime", "blue"].map((background) =>
        sharp({ create: { width: 40, height: 20, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const animation = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(3);
    const scaled = await scale(animation, 20, 20);
    expect(sizeOf(scaled)).toEqual([20, 10]);
    const [red = 0, green = 255] = await sharp(scaled.bytes).raw().toBuffer();
    expect([red > 250, green < 5]).toEqual([true, true]);
  });

  test("of a CMYK picture can be shown by a browser", async () => {
    const cmyk = await noise(100, 50).toColourspace("cmyk").jpeg().toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe("cmyk");
    expect((await sharp((await scale(cmyk, 20, 20)).bytes).metadata()).space).toBe("srgb");
  });
});

describe("a file that is no picture to scale", () => {
  test.each([
    ["nothing", "", "The file is empty."],
    ["text", "This is a text.\n".repeat(100), "not a JPEG, PNG, WebP, GIF, AVIF or HEIC picture."],
    ["SVG", '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>', "an SVG drawing"],
    ["SVG after a comment", '<?xml version="1.0"?><!-- a --><svg width="9"/>', "an SVG drawing"],
    ["HTML", "<!doctype html><title>GIF89a</title>", "not a JPEG"],
    ["PDF", "%PDF-1.7\n", "a PDF, which cannot be read here: save it as JPEG or PNG"],
    ["a zip", "PK\u0003\u0004", "not a JPEG"],
    ["TIFF", "II*\0\b\0\0\0", "a TIFF picture, or a camera's raw picture, which cannot be read"],
    [
      "JPEG XL",
      "\xff\x0a\xfa\x1f",
      "a JPEG XL picture, which cannot be read here: save it as JPEG",
    ],
    ["three bytes", "GIF", "not a JPEG"],
  ])("%s is refused, by its name where it has one", async (_, text, reason) => {
    await expect(openPicture(Buffer.from(text, "latin1"))).rejects.toThrow(reason);
  });

  test.each([
    "\x89PNG\r\n\x1a\n",
    "\xff\xd8\xff\xe0",
    "GIF89a",
    "RIFF\0\0\0\0WEBP",
    "\0\0\0\x14ftypavif",
  ])("what only begins like one is refused: %j", async (magic) => {
    const fake = Buffer.concat([Buffer.from(magic, "latin1"), Buffer.alloc(500, "no picture ")]);
    await expect(openPicture(fake)).rejects.toThrow("damaged or not complete");
  });

  test.each(["webp", "avif"] as const)("a cut %s is refused", async (format) => {
    const whole = await noise(90, 60).toFormat(format).toBuffer();
    for (const share of [0.1, 0.5, 0.98]) {
      const cut = whole.subarray(0, whole.length * share);
      await expect(scale(cut, 64, 64)).rejects.toThrow("damaged or not complete");
    }
  });

  test.each(["jpeg", "png", "gif"] as const)(
    "a %s of which only the head is there",
    async (format) => {
      const whole = await noise(90, 60).toFormat(format).toBuffer();
      const cut = whole.subarray(0, format === "jpeg" ? 300 : 36);
      await expect(scale(cut, 64, 64)).rejects.toThrow("damaged or not complete");
    },
  );

  test("a pixel bomb is refused before it is decoded, whatever its format", async () => {
    const flat = { width: 20_001, height: 10_000, channels: 3, background: "red" } as const;
    const bomb = await sharp({ create: flat, limitInputPixels: false }).png().toBuffer();
    expect(bomb.length).toBeLessThan(3e6);
    await expect(openPicture(bomb)).rejects.toThrow(
      "The picture has 201 million pixels; a PNG may have 200 million: make it smaller",
    );
    // A header that claims 65535 × 65535 pixels.
    const gif = Buffer.from(
      "GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;",
      "latin1",
    );
    await expect(scale(gif, 10, 10)).rejects.toThrow(/200 million pixels|damaged/);
  });

  test("a box that gives no thumbnail is refused, however large the picture", () => {
    const picture = {
      format: "png",
      width: 8000,
      height: 5000,
      frames: 1,
      input: Buffer.alloc(0),
      memory: 60e6,
      orientation: 1,
      hasPalette: false,
      isGrey: false,
      notes: [],
    } as const;
    const memory = (size: number, width = 8000, height = 5000) =>
      memoryFor({ ...picture, width, height }, [{ width: size, height: size }], "inside");
    expect(() => memory(9999)).toThrow("choose a smaller box");
    expect(memory(128)).toBeLessThan(62e6);
    expect(memory(9999, 300, 200)).toBeLessThan(62e6);
  });
});

describe("limits follow the memory that is needed", () => {
  const flat = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: "#c40" }, limitInputPixels: false });

  test("a photo of 12 million pixels in AVIF, of 50 million in JPEG", async () => {
    const avif = await flat(4032, 3024).avif({ effort: 0 }).toBuffer();
    expect(sizeOf(await scale(avif, 64, 64))).toEqual([64, 48]);
    const jpeg = await flat(8688, 5792).jpeg().toBuffer();
    expect(sizeOf(await scale(jpeg, 64, 64))).toEqual([64, 43]);
  });

  test("what is held in memory as a whole may have fewer", async () => {
    const large = flat(9000, 6000);
    const progressive = await large
      .jpeg({ progressive: true, chromaSubsampling: "4:4:4" })
      .toBuffer();
    await expect(openPicture(progressive)).rejects.toThrow(
      "The picture has 54 million pixels; a progressive JPEG may have 52 million",
    );
    const avif = await flat(4800, 3600).avif({ effort: 0 }).toBuffer();
    await expect(openPicture(avif)).rejects.toThrow("an AVIF may have 16 million");
  });
});

import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { memoryFor, openPicture, thumbnailOf } from "#worker/thumbnail.js";
import { halfTransparent, noise } from "./fixtures.js";

const scale = async (bytes: Buffer, width: number, height: number) =>
  thumbnailOf(await openPicture(bytes), { width, height });
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
    ["nothing", ""],
    ["text", "This is a text.\n".repeat(100)],
    ["SVG", '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'],
    ["SVG after a comment", '<?xml version="1.0"?><!-- a --><svg width="9" height="9"/>'],
    ["HTML", "<!doctype html><title>GIF89a</title>"],
    ["PDF", "%PDF-1.7\n"],
    ["a zip", "PK\u0003\u0004"],
    ["TIFF", "II*\0\b\0\0\0"],
    ["three bytes", "GIF"],
  ])("%s is refused", async (_, text) => {
    await expect(openPicture(Buffer.from(text, "latin1"))).rejects.toThrow(
      text === "" ? "The file is empty." : "not a JPEG, PNG, WebP, GIF or AVIF picture",
    );
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

  test.each(["jpeg", "png", "webp", "gif", "avif"] as const)(
    "a cut %s is refused",
    async (format) => {
      const whole = await noise(90, 60).toFormat(format).toBuffer();
      for (const share of [0.1, 0.5, 0.98]) {
        const cut = whole.subarray(0, whole.length * share);
        await expect(scale(cut, 64, 64)).rejects.toThrow("damaged or not complete");
      }
    },
  );

  test("a pixel bomb is refused before it is decoded, whatever its format", async () => {
    const flat = { width: 8001, height: 5000, channels: 3, background: "red" } as const;
    const bomb = await sharp({ create: flat }).png().toBuffer();
    expect(bomb.length).toBeLessThan(1e6);
    await expect(openPicture(bomb)).rejects.toThrow("more than 40 million pixels");
    // A header that claims 65535 × 65535 pixels.
    const gif = Buffer.from(
      "GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;",
      "latin1",
    );
    await expect(scale(gif, 10, 10)).rejects.toThrow(/40 million pixels|damaged/);
  });

  test("a box that gives no thumbnail is refused, however large the picture", () => {
    const picture = { bytes: Buffer.alloc(0), format: "png", width: 8000, height: 5000 } as const;
    expect(() => memoryFor(picture, { width: 9999, height: 9999 })).toThrow("choose a smaller box");
    expect(memoryFor(picture, { width: 128, height: 128 })).toBeLessThan(300e6);
    const small = { ...picture, width: 300, height: 200 };
    expect(memoryFor(small, { width: 9999, height: 9999 })).toBeLessThan(2e6);
  });

  test("an AVIF, whose decoder takes much memory, may have 12 million", async () => {
    const flat = { width: 4001, height: 3000, channels: 3, background: "red" } as const;
    const avif = await sharp({ create: flat }).avif({ effort: 0 }).toBuffer();
    await expect(openPicture(avif)).rejects.toThrow("12 million pixels, the limit for AVIF");
  });

  test("40 million pixels are not too many", async () => {
    const flat = { width: 8000, height: 5000, channels: 3, background: "red" } as const;
    const scaled = await scale(await sharp({ create: flat }).jpeg().toBuffer(), 64, 64);
    expect(sizeOf(scaled)).toEqual([64, 40]);
  });
});

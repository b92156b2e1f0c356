import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { difference, Referee } from "../../bench/pictures/referee.js";
import { scale } from "../worker/scale.js";
import {
  exif,
  lake,
  moved,
  sample,
  steps,
  withChunks,
  withNclx,
  words,
} from "./picture-samples.js";

// Each thumbnail looks like what Chromium shows of the original.
const MOST = 6;
let referee: Referee;
beforeAll(async () => {
  referee = await Referee.open();
});
afterAll(() => referee?.close());

/** How far a thumbnail is from what Chromium shows of its original, and what its user is told. */
async function judged(picture: Buffer) {
  const { bytes, notes } = await scale(picture, 120, 120);
  return { mean: await referee.compare(picture, bytes), notes };
}

/** What `judged` gives for a thumbnail that is as it should be. */
const RIGHT = { mean: expect.toSatisfy(isClose, "close"), notes: [] };
function isClose(mean: unknown): boolean {
  return typeof mean === "number" && mean <= MOST;
}

test("the referee sees a difference", async () => {
  const picture = await lake().png().toBuffer();
  expect(await referee.compare(picture, await lake().negate().png().toBuffer())).toBeGreaterThan(
    50,
  );
  expect(
    await referee.compare(picture, await lake().modulate({ brightness: 1.2 }).png().toBuffer()),
  ).toBeGreaterThan(MOST);
});

describe("AVIF", () => {
  test.each([
    ["HDR by PQ, BT.2020", { primaries: 9, transfer: 16 }],
    ["HDR by PQ, P3", { primaries: 12, transfer: 16 }],
    ["HDR by HLG, BT.2020", { primaries: 9, transfer: 18 }],
    ["HDR by HLG, sRGB's own primaries", { primaries: 1, transfer: 18 }],
    ["Display P3", { primaries: 12, transfer: 13 }],
    ["BT.2020 for screens", { primaries: 9, transfer: 1 }],
    ["a gamma of 2.8, PAL", { primaries: 5, transfer: 5 }],
    ["linear light", { primaries: 1, transfer: 8 }],
  ])("%s", async (_, encoding) => {
    const avif = await steps().avif({ quality: 90, effort: 2 }).toBuffer();
    const told = withNclx(avif, encoding);
    expect(await judged(told)).toEqual(RIGHT);
    // It is no sample if it looks like one that says nothing.
    expect(
      await difference((await referee.shows(told))!, (await referee.shows(avif))!),
    ).toBeGreaterThan(MOST);
  });

  test("brightness only, from 16 to 235", async () => {
    const grey = await lake().toColourspace("b-w").avif({ quality: 80, effort: 2 }).toBuffer();
    expect(await judged(grey)).toEqual(RIGHT);
    expect(await judged(withNclx(grey, { primaries: 1, transfer: 13, isFull: false }))).toEqual(
      RIGHT,
    );
  });

  test("an animation shows its first picture", async () => {
    expect(await judged(await sample("three-frames.avif"))).toEqual(RIGHT);
  });

  test("that says late what it is", async () => {
    const avif = await lake().avif({ effort: 2 }).toBuffer();
    const size = avif.readUInt32BE(0);
    const brands = Buffer.from("avif".padStart(4 * 25, "miaf"), "latin1");
    const type = Buffer.concat([
      words(16 + brands.length),
      Buffer.from("ftypmif1\0\0\0\0"),
      brands,
    ]);
    const rest = moved(Buffer.from(avif.subarray(size)), type.length - size);
    expect(await judged(Buffer.concat([type, rest]))).toEqual(RIGHT);
  });
});

describe("PNG", () => {
  const png = () => lake().png().toBuffer();
  const P3 = words(31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000);

  test.each<[string, [string, Buffer][]]>([
    ["a gamma of 1", [["gAMA", words(100_000)]]],
    ["a gamma of 2.5", [["gAMA", words(40_000)]]],
    [
      "P3 by cHRM",
      [
        ["gAMA", words(45_455)],
        ["cHRM", P3],
      ],
    ],
    [
      "sRGB counts more than gAMA",
      [
        ["sRGB", Buffer.from([0])],
        ["gAMA", words(100_000)],
      ],
    ],
    ["HDR by cICP", [["cICP", Buffer.from([9, 16, 0, 1])]]],
  ])("%s", async (_, chunks) =>
    expect(await judged(withChunks(await png(), ...chunks))).toEqual(RIGHT),
  );

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("turned by EXIF, way %i, in other colours", async (way) => {
    const turned: [string, Buffer] = ["eXIf", exif(way)];
    expect(await judged(withChunks(await png(), turned))).toEqual(RIGHT);
    expect(await judged(withChunks(await png(), turned, ["gAMA", words(100_000)]))).toEqual(RIGHT);
  });

  test("16 bits, grey with alpha, a table of colours", async () => {
    expect(await judged(await lake().toColourspace("rgb16").png().toBuffer())).toEqual(RIGHT);
    expect(
      await judged(await lake().toColourspace("b-w").ensureAlpha(0.5).png().toBuffer()),
    ).toEqual(RIGHT);
    expect(await judged(await lake().png({ palette: true, colours: 16 }).toBuffer())).toEqual(
      RIGHT,
    );
  });
});

describe("JPEG and WebP", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "turned by EXIF, way %i: JPEG is, WebP is not",
    async (orientation) => {
      expect(await judged(await lake().jpeg().withMetadata({ orientation }).toBuffer())).toEqual(
        RIGHT,
      );
      expect(await judged(await lake().webp().withMetadata({ orientation }).toBuffer())).toEqual(
        RIGHT,
      );
    },
  );

  test("inks without a profile, and another profile", async () => {
    expect(await judged(await lake().toColourspace("cmyk").jpeg().toBuffer())).toEqual(RIGHT);
    expect(await judged(await lake().jpeg().withIccProfile("p3").toBuffer())).toEqual(RIGHT);
  });
});

describe("a tail that is cut", () => {
  const WRITTEN: [string, () => Sharpened][] = [
    ["JPEG", () => lake().jpeg()],
    ["JPEG with full colours", () => lake().jpeg({ chromaSubsampling: "4:4:4" })],
    ["progressive JPEG", () => lake().jpeg({ progressive: true })],
    ["PNG", () => lake().png()],
    ["PNG with a table of colours", () => lake().png({ palette: true })],
    ["GIF", () => lake().gif()],
  ];
  type Sharpened = ReturnType<typeof lake>;

  test.each(WRITTEN)("%s: as browsers show it, with a note", async (_, write) => {
    const whole = await write().toBuffer();
    const told: string[] = [];
    for (const length of [
      whole.length - 1,
      Math.round(whole.length * 0.7),
      Math.round(whole.length * 0.4),
    ]) {
      const { mean, notes } = await judged(whole.subarray(0, length));
      expect([length, mean]).toEqual([length, expect.toSatisfy(isClose, "close")]);
      told.push(...notes);
    }
    // One byte may have been nothing but the sign that it ends.
    expect(told.length).toBeGreaterThan(1);
    for (const note of told) expect(note).toContain("not complete");
  });
});

describe("HEIC", () => {
  test("looks like the picture that it was made of", async () => {
    const { bytes, extension } = await scale(await sample("lake.heic"), 120, 120);
    expect(extension).toBe("jpg");
    expect(await difference(await lake(160, 120).png().toBuffer(), bytes)).toBeLessThan(MOST);
  });

  test("in Display P3", async () => {
    const { bytes } = await scale(await sample("lake-p3.heic"), 120, 120);
    const p3 = withChunks(await lake(160, 120).png().toBuffer(), [
      "cICP",
      Buffer.from([12, 13, 0, 1]),
    ]);
    expect(await referee.compare(p3, bytes)).toBeLessThan(MOST);
  });
});

test("a first frame of a GIF that is smaller than the picture: the rest is transparent", async () => {
  const red = await sharp({ create: { width: 20, height: 20, channels: 3, background: "#c02030" } })
    .gif()
    .toBuffer();
  const gif = Buffer.from(red);
  gif.writeUInt16LE(40, 6);
  gif.writeUInt16LE(30, 8);
  const control = gif.indexOf(Buffer.from([0x21, 0xf9]));
  // No colour of it is transparent.
  gif[control + 3] = 0;
  expect(await judged(gif)).toEqual(RIGHT);
});

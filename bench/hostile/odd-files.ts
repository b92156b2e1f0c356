import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";

export interface OddFile {
  readonly what: string;
  readonly name: string;
  readonly bytes: Buffer;
}

const FORMATS = ["jpeg", "png", "webp", "gif", "avif"] as const;
const NAMES = [
  "../../../etc/passwd",
  "C:\\windows\\system32\\a.png",
  "con.jpg",
  "a".repeat(900),
  "\u202egnp.exe",
  "🖼️".repeat(80) + ".png",
  "line\nbreak\u0000.png",
  "<script>alert(1)</script>.gif",
  ".png",
  "żółw 龜 🐢.webp",
];

/**
 * Makes files as they come from the wild: broken, forged, huge, strange but right. The same numbers
 * give the same files.
 *
 * @param count how many
 * @param huge whether some are as large as is allowed, which takes time
 */
export async function oddFiles(
  count: number,
  seed = 1,
  { huge: withHuge = true } = {},
): Promise<OddFile[]> {
  const random = randomNumbers(seed);
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T;
  const whole = await Promise.all(
    FORMATS.map((format) => noise(160, 120).toFormat(format).toBuffer()),
  );
  const strange = await strangePictures();
  const huge = withHuge ? await hugePictures() : strange;
  const makers: (() => [what: string, bytes: Buffer])[] = [
    () => {
      const bytes = pick(whole);
      return ["cut", bytes.subarray(0, Math.floor(random() * bytes.length))];
    },
    () => {
      const bytes = Buffer.from(pick(whole));
      for (let i = 0; i < 1 + random() * 40; i++) {
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      }
      return ["bytes changed", bytes];
    },
    () => {
      const head = pick(whole).subarray(0, 12 + Math.floor(random() * 60));
      const rest = Buffer.from(Array.from({ length: 2000 }, () => random() * 256));
      return ["noise behind a head", Buffer.concat([head, rest])];
    },
    () => ["a piece in the middle gone", withoutPiece(pick(whole), random)],
    () => [
      "text behind it",
      Buffer.concat([pick(whole), Buffer.from("<?php system($_GET[0]); ?>")]),
    ],
    () => pick(strange),
    () => pick(huge),
    () => pick(NOT_PICTURES),
  ];
  return Array.from({ length: count }, (_, i) => {
    const [what, bytes] = (makers[i % makers.length] as (typeof makers)[number])();
    return { what, bytes, name: random() < 0.3 ? pick(NAMES) : `file-${i}.png` };
  });
}

const text = (what: string, content: string): [string, Buffer] => [
  what,
  Buffer.from(content, "latin1"),
];
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">';
const NOT_PICTURES: [string, Buffer][] = [
  text("nothing", ""),
  text("one byte", "\xff"),
  text("a text", "Hello, I am a text. ".repeat(100)),
  text("SVG", `${SVG}<rect width="9" height="9"/></svg>`),
  text("SVG that reads a file", `${SVG}<image href="file:///etc/passwd"/></svg>`),
  text(
    "SVG bomb",
    `<!DOCTYPE s [<!ENTITY a "${"x".repeat(1000)}">]>${SVG}${"&a;".repeat(1000)}</svg>`,
  ),
  text("PDF", "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"),
  text("TIFF", "II*\0\x08\0\0\0\0\0"),
  text("a program", `\x7fELF${"\0".repeat(200)}`),
  text("HTML as GIF", "GIF89a<script>alert(1)</script>"),
  text("a zip", "PK\x03\x04".padEnd(500, "a")),
  text(
    "ImageMagick script",
    "push graphic-context\nviewbox 0 0 640 480\nfill 'url(https://127.0.0.1/)'\n",
  ),
];

async function strangePictures(): Promise<[string, Buffer][]> {
  const flat = { width: 300, height: 200, channels: 4, background: "#08f8" } as const;
  const red = await sharp({ create: flat }).png().toBuffer();
  return [
    ["1×1", await noise(1, 1).png().toBuffer()],
    ["one pixel high", await noise(9000, 1).png().toBuffer()],
    ["one pixel wide", await noise(1, 9000).jpeg().toBuffer()],
    ["16 bits", await noise(90, 60).toColourspace("rgb16").png().toBuffer()],
    ["CMYK", await noise(90, 60).toColourspace("cmyk").jpeg().toBuffer()],
    ["grey", await noise(90, 60).greyscale().jpeg().toBuffer()],
    ["progressive", await noise(400, 300).jpeg({ progressive: true }).toBuffer()],
    ["interlaced", await noise(200, 150).png({ progressive: true }).toBuffer()],
    ["every orientation", await noise(90, 60).jpeg().withMetadata({ orientation: 7 }).toBuffer()],
    [
      "much EXIF",
      await noise(90, 60)
        .jpeg()
        .withExif({ IFD0: { Artist: "x".repeat(60_000) } })
        .toBuffer(),
    ],
    [
      "an animation",
      await sharp([red, red, red], { join: { animated: true } })
        .gif()
        .toBuffer(),
    ],
    [
      "an animated WebP",
      await sharp([red, red], { join: { animated: true } })
        .webp()
        .toBuffer(),
    ],
    ["a text of 64 MB, packed", withTextBomb(red)],
    ["a size that is not there", withSize(red, 60_000, 600)],
    ["more pixels than allowed", withSize(red, 100_000, 100_000)],
    ["no pixels", withSize(red, 0, 0)],
  ];
}

/** As large as is allowed, in each format, and a little more. */
async function hugePictures(): Promise<[string, Buffer][]> {
  const flat = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: "#284" } });
  const pictures: [string, Buffer][] = [];
  for (const [what, width, height] of [
    ["40 megapixels", 8000, 5000],
    ["42 megapixels", 8000, 5250],
  ] as const) {
    pictures.push(
      [`${what}, JPEG`, await flat(width, height).jpeg().toBuffer()],
      [
        `${what}, turned`,
        await flat(width, height).png().withMetadata({ orientation: 6 }).toBuffer(),
      ],
      [`${what}, interlaced`, await flat(width, height).png({ progressive: true }).toBuffer()],
      [`${what}, progressive`, await flat(width, height).jpeg({ progressive: true }).toBuffer()],
      [`${what}, GIF`, await flat(width, height).gif({ effort: 1 }).toBuffer()],
      [`${what}, WebP`, await flat(width, height).webp({ effort: 0 }).toBuffer()],
    );
  }
  pictures.push(
    ["12 megapixels, AVIF", await flat(4000, 3000).avif({ effort: 0 }).toBuffer()],
    ["13 megapixels, AVIF", await flat(4000, 3250).avif({ effort: 0 }).toBuffer()],
  );
  return pictures;
}

function noise(width: number, height: number): Sharp {
  const type = { type: "gaussian", mean: 128, sigma: 40 } as const;
  return sharp({ create: { width, height, channels: 3, background: "#000", noise: type } });
}

function withoutPiece(bytes: Buffer, random: () => number): Buffer {
  const start = Math.floor(random() * bytes.length);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 1 + random() * 400)]);
}

/** Puts a packed text into a PNG, after its header. */
function withTextBomb(png: Buffer): Buffer {
  const packed = deflateSync(Buffer.alloc(64 * 1024 ** 2));
  const data = Buffer.concat([Buffer.from("Comment\0\0"), packed]);
  return Buffer.concat([png.subarray(0, 33), chunk("zTXt", data), png.subarray(33)]);
}

/** Writes another size into the header of a PNG. */
function withSize(png: Buffer, width: number, height: number): Buffer {
  const header = Buffer.from(png.subarray(16, 29));
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([png.subarray(0, 8), chunk("IHDR", header), png.subarray(33)]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, checksum]);
}

/** The same numbers for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

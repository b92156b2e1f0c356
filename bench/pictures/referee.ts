import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { pictureFormat } from "redis-lab-jobs";
import sharp from "sharp";
import { findChromium } from "redis-lab-start/find-chromium";

/** What keeps Chromium quiet on a closed network, lets it run as root, and shows plain sRGB. */
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--force-color-profile=srgb",
];
const ORIGIN = "http://referee.localhost/";
/** A larger picture is shown smaller, so that what it looks like can be sent. */
const MAX_PIXELS = 16e6;

/** Chromium, asked what a picture looks like. */
export class Referee {
  #file: Buffer = Buffer.alloc(0);

  private constructor(
    private readonly page: Page,
    readonly close: () => Promise<void>,
  ) {}

  /** @throws {Error} where there is no Chromium */
  static async open(): Promise<Referee> {
    const executablePath = await findChromium();
    if (executablePath === undefined) throw new Error("There is no Chromium.");
    const profile = await mkdtemp(join(tmpdir(), "redis-lab-referee-"));
    const context = await chromium.launchPersistentContext(profile, { executablePath, args: ARGS });
    const page = await context.newPage();
    const referee = new Referee(page, async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    });
    const page404 = "<!doctype html><title>Referee</title>";
    await page.route(`${ORIGIN}**`, async (route) => {
      const isPicture = route.request().url() !== ORIGIN;
      // The browser looks at the bytes of a picture, not at its type.
      const picture = { body: referee.#file, contentType: "image/png" };
      await route.fulfill(isPicture ? picture : { body: page404, contentType: "text/html" });
    });
    await page.goto(ORIGIN);
    return referee;
  }

  /**
   * What Chromium shows of a picture; of an animation its first frame.
   *
   * @returns a PNG; undefined when it shows nothing
   */
  async shows(picture: Buffer): Promise<Buffer | undefined> {
    this.#file = picture;
    const url = `${ORIGIN}${performance.now()}`;
    const shown = await this.page.evaluate<string>(
      `(${DRAW})(${JSON.stringify(url)}, "image/${pictureFormat(picture)}", ${MAX_PIXELS})`,
    );
    return shown === "" ? undefined : Buffer.from(shown.split(",")[1] ?? "", "base64");
  }

  /**
   * How far a thumbnail is from what Chromium shows of its original.
   *
   * @param fit how the thumbnail was made; `fill` where it has the original's aspect
   * @returns see `difference`; undefined when Chromium does not show the original
   * @throws {Error} when it does not show the thumbnail
   */
  async compare(
    original: Buffer,
    thumbnail: Buffer,
    fit: "fill" | "cover" | "contain" = "fill",
  ): Promise<number | undefined> {
    const wanted = await this.shows(original);
    if (wanted === undefined) return undefined;
    const made = await this.shows(thumbnail);
    if (made === undefined) throw new Error("Chromium does not show the thumbnail.");
    return difference(wanted, made, fit);
  }
}

/** Runs in the page: draws a picture onto a canvas, and gives it as a data URL. */
const DRAW = `async (url, type, maxPixels) => {
  const image = new Image();
  image.src = url;
  await new Promise((resolve) => (image.onload = image.onerror = resolve));
  await image.decode().catch(() => {});
  const { naturalWidth: width, naturalHeight: height } = image;
  if (width * height === 0) return "";
  const scale = Math.min(1, Math.sqrt(maxPixels / (width * height)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  // An image element may show a later picture by now.
  const decoder = await animation();
  const first = await decoder?.decode({ frameIndex: 0 }).catch(() => undefined);
  const shown = first?.image ?? image;
  context.drawImage(shown, 0, 0, canvas.width, canvas.height);
  // Of some broken files only the size is known: nothing is seen of them.
  const isBlank = () => !context.getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean);
  if (isBlank() && (await isBroken())) return "";
  return canvas.toDataURL("image/png");
  async function isBroken() {
    if (!(await ImageDecoder.isTypeSupported(type))) return false;
    const whole = new ImageDecoder({ data: await (await fetch(url)).arrayBuffer(), type });
    return whole.decode({ frameIndex: 0 }).then(() => false, () => true);
  }
  async function animation() {
    // Those of AVIF come in other colours than are shown.
    if (type === "image/avif" || !(await ImageDecoder.isTypeSupported(type))) return;
    const decoder = new ImageDecoder({ data: await (await fetch(url)).arrayBuffer(), type });
    const isOne = () => decoder.tracks.selectedTrack?.animated;
    return decoder.tracks.ready.then(isOne, () => false).then((is) => (is ? decoder : undefined));
  }
}`;

/**
 * The mean of the absolute differences of red, green and blue, 0 to 255, of two pictures in the size
 * of the second: on white or on black ground, whichever is more.
 */
export async function difference(
  original: Buffer,
  thumbnail: Buffer,
  fit: "fill" | "cover" | "contain" = "fill",
): Promise<number> {
  const { width, height } = await sharp(thumbnail).metadata();
  const { isOpaque } = await sharp(thumbnail).stats();
  const position = "centre";
  const background = "transparent";
  // Scaled before it is put on a ground: the ground must not leak into the edges.
  // What lacks transparency was put on white.
  const grounds = isOpaque ? ["white"] : ["white", "black"];
  const scaled = await sharp(original, { limitInputPixels: false })
    .resize({ width, height, fit, position, background })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const means = await Promise.all(
    grounds.map(async (ground) => {
      const [a, b] = await Promise.all([pixels(scaled, ground), pixels(thumbnail, ground)]);
      let sum = 0;
      for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
      return sum / a.length;
    }),
  );
  return Math.max(...means);
}

const pixels = (picture: Buffer, background: string): Promise<Buffer> =>
  sharp(picture).flatten({ background }).removeAlpha().toColourspace("srgb").raw().toBuffer();

import axe from "axe-core";
import type { Page } from "playwright-core";
import sharp from "sharp";

/** A picture as a camera would make it, in a file to choose. */
export async function photo(name: string, width = 327, height = 244) {
  const noise = { type: "gaussian", mean: 128, sigma: 40 } as const;
  const create = { width, height, channels: 3, background: "#000", noise } as const;
  return { name, mimeType: "image/jpeg", buffer: await sharp({ create }).jpeg().toBuffer() };
}

export const textFile = {
  name: "notes.png",
  mimeType: "image/png",
  buffer: Buffer.from("These are notes, and no picture at all."),
};

/** More than the server takes, and each of them is one for the browser. */
export const TOO_MANY_SIZES = Array.from({ length: 21 }, (_, index) => `${index + 1}x1`).join();

/** The upload page, as a person uses it. */
export class UploadPage {
  /** Errors that the browser told its developers of. */
  readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    page.on("pageerror", ({ message }) => this.complaints.push(message));
    page.on("console", (message) => {
      // That a form was refused is told to the user.
      const isRefusal = message.text().includes("responded with a status of");
      if (message.type() === "error" && !isRefusal) this.complaints.push(message.text());
    });
  }

  get input() {
    return this.page.getByLabel("Drop pictures here, or choose them");
  }

  get button() {
    return this.page.getByRole("button", { name: "Make thumbnails" });
  }

  /** The item of a picture in the list. */
  item(name: string) {
    return this.page.locator(".task", { has: this.page.getByRole("heading", { name }) });
  }

  /** Waits until a picture's item has this label. */
  async labelled(name: string, label: string): Promise<void> {
    await this.item(name).locator(".label", { hasText: label }).waitFor();
  }

  thumbnails(name: string): Promise<string[]> {
    return this.item(name).locator(".thumbnails li").allInnerTexts();
  }

  /** Follows the download link of a picture; the path of the zip. */
  async download(name: string): Promise<{ path: string; suggested: string }> {
    const [download] = await Promise.all([
      this.page.waitForEvent("download"),
      this.item(name)
        .getByRole("link", { name: /Download zip/ })
        .click(),
    ]);
    return { path: await download.path(), suggested: download.suggestedFilename() };
  }

  /** What axe finds wrong for people who see, hear or move less well. */
  async barriers(): Promise<string[]> {
    // Evaluated, because the page's policy lets no script in.
    await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(),
    );
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
  }

  /** Pixels by which the page is wider than its window. */
  excessWidth(): Promise<number> {
    return this.page.evaluate("document.documentElement.scrollWidth - innerWidth");
  }
}

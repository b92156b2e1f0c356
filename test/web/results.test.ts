import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { noise, unzip } from "../worker/fixtures.js";
import { ask, form, picture, type Part } from "./http.js";
import { PNG } from "./server.js";
import { field, html, workedPage } from "./worked-page.js";

const { server, resultsOf } = workedPage();

describe("thumbnails asked for in more ways", () => {
  test("cover and WebP; the quality counts", async () => {
    const photo = picture(await noise(300, 200).png().toBuffer(), "kot é.png");
    const ways = [field("sizes", "64x64"), field("fit", "cover"), field("format", "webp")];
    const [good, poor] = await Promise.all(
      ["95", "20"].map((quality) => resultsOf([photo, ...ways, field("quality", quality)])),
    );
    expect(good?.thumbnails).toMatchObject([{ width: 64, height: 64, name: "kot é_64x64.webp" }]);
    const [large = 0, small = 0] = [good, poor].map((one) => one?.thumbnails[0]?.bytes);
    expect(small).toBeLessThan(large / 2);
  });

  test("contain keeps the picture whole, with a margin", async () => {
    const wide = picture(await noise(200, 50).png().toBuffer());
    const { thumbnails } = await resultsOf([
      wide,
      field("sizes", "80x80"),
      field("fit", "contain"),
    ]);
    const answer = await fetch(new URL(thumbnails[0]?.path ?? "", server().url));
    const { data, info } = await sharp(Buffer.from(await answer.arrayBuffer()))
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const alphaAt = (y: number) => data[4 * (y * 80 + 40) + 3];
    expect([info.width, info.height, alphaAt(5), alphaAt(40)]).toEqual([80, 80, 0, 255]);
  });

  test("an animation stays one when asked, and is one picture else", async () => {
    const frames = await Promise.all(
      ["red", "lime", "blue"].map((background) =>
        sharp({ create: { width: 60, height: 40, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const gif = picture(
      await sharp(frames, { join: { animated: true } })
        .gif({ delay: 200 })
        .toBuffer(),
      "a.gif",
    );
    const pagesOf = async (parts: readonly Part[]) => {
      const { thumbnails } = await resultsOf([gif, field("sizes", "30x30"), ...parts]);
      const answer = await fetch(new URL(thumbnails[0]?.path ?? "", server().url));
      return (await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).pages ?? 1;
    };
    expect(await pagesOf([])).toBe(1);
    expect(await pagesOf([field("animated", "on")])).toBe(3);
    expect(await pagesOf([field("animated", "on"), field("format", "webp")])).toBe(3);
  });
});

describe("what the results name can be had", () => {
  test("each thumbnail by its path, the zip by its own, however they are put together", async () => {
    const photo = picture(await noise(300, 200).jpeg().toBuffer(), "kot é.jpg");
    const { archive_path, thumbnails } = await resultsOf([photo, field("sizes", "64x64, 32x32")]);
    for (const address of [
      new URL(archive_path, server().url),
      `${server().url}/${archive_path}`,
    ]) {
      expect((await fetch(address)).status).toBe(200);
    }
    expect(thumbnails).toHaveLength(2);
    for (const { path, bytes, width, height, name } of thumbnails) {
      const answer = await fetch(new URL(path, server().url));
      expect(answer.headers.get("content-type")).toBe("image/jpeg");
      expect(answer.headers.get("content-disposition")).toContain(encodeURIComponent(name));
      const body = Buffer.from(await answer.arrayBuffer());
      expect(body.length).toBe(bytes);
      expect(await sharp(body).metadata()).toMatchObject({ format: "jpeg", width, height });
    }
    const [first = ""] = thumbnails.map(({ path }) => path);
    for (const wrong of [
      first.replace("/1.", "/3."),
      first.replace("/1.", "/0."),
      first.replace(".jpg", ".png"),
      first.replace(/archives\/[^/]+/, "archives/00000000-0000-4000-8000-000000000000"),
      first.replace("1.jpg", "%2e%2e%2f1.jpg"),
    ]) {
      expect((await ask(server().url + wrong)).status).toBe(404);
    }
  });

  test("all in one zip, a folder for each, also for two of one name", async () => {
    const photo = picture(await noise(90, 60).jpeg().toBuffer(), "kot.jpg");
    const all = [await resultsOf([photo]), await resultsOf([photo])];
    const query = all.map(({ id }) => `task=${id}`).join("&");
    const page = await ask(`${server().url}/?${query}`, { headers: html });
    expect(page.text).toContain(`href="/media/all.zip?${query.replace("&", "&amp;")}"`);
    const answer = await fetch(`${server().url}/media/all.zip?${query}`);
    const file = join(server().mediaRoot, "all.zip");
    await writeFile(file, Buffer.from(await answer.arrayBuffer()));
    const entries = await unzip(file);
    expect(entries.map(({ name }) => name)).toEqual([
      "kot/kot.jpg",
      "kot/kot_128x128.jpg",
      "kot-2/kot.jpg",
      "kot-2/kot_128x128.jpg",
    ]);
    expect(entries[0]?.bytes).toEqual(photo.value);
    expect((await fetch(`${server().url}/media/all.zip?task=no`)).status).toBe(404);
  });
});

describe("a picture that was refused", () => {
  test("stays in the list, also for a program, until it is deleted", async () => {
    const answer = await ask(
      server().url,
      form([picture(Buffer.from("II*\0\x08\0\0\0"), "scan.tif")]),
    );
    expect(answer.status).toBe(415);
    const path = answer.headers.location ?? "";
    expect((await ask(server().url + path)).json()).toMatchObject({
      task_status: "FAILURE",
      error: expect.stringContaining("TIFF"),
    });
    const id = path.replace("/task/", "");
    const list = async () => (await ask(`${server().url}/?task=${id}`, { headers: html })).text;
    expect(await list()).toMatch(/scan\.tif[^]*Refused[^]*TIFF/);
    expect((await ask(server().url + path, { method: "DELETE" })).status).toBe(204);
    expect(await list()).not.toContain("scan.tif");
  });

  test("a browser that sent it with others comes to a list of all", async () => {
    const both = form([picture(PNG, "a.png"), picture(Buffer.from("text"), "notes.png")]);
    const answer = await ask(server().url, { ...both, headers: { ...both.headers, ...html } });
    expect(answer.status).toBe(303);
    const page = await ask(server().url + answer.headers.location, { headers: html });
    expect(page.text).toContain("notes.png");
    expect(page.text).toContain("a.png");
  });
});

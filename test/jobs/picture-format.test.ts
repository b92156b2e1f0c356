import { describe, expect, test } from "vitest";
import { foreignFormat, pictureFormat } from "#jobs/picture-format.js";

const latin1 = (text: string) => Buffer.from(text, "latin1");
/** The first box of an ISO media file: its main brand, a version, and others. */
function iso(brand: string, version = "\0\0\0\0", others: readonly string[] = []) {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(16 + 4 * others.length);
  return Buffer.concat([size, latin1(`ftyp${brand}${version}${others.join("")}`), latin1("rest")]);
}
const LATE = Array.from({ length: 60 }, () => "miaf");

describe("pictures by their first bytes", () => {
  test.each([
    ["jpeg", Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ["png", latin1("\x89PNG\r\n\x1a\n")],
    ["webp", latin1("RIFF\0\0\0\0WEBPVP8 ")],
    ["gif", latin1("GIF87a")],
    ["gif", latin1("GIF89a....")],
    ["avif", iso("avif")],
    ["avif", iso("mif1", undefined, ["mif1", "avis"])],
    ["avif", iso("avis", undefined, ["msf1", "avif"])],
    ["avif", iso("mif1", undefined, [...LATE, "avif"])],
    ["heic", iso("heic", undefined, ["mif1", "heic"])],
    ["heic", iso("mif1", undefined, [...LATE, "heix"])],
    ["heic", iso("hevc", undefined, ["msf1"])],
    ["heic", Buffer.concat([iso("mif1"), latin1("....infe....hvc1")])],
  ])("%s", (format, head) => expect(pictureFormat(head)).toBe(format));

  test.each([
    ["an SVG drawing", latin1('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["an SVG drawing", latin1('<?xml version="1.0"?>\n<!DOCTYPE svg>\n<!-- > -->\n<svg>')],
    ["a TIFF picture, or a camera's raw picture", latin1("II*\0\x08\0\0\0")],
    ["a TIFF picture, or a camera's raw picture", latin1("MM\0*\0\0\0\x08")],
    ["a TIFF picture, or a camera's raw picture", latin1("II+\0\x08\0\0\0")],
    ["a Canon camera's raw picture", latin1("II*\0\x10\0\0\0CR\x02\0")],
    ["a Canon camera's raw picture", iso("crx ")],
    ["a JPEG XL picture", latin1("\xff\x0a\xfa\x1f")],
    ["a JPEG XL picture", latin1("\0\0\0\x0cJXL \r\n\x87\n")],
    ["a JPEG 2000 picture", latin1("\0\0\0\x0cjP  \r\n\x87\n")],
    ["a BMP picture", latin1("BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0")],
    ["a Windows icon", latin1("\0\0\x01\0\x01\0\x10\x10")],
    ["a film", iso("isom", undefined, ["mp42"])],
    ["a film", iso("qt  ")],
    ["a HEIF picture of a kind that is not known", iso("mif1")],
    ["an AVIF or HEIC picture with a short header (mini)", iso("mif3", "avif")],
    ["a PDF", latin1("%PDF-1.7")],
    [undefined, latin1("PNG, really")],
    [undefined, latin1("RIFF\0\0\0\0WAVEfmt ")],
    [undefined, latin1("")],
  ])("%s cannot be read, and is named", (name, head) => {
    expect(pictureFormat(head)).toBeUndefined();
    expect(foreignFormat(head)).toBe(name);
  });

  test("a brand at an odd place is none", () => {
    expect(pictureFormat(iso("mif1", undefined, ["xavi", "fyyy"]))).toBeUndefined();
  });

  test("a text that looks like the beginning of a drawing for long takes no long time", () => {
    const started = performance.now();
    foreignFormat(latin1(`<?xml ${"<!-- ".repeat(200)}`));
    expect(performance.now() - started).toBeLessThan(500);
  });
});

import { describe, expect, test } from "vitest";
import { RefusedError } from "#web/errors.js";
import { archiveName, fileName } from "#web/file-name.js";
import { checkSender } from "#web/guard.js";
import { html } from "#web/html.js";
import { readSizes } from "#web/sizes.js";

describe("sizes", () => {
  test.each([
    [[], ["128x128"]],
    [["", "  "], ["128x128"]],
    [["64x64"], ["64x64"]],
    [
      ["128x128", "64 × 48, 800X600;1*1"],
      ["128x128", "64x48", "800x600", "1x1"],
    ],
    [["32x32 32x32,", "32x32"], ["32x32"]],
    [["10000x1"], ["10000x1"]],
  ])("%j are %j", (texts, expected) => {
    expect(readSizes(texts).map(({ width, height }) => `${width}x${height}`)).toEqual(expected);
  });

  test.each([
    "0x10",
    "10x0",
    "10001x5",
    "axb",
    "12",
    "x",
    "-5x5",
    "1.5x2",
    "1e3x4",
    "9".repeat(400),
  ])("%s is refused, with an example", (text) => {
    expect(() => readSizes([text])).toThrow(/from 1 to 10000, such as 128x128/);
  });

  test("more than 20 are refused; ambiguous text takes no long time", () => {
    const many = Array.from({ length: 21 }, (_, index) => `${index + 1}x1`);
    expect(() => readSizes(many)).toThrow("At most 20 sizes");
    expect(() => readSizes([`${" 1x1,".repeat(90)}!`])).toThrow(RefusedError);
  });
});

describe("file names", () => {
  test.each([
    ["zażółć gęślą 🐈.png", "zażółć gęślą 🐈.png"],
    ["../../etc/passwd", "passwd"],
    ["C:\\temp\\photo.jpg", "photo.jpg"],
    ["a\0b\r\nc\u202egnp.exe", "abcgnp.exe"],
    ["\ud800half.png", "half.png"],
    ["", "picture"],
    [undefined, "picture"],
    ["\u0000 /", "picture"],
    ["..", ".."],
  ])("%j is shown as %j", (sent, shown) => expect(fileName(sent)).toBe(shown));

  test("a long one keeps its beginning and end, and no half character", () => {
    const name = fileName(`${"🐈".repeat(5000)}.jpeg`);
    expect(name.length).toBeLessThanOrEqual(200);
    expect(name).toMatch(/^🐈+…🐈+\.jpeg$/u);
    expect(name).not.toMatch(/\p{Cs}/u);
  });

  test("an archive is called like its picture", () => {
    expect(archiveName("photo.final.jpg")).toBe("photo.final.zip");
    expect(archiveName("photo")).toBe("photo.zip");
  });
});

describe("who may ask", () => {
  type Sender = [headers: Record<string, string>, listensAt?: string];
  const check = (headers: Record<string, string>, listensAt = "127.0.0.1") => {
    const isPost = "origin" in headers || "sec-fetch-site" in headers;
    checkSender({ method: isPost ? "POST" : "GET", headers }, listensAt);
  };

  test.each<Sender>([
    [{ host: "127.0.0.1:8000" }],
    [{ host: "localhost" }],
    [{ host: "LOCALHOST.:80" }],
    [{ host: "lab.localhost:8000" }],
    [{ host: "[::1]:8000" }],
    [{ host: "lab.example:8000" }, "lab.example"],
    [{ host: "192.168.1.5:8000" }, "0.0.0.0"],
    [{ host: "[fe80::1]:8000" }, "::"],
    [{ host: "localhost:8000", origin: "http://localhost:8000" }],
    [{ host: "localhost", origin: "https://localhost" }],
    [{ host: "localhost:8000", "sec-fetch-site": "same-origin" }],
  ])("%j is answered", (...sender) => expect(() => check(...sender)).not.toThrow());

  test.each<Sender>([
    [{}],
    [{ host: "" }],
    [{ host: "evil.example:8000" }],
    [{ host: "localhost.evil.example" }],
    [{ host: "127.0.0.1.evil.example" }],
    [{ host: "192.168.1.5:8000" }],
    [{ host: "evil.example@127.0.0.1" }],
    [{ host: "evil.example" }, "0.0.0.0"],
    [{ host: "localhost:8000", origin: "http://evil.example" }],
    [{ host: "localhost:8000", origin: "http://localhost:8001" }],
    [{ host: "localhost:8000", origin: "http://127.0.0.1:8000" }],
    [{ host: "localhost:8000", origin: "null" }],
    [{ host: "localhost:8000", origin: "" }],
    [{ host: "localhost:8000", "sec-fetch-site": "cross-site" }],
    [{ host: "localhost:8000", "sec-fetch-site": "same-site" }],
  ])("%j is refused", (...sender) => expect(() => check(...sender)).toThrow(RefusedError));
});

test("HTML escapes what it is given, once", () => {
  const inner = html`<b title="${`"'`}">${"<script>&"}</b>`;
  expect(html`${[inner, false, null, undefined, 7]}`.text).toBe(
    `<b title="&quot;&#39;">&lt;script&gt;&amp;</b>7`,
  );
});

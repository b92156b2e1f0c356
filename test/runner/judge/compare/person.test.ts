import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { compareOutputs, type Closeness } from "#runner/judge/compare/compare-outputs.js";
import { BUILT_IN_MASKS } from "#runner/judge/compare/masks.js";
import type { Output } from "#runner/read/output.js";

// What a person would call the same, and what not.
const shown = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});
const printed = (text: string, name: "stdout" | "stderr" = "stdout"): Output => ({
  output_type: "stream",
  name,
  text,
});
const differ = async (a: readonly Output[], b: readonly Output[], closeness: Closeness = {}) =>
  (await compareOutputs(a, b, BUILT_IN_MASKS, closeness)) !== undefined;

describe("HTML and SVG are documents", () => {
  const html = (text: string) => [shown({ "text/html": text })];
  test.each([
    ["the order of attributes", '<p class="a" id="x">t</p>', "<p id='x' class=a>t</p>"],
    ["white space and comments", "<p>\n  a   b </p>", "<p>a b<!-- c --></p>"],
    ["ends of empty elements", "<br><img src='a>b'>", '<br/><img src="a>b" />'],
    ["how styles are spaced", '<p style="a:b;c: d">t</p>', '<p style="a: b; c:d;">t</p>'],
    [
      "random ids",
      '<g id="p1a2b3c4d5"><use href="#p1a2b3c4d5"/></g><g id="m0f1e2d3c4b"/>',
      '<g id="p99887766f"><use href="#p99887766f"/></g><g id="m123456789a"/>',
    ],
    [
      "the ids of a styled table",
      '<style>#T_1a2b3_row0_col0 {a: b}</style><b id="T_1a2b3_row0_col0">x</b>',
      '<style>#T_9f8e7_row0_col0 {a: b}</style><b id="T_9f8e7_row0_col0">x</b>',
    ],
    [
      "Plotly's ids",
      '<div id="0b1c2d3e-1111-4222-8333-444455556666"></div><script>plot("0b1c2d3e-1111-4222-8333-444455556666")</script>',
      '<div id="ffffffff-1111-4222-8333-444455550000"></div><script>plot("ffffffff-1111-4222-8333-444455550000")</script>',
    ],
  ])("%s does not count", async (_, a, b) => {
    expect(await differ(html(a), html(b))).toBe(false);
    expect(await differ([shown({ "image/svg+xml": a })], [shown({ "image/svg+xml": b })])).toBe(
      false,
    );
  });

  test.each([
    ["text", "<p>a</p>", "<p>b</p>"],
    ["an attribute", '<p class="a">t</p>', '<p class="b">t</p>'],
    ["the order of elements", "<b>a</b><i>b</i>", "<i>b</i><b>a</b>"],
    ["blanks in <pre>", "<pre>a  b</pre>", "<pre>a b</pre>"],
    ["an id that somebody chose", '<p id="total">t</p>', '<p id="sum">t</p>'],
    [
      "which element an id refers to",
      '<g id="p1a2b3c4d5"/><g id="p99887766f"/><use href="#p1a2b3c4d5"/>',
      '<g id="p1a2b3c4d5"/><g id="p99887766f"/><use href="#p99887766f"/>',
    ],
  ])("%s counts", async (_, a, b) => {
    expect(await differ(html(a), html(b))).toBe(true);
  });
});

test("the random id of a widget does not count, its kind does", async () => {
  const widget = (id: string, kind: string) => [
    shown({
      "application/vnd.jupyter.widget-view+json": { model_id: id, version_major: 2 },
      "text/plain": kind,
    }),
  ];
  const [one, other] = ["f46f26da84b54255bccc3a69d7eb08de", "00112233445566778899aabbccddeeff"];
  expect(await differ(widget(one, "Output()"), widget(other, "Output()"))).toBe(false);
  expect(await differ(widget(one, "Output()"), widget(one, "Label()"))).toBe(true);
});

test("how stdout and stderr are mixed does not count, what they say and where does", async () => {
  const out = printed("a\n");
  const more = printed("b\n");
  const err = printed("oops\n", "stderr");
  const picture = shown({ "text/plain": "x" });
  expect(await differ([out, err, more], [err, out, more])).toBe(false);
  expect(await differ([out, err], [err, out])).toBe(false);
  expect(await differ([out, err, more], [err, more, out])).toBe(true);
  expect(await differ([out, picture, err], [err, picture, out])).toBe(true);
});

test("an object's address does not count", async () => {
  const at = (address: string) => [printed(`<Legend object at ${address}>\n`)];
  expect(await differ(at("0x7fae26a349b0"), at("0x7f0000000001"))).toBe(false);
  expect(await differ([printed("0x7fae\n")], [printed("0x7faf\n")])).toBe(true);
});

describe("types that are left out", () => {
  test("do not count, one by one or as a family", async () => {
    const a = [
      shown({ "text/plain": "x", "text/html": "<b>1</b>" }),
      shown({ "image/png": "AA==" }),
    ];
    const b = [shown({ "text/plain": "x", "text/html": "<b>2</b>" })];
    expect(await differ(a, b, { ignoreMime: ["text/html", "image/*"] })).toBe(false);
    expect(await differ(a, b, { ignoreMime: ["text/html"] })).toBe(true);
  });
});

describe("numbers with a fraction", () => {
  const close = { floatTolerance: 1e-6 };
  test.each([
    ["0.1234567890", "0.1234567891"],
    ["   a     b\n0  1.0  2.5", "   a   b\n0 1.0 2.5000001"],
    ["[1.5, -2e-10]", "[1.5000000001, -2.0000000001e-10]"],
  ])("%j is close to %j", async (a, b) => {
    expect(await differ([printed(a)], [printed(b)], close)).toBe(false);
    expect(await differ([printed(a)], [printed(b)])).toBe(true);
  });

  test.each([
    ["1", "2"],
    ["0.5", "0.6"],
    ["version 1.2.3", "version 1.2.4"],
    ["a1.5", "b1.5"],
    ["1.5", "1.5 2.5"],
  ])("%j is not close to %j", async (a, b) => {
    expect(await differ([printed(a)], [printed(b)], close)).toBe(true);
  });

  test("are close in tables, Plotly and Vega-Lite, too", async () => {
    const table = (n: string) => [
      shown({ "text/html": `<table><tr><th>n</th></tr><tr><td>${n}</td></tr></table>` }),
    ];
    expect(await differ(table("1.00000001"), table("1.0"), close)).toBe(false);
    for (const type of ["application/vnd.plotly.v1+json", "application/vnd.vegalite.v5+json"]) {
      const plot = (y: number) => [shown({ [type]: { data: [{ y: [y, 2], x: [1, 2] }] } })];
      expect(await differ(plot(1.5), plot(1.50000001), close)).toBe(false);
      expect(await differ(plot(1.5), plot(1.6), close)).toBe(true);
      const reordered = [shown({ [type]: { data: [{ x: [1, 2], y: [1.5, 2] }] } })];
      expect(await differ(plot(1.5), reordered)).toBe(false);
    }
  });
});

describe("pictures", () => {
  /** A rectangle on white, at a place. */
  function picture(width: number, height: number, left: number, side = 20): Output[] {
    const png = new PNG({ width, height });
    png.data.fill(255);
    for (let y = 10; y < 10 + side; y++) {
      for (let x = left; x < left + side; x++) png.data.set([0, 0, 0, 255], (y * width + x) * 4);
    }
    return [shown({ "image/png": PNG.sync.write(png).toString("base64") })];
  }

  test("whose sizes differ by a pixel or two are alike when they show the same", async () => {
    expect(await differ(picture(100, 80, 30), picture(101, 82, 31))).toBe(false);
    expect(await differ(picture(100, 80, 30), picture(101, 80, 60))).toBe(true);
    expect(await differ(picture(100, 80, 30), picture(110, 80, 30))).toBe(true);
  });
});

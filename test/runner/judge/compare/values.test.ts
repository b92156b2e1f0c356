import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { compareOutputs } from "#runner/judge/compare/compare-outputs.js";
import { BUILT_IN_MASKS } from "#runner/judge/compare/masks.js";
import type { Output } from "#runner/read/output.js";

const out = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
const shown = (type: string, value: unknown): Output => ({
  output_type: "display_data",
  data: { [type]: value },
  metadata: {},
});
const compare = (expected: Output, actual: Output) =>
  compareOutputs([expected], [actual], BUILT_IN_MASKS);

/** A disc on a white ground, 100 pixels wide, as base64 of a PNG. */
function disc(centre: number, { size = 100, colour = 200, level = 9 } = {}): string {
  const png = new PNG({ width: size, height: size });
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const inside = (x - centre) ** 2 + (y - 50) ** 2 < 900;
      png.data.set(inside ? [0, 80, colour, 255] : [255, 255, 255, 255], 4 * (y * size + x));
    }
  }
  return PNG.sync.write(png, { deflateLevel: level }).toString("base64");
}

test("a picture that looks the same is equal, however it is written", async () => {
  const stored = shown("image/png", disc(50));
  expect(disc(50, { level: 0 })).not.toBe(disc(50));
  expect(await compare(stored, shown("image/png", disc(50, { level: 0 })))).toBeUndefined();
  expect(await compare(stored, shown("image/png", disc(50, { colour: 205 })))).toBeUndefined();
});

test("a picture that looks different is shown with where it differs", async () => {
  const difference = await compare(shown("image/png", disc(50)), shown("image/png", disc(60)));
  expect(difference?.text).toContain("100×100 pixels");
  const [picture] = difference?.pictures ?? [];
  expect(picture?.summary).toMatch(/^\d+ of 10000 pixels differ \(\d+ %\)$/);
  const { data } = PNG.sync.read(Buffer.from(picture?.diff ?? "", "base64"));
  // In the middle nothing differs; at the right edge of the moved disc all does.
  expect([...data.subarray(4 * (50 * 100 + 50), 4 * (50 * 100 + 50) + 3)]).not.toEqual([255, 0, 0]);
  expect([...data.subarray(4 * (50 * 100 + 85), 4 * (50 * 100 + 85) + 3)]).toEqual([255, 0, 0]);
});

test("another size, and what is no picture, is told in words", async () => {
  const stored = shown("image/png", disc(50));
  const larger = await compare(stored, shown("image/png", disc(50, { size: 120 })));
  expect(larger?.pictures[0]?.summary).toBe("the picture is 120×120 pixels, not 100×100");
  const broken = await compare(stored, shown("image/png", "bm8gcGljdHVyZQ=="));
  expect(broken?.pictures[0]?.summary).toMatch(/no readable PNG/);
});

test("SVG is compared as text after masking", async () => {
  const svg = (text: string) => shown("image/svg+xml", `<svg><text>${text}</text></svg>`);
  expect(await compare(svg("in 3 ms"), svg("in 4 ms"))).toBeUndefined();
  expect((await compare(svg("a"), svg("b")))?.text).toContain("-a\n+b\n");
});

test("a drawn table is its values: widths and padding may differ", async () => {
  const node20 =
    "┌─────────┬─────┐\n│ (index) │  a  │\n├─────────┼─────┤\n│    0    │ '1' │\n└─────────┴─────┘\n";
  const node22 =
    "┌─────────┬────────┐\n│ (index) │ a      │\n├─────────┼────────┤\n│ 0       │ '1'    │\n└─────────┴────────┘\n";
  expect(await compare(out(node20), out(node22))).toBeUndefined();
  expect((await compare(out(node20), out(node22.replace("'1' ", "'2' "))))?.text).toContain(
    "-│ 0 │ '1' │\n+│ 0 │ '2' │",
  );
});

test("an HTML table is its values: styles and white space may differ", async () => {
  const table = (attributes: string, value: string) =>
    shown(
      "text/html",
      `<p>x</p><table${attributes}><tr> <th>n</th></tr>\n<tr><td>${value}</td></tr></table>`,
    );
  expect(
    await compare(table("", "1"), table(' class="df" style="x"', " <b>1</b>")),
  ).toBeUndefined();
  expect((await compare(table("", "1"), table("", "2")))?.text).toContain("-│ 1 │\n+│ 2 │");
});

test("a text that overwrote itself is what stood there in the end", async () => {
  expect(await compare(out("done\n"), out("10 %\rdone\n"))).toBeUndefined();
});

test("texts of any size are compared in time, and their first difference is shown", async () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => `line ${i} ${(i * 7919) % 1009}`);
  const others = lines.map((line, i) => (i > 100 ? `${line} ${i % 97}` : line));
  const started = performance.now();
  const difference = await compare(out(lines.join("\n")), out(others.join("\n")));
  expect(difference?.text).toContain("line 101");
  expect(performance.now() - started).toBeLessThan(30_000);
}, 60_000);

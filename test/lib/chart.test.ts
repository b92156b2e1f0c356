import sharp from "sharp";
import { afterEach, expect, test, vi } from "vitest";
import { barChart } from "#lib/index.js";

afterEach(() => vi.unstubAllGlobals());

/** What a notebook's cell would show, as (MIME type, data). */
async function shown(draw: () => Promise<void>): Promise<[string, string][]> {
  const outputs: [string, string][] = [];
  const display = { raw: (type: string, data: string) => outputs.push([type, data]) };
  vi.stubGlobal("__tslab__", { require: () => ({ display }) });
  await draw();
  return outputs;
}

test("draws each bar with its label and number, the same picture each time", async () => {
  const draw = () =>
    barChart({ slow: 12.25, "<fast>": 3 }, { title: "Zażółć", unit: "ms", decimals: 1 });
  const [first] = await shown(draw);
  const [again] = await shown(draw);
  expect(first?.[0]).toBe("image/svg+xml");
  for (const text of ["slow", "&lt;fast&gt;", "12.3 ms", "3.0 ms", "Zażółć"]) {
    expect(first?.[1]).toContain(text);
  }
  expect(again).toEqual(first);
  // For who cannot see it.
  expect(first?.[1]).toMatch(/^<svg role="img" [^>]*>\n<title>Zażółć: slow, &lt;fast&gt;<\/title>/);
  const paths = first?.[1].matchAll(/l([\d.]+) 0l0 [\d.]+l-[\d.]+ 0Z" fill="#c6302b"/g) ?? [];
  const [slow = 0, fast = 0] = [...paths].map(([, width]) => Number(width));
  expect(slow / fast).toBeCloseTo(12.25 / 3, 1);
});

test("leaves room for its labels and numbers, and cuts a label that would leave none", async () => {
  const long = "A name that is much longer than anything that fits beside a bar";
  const bars = { MMMMWWWWMMMMWWWW: 123_456_789, [long]: 1 };
  const [[, svg] = ["", ""]] = await shown(() => barChart(bars, { unit: "points", decimals: 2 }));
  expect(svg).toContain("123456789.00 points");
  expect(svg).toMatch(/A name that is [^<]*\.\.\.</);
  const { data, info } = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer({
    resolveWithObject: true,
  });
  const darkest = (column: number) =>
    Math.min(...Array.from({ length: info.height }, (_, y) => data[y * info.width + column] ?? 0));
  const drawn = Array.from({ length: info.width }, (_, x) => x).filter((x) => darkest(x) < 200);
  expect(drawn.length).toBeGreaterThan(info.width / 4);
  expect([drawn[0], drawn.at(-1)]).toEqual([
    expect.toSatisfy((x) => x > 2),
    expect.toSatisfy((x) => x < info.width - 3),
  ]);
});

test("refuses what has no length", async () => {
  await expect(barChart({ a: Number.NaN })).rejects.toThrow("barChart: a is NaN.");
});

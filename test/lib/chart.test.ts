import { afterEach, expect, test, vi } from "vitest";
import { barChart } from "../../src/lib/index.js";

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
  const paths = first?.[1].matchAll(/l([\d.]+) 0l0 [\d.]+l-\1 0Z" fill="#c6302b"/g) ?? [];
  const [slow = 0, fast = 0] = [...paths].map(([, width]) => Number(width));
  expect(slow / fast).toBeCloseTo(12.25 / 3, 1);
});

test("refuses what has no length", async () => {
  await expect(barChart({ a: Number.NaN })).rejects.toThrow("barChart: a is NaN.");
});

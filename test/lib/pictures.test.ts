import { afterEach, expect, test, vi } from "vitest";
import { pictures, timeline } from "#lib/index.js";
import { printed } from "./lab.js";

afterEach(() => vi.unstubAllGlobals());

async function shown(draw: () => unknown): Promise<[string, string][]> {
  const outputs: [string, string][] = [];
  const display = { raw: (type: string, data: string) => outputs.push([type, data]) };
  vi.stubGlobal("__tslab__", { require: () => ({ display }) });
  await draw();
  return outputs;
}

test("pictures are shown by their content, with their names, and look like no path", async () => {
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 0xff]);
  const png = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  const [output] = await shown(() =>
    pictures({ name: "<a>.jpg", bytes: jpeg }, { name: "b", bytes: png, width: 20 }),
  );
  expect(output?.[0]).toBe("text/html");
  const html = output?.[1] ?? "";
  expect(html).toContain('src="data:image/jpeg;base64,%2F9j%2F4P%2F%2F%2Fw==" alt="&lt;a&gt;.jpg"');
  expect(html).toContain('alt="b" width="20"');
  expect(html).toContain("data:image/png;base64,iVBORw0KGgo=");
});

test("outside a notebook their names are printed", async () => {
  expect(await printed(() => pictures({ name: "a.png", bytes: Buffer.alloc(3) }))).toEqual([
    "a.png: 3 bytes",
  ]);
});

test("a timeline shows waiting and work to scale, the same picture each time", async () => {
  const spans = [
    { label: "first", added: 1000, started: 1100, finished: 1200 },
    { label: "second", added: 1000, started: 1200, finished: 1400 },
  ];
  const draw = () => timeline(spans, { title: "Jobs" });
  const [first] = await shown(draw);
  expect(await shown(draw)).toEqual([first]);
  const svg = first?.[1] ?? "";
  for (const text of ["first", "second", "Jobs", ">0 ms<", ">400 ms<", "is worked on"]) {
    expect(svg).toContain(text);
  }
  const widths = (color: string) =>
    [...svg.matchAll(new RegExp(`l([\\d.]+) 0l0 [\\d.]+l-[\\d.]+ 0Z" fill="${color}"`, "g"))].map(
      ([, width]) => Number(width),
    );
  const [waited1 = 0, waited2 = 0] = widths("#d9d9d9");
  const [worked1 = 0, worked2 = 0] = widths("#c6302b");
  expect(waited2 / waited1).toBeCloseTo(2, 1);
  expect(worked2 / worked1).toBeCloseTo(2, 1);
  expect(worked1).toBeCloseTo(waited1, 0);
});

test("a timeline refuses times that cannot be", async () => {
  const bad = timeline([{ label: "x", added: 5, started: 3, finished: 9 }]);
  await expect(bad).rejects.toThrow("timeline: x has the times 5, 3, 9.");
});

import { described, draw, LABEL } from "./chart.js";
import { display } from "./display.js";

/** One piece of work; times in milliseconds, from any zero. */
export interface Span {
  readonly label: string;
  /** When it began to wait; default: it did not wait. */
  readonly added?: number;
  readonly started: number;
  readonly finished: number;
}

const ROW_HEIGHT = 30;
/** Always as many on the axis, so that a run that took a little longer has no further line. */
const STEPS = 4;
const WAITING = "#d9d9d9";
const WORKING = "#c6302b";

/**
 * Shows when each piece of work waited (grey) and was worked on (red), the first on top, as an SVG
 * picture. Time begins with the earliest of them.
 *
 * @throws {RangeError} for a time that is not a number, or a piece that ends before it begins
 */
export async function timeline(
  spans: readonly Span[],
  { title = "" }: { readonly title?: string } = {},
): Promise<void> {
  for (const { label, added, started, finished } of spans) {
    const times = [added ?? started, started, finished];
    if (!times.every(Number.isFinite) || started > finished || (added ?? started) > started) {
      throw new RangeError(`timeline: ${label} has the times ${times.join(", ")}.`);
    }
  }
  const zero = Math.min(...spans.map(({ added, started }) => added ?? started));
  const rows = spans.map(({ label, added = zero, started, finished }) => ({
    label,
    before: added - zero,
    waited: started - added,
    worked: finished - started,
  }));
  const step = niceStep(Math.max(...rows.map((row) => row.before + row.waited + row.worked)));
  const part = (name: string, color: string, data: readonly number[]) => ({
    name,
    type: "bar",
    stack: "time",
    silent: true,
    data,
    barWidth: "60%",
    itemStyle: { color },
  });
  const words = described(
    title,
    rows.map(({ label }) => label),
  );
  const svg = await draw(rows.length * ROW_HEIGHT + (title ? 96 : 64), words, {
    ...(title && { title: { text: title, left: "center", textStyle: { fontSize: 15 } } }),
    legend: { bottom: 0, data: ["waits", "is worked on"], selectedMode: false },
    grid: { left: 8, right: 24, top: title ? 40 : 8, bottom: 28, containLabel: true },
    xAxis: {
      type: "value",
      max: step * STEPS,
      interval: step,
      axisLabel: { formatter: "{value} ms" },
    },
    yAxis: {
      type: "category",
      data: rows.map(({ label }) => label),
      inverse: true,
      axisTick: { show: false },
      axisLabel: LABEL,
    },
    series: [
      part(
        "before",
        "transparent",
        rows.map(({ before }) => before),
      ),
      part(
        "waits",
        WAITING,
        rows.map(({ waited }) => waited),
      ),
      part(
        "is worked on",
        WORKING,
        rows.map(({ worked }) => worked),
      ),
    ],
  });
  if (!display("image/svg+xml", svg)) console.table(rows);
}

/** The smallest of 1, 2, 5, 10, 20, 50 ... of which four cover the length. */
function niceStep(length: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(length, 1) / STEPS));
  return power * ([1, 2, 5].find((digit) => digit * power * STEPS >= length) ?? 10);
}

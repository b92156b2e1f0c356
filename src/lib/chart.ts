import { display } from "./display.js";
import { escapeHtml } from "./table.js";
import { textWidth } from "./text-width.js";

export interface BarChartOptions {
  readonly title?: string;
  /** Put behind each number, such as `ms` or `points`. */
  readonly unit?: string;
  /** Decimal places of the numbers shown; default 0. */
  readonly decimals?: number;
}

const WIDTH = 640;
const BAR_HEIGHT = 36;
const FONT_SIZE = 13;
/** A longer label is cut, with an ellipsis, so that room is left for the bars. */
export const LABEL = { fontSize: FONT_SIZE, width: 280, overflow: "truncate" };

/**
 * Shows numbers as horizontal bars, the first on top, as an SVG picture.
 *
 * @param bars the length of each bar by its label
 * @throws {RangeError} for a value that is not a finite number
 */
export async function barChart(
  bars: Readonly<Record<string, number>>,
  options: BarChartOptions = {},
): Promise<void> {
  const { title = "", unit = "", decimals = 0 } = options;
  for (const [label, value] of Object.entries(bars)) {
    if (!Number.isFinite(value)) throw new RangeError(`barChart: ${label} is ${value}.`);
  }
  const shown = (value: number) => `${value.toFixed(decimals)}${unit && ` ${unit}`}`;
  const numbers = Object.values(bars).map((value) => textWidth(shown(value), FONT_SIZE));
  const words = described(title, Object.keys(bars));
  const svg = await draw(Object.keys(bars).length * BAR_HEIGHT + (title ? 52 : 20), words, {
    ...(title && { title: { text: title, left: "center", textStyle: { fontSize: 15 } } }),
    grid: {
      left: 8,
      right: Math.max(96, ...numbers.map((width) => width + 16)),
      top: title ? 40 : 8,
      bottom: 8,
      containLabel: true,
    },
    xAxis: { type: "value", show: false, min: Math.min(0, ...Object.values(bars)) },
    yAxis: {
      type: "category",
      data: Object.keys(bars),
      inverse: true,
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: LABEL,
    },
    series: {
      type: "bar",
      silent: true,
      data: Object.values(bars),
      barWidth: "60%",
      itemStyle: { color: "#c6302b" },
      label: {
        show: true,
        position: "right",
        fontSize: FONT_SIZE,
        formatter: ({ value }: { value: unknown }) => shown(Number(value)),
      },
    },
  });
  if (!display("image/svg+xml", svg)) console.table(bars);
}

/** What a chart shows, for who cannot see it: without the numbers, which may change from run to run. */
export function described(title: string, labels: readonly string[]): string {
  return [title || "Chart", labels.join(", ")].join(": ");
}

/**
 * Draws with ECharts, which is loaded only when a chart is wanted: it takes a quarter second.
 *
 * @param words what a screen reader says
 */
export async function draw(height: number, words: string, option: object): Promise<string> {
  const { init, setPlatformAPI } = await import("echarts");
  // Without a browser ECharts takes letters for narrower than many fonts draw them.
  setPlatformAPI({
    measureText: (text: string, font?: string) => ({
      width: textWidth(text, Number(/([\d.]+)px/.exec(font ?? "")?.[1] ?? 12)),
    }),
  });
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  try {
    chart.setOption({ animation: false, backgroundColor: "#ffffff", ...option });
    // What is for the mouse is left out: ECharts numbers it, and each run would differ.
    return chart
      .renderToSVGString()
      .replace(/<style.*?<\/style>\n*/s, "")
      .replace(/ (class|ecmeta_\w+)="[^"]*"/g, "")
      .replace(/\bzr\d+-/g, "zr-")
      .replace(/^<svg ([^>]*)>/, (_, rest: string) => {
        return `<svg role="img" ${rest}>\n<title>${escapeHtml(words)}</title>`;
      });
  } finally {
    chart.dispose();
  }
}

import { seconds } from "../seconds.js";

const WIDTH = 80;
const HEIGHT = 16;
/** From what time on the times of a cell tell more than chance. */
const WORTH_SHOWING_MS = 50;

/**
 * A small chart of times, in milliseconds, the newest last; empty where there is nothing to compare.
 *
 * @param name what took this long
 */
export function trendToHtml(name: string, times: readonly number[]): string {
  const longest = Math.max(...times);
  if (times.length < 3 || longest < WORTH_SHOWING_MS) return "";
  const step = WIDTH / (times.length - 1);
  const points = times.map((time, index) => {
    const y = HEIGHT - 1 - (time / longest) * (HEIGHT - 2);
    return `${(index * step).toFixed(1)},${y.toFixed(1)}`;
  });
  const told = `${name} took ${seconds(times.at(-1) ?? 0)}; the ${times.length - 1} runs before, ${range(times.slice(0, -1))}`;
  return `<svg class="trend" role="img" aria-label="${told}" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"><title>${told}</title><polyline points="${points.join(" ")}" fill="none" stroke="currentColor" stroke-width="1.5"/></svg>`;
}

function range(times: readonly number[]): string {
  return `${seconds(Math.min(...times))} to ${seconds(Math.max(...times))}`;
}

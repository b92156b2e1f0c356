import type { Fault } from "./run-faults.js";

const HEADS = ["killed", "when", "became", "times", "ms, median", "ms, most", "left", "lost"];

/** A line for each kind of fault: how often, how long, how much was left and lost. */
export function faultTable(faults: readonly Fault[]): string {
  const kinds = new Map<string, Fault[]>();
  for (const fault of faults) {
    const when = fault.moment === "running" ? "running" : "starting";
    const kind = [fault.killed, when, fault.became].join(" | ");
    kinds.set(kind, [...(kinds.get(kind) ?? []), fault]);
  }
  const rows = [...kinds].map(([kind, some]) => {
    const times = some.map(({ ms }) => ms).toSorted((a, b) => a - b);
    const count = (of: "left" | "lost") => some.reduce((sum, fault) => sum + fault[of].length, 0);
    const figures = [some.length, times[times.length >> 1], times.at(-1)];
    return [kind, ...figures, count("left"), count("lost")].join(" | ");
  });
  return [HEADS.join(" | "), HEADS.map(() => "---").join(" | "), ...rows.toSorted()]
    .map((row) => `| ${row} |`)
    .join("\n");
}

import type { RunEvent } from "../run-events.js";
export function htmlReport(_end: Extract<RunEvent, { type: "run-end" }>): string {
  return "";
}

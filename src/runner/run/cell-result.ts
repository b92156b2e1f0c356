import type { CodeCell } from "../read/notebook.js";
import type { Output } from "../read/output.js";

/** How one code cell came out, for the reports. */
export interface CellResult {
  readonly cell: CodeCell;
  /** `not-run`: an earlier cell failed; `skipped`: its tag says so. */
  readonly status: "passed" | "failed" | "skipped" | "not-run";
  readonly milliseconds: number;
  readonly outputs: readonly Output[];
}

import type { Notebook } from "../read/notebook.js";
import type { CellEnding, CellPosition } from "./rounds.js";
import type { NotebookRun } from "./run-notebook.js";

export interface RunResult extends NotebookRun {
  readonly notebook: Notebook;
  /** From the start of its kernel to its end, without the time it waited for its turn. */
  readonly milliseconds: number;
  /** Whether `--update` wrote the file. */
  readonly written: boolean;
}

/** What happens in a run, in order: all that a report is made from. */
export type RunEvent =
  | { readonly type: "run-start"; readonly notebooks: readonly Notebook[] }
  | { readonly type: "start"; readonly notebook: Notebook }
  | ({ readonly type: "cell"; readonly notebook: Notebook } & CellPosition)
  | ({ readonly type: "cell-end"; readonly notebook: Notebook } & CellPosition & CellEnding)
  | { readonly type: "end"; readonly result: RunResult }
  | {
      readonly type: "run-end";
      /** In the order of the notebooks. */
      readonly results: readonly RunResult[];
      readonly milliseconds: number;
      /** Notebooks that did not run to their end: after an interrupt, or with `--fail-fast`. */
      readonly left: number;
    };

/** Makes a report of the events of a run; what it returns is waited for. */
export type Reporter = (event: RunEvent) => void | Promise<void>;

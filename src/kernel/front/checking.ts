import type { CellError, CheckMode, FrontData } from "../link.js";

type Content = Record<string, unknown>;

/** Types of cells: filled in by the checker. */
export class Checking {
  mode: CheckMode;

  constructor(data: FrontData) {
    this.mode = data.check;
  }

  /** Checks a cell; undefined when it may run. */
  async check(
    _code: string,
    _count: number,
    _signal: AbortSignal,
    _warn: (text: string) => void,
  ): Promise<CellError | undefined> {
    return undefined;
  }

  accept(_code: string): void {}

  async complete(_code: string, cursor: unknown): Promise<Content> {
    const at = Number(cursor ?? 0);
    return { status: "ok", matches: [], cursor_start: at, cursor_end: at, metadata: {} };
  }

  async inspect(_code: string, _cursor: unknown, _detail: unknown): Promise<Content> {
    return { status: "ok", found: false, data: {}, metadata: {} };
  }

  async dispose(): Promise<void> {}
}

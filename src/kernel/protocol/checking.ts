import type { Checker, Diagnostic } from "../checker/checker.js";
import type { CellError, CheckMode, ProtocolThreadData } from "../link.js";
import { red } from "../output/colours.js";
import { checkComments } from "./check-comments.js";
import { pointsOf, unitsOf } from "./cursor.js";

type Content = Record<string, unknown>;

/** So many messages are told in one line. */
const TOLD = 3;

/** Checks, completes and explains cells. The checker's process is started when it is first needed. */
export class Checking {
  mode: CheckMode;
  readonly #cwd: string;
  #checker: Promise<Checker> | undefined;
  /** Cells that ran before the checker was there. */
  readonly #accepted: string[] = [];

  constructor({ check, cwd }: Pick<ProtocolThreadData, "check" | "cwd">) {
    this.mode = check;
    this.#cwd = cwd;
  }

  /** Starts the checker in the background, unless types are not checked. */
  warmUp(): void {
    if (this.mode !== "off") this.#start().catch(() => {});
  }

  /**
   * Checks a cell.
   *
   * @param warn is told what is wrong when that does not stop the cell
   * @returns the error that stops the cell, if there is one
   */
  async check(
    code: string,
    count: number,
    signal: AbortSignal,
    warn: (text: string) => void,
  ): Promise<CellError | undefined> {
    const { skip, mode } = checkComments(code);
    this.mode = mode ?? this.mode;
    if (skip || this.mode === "off" || code.trim() === "") return undefined;
    const checker = await this.#start();
    let found: readonly Diagnostic[];
    try {
      found = await checker.check(code, signal);
    } catch {
      const ename = "KeyboardInterrupt";
      return { ename, evalue: "", traceback: [red(ename)] };
    }
    if (found.length === 0) return undefined;
    const { formatDiagnostics } = await import("../checker/format-diagnostics.js");
    const text = formatDiagnostics(code, found, count, { colour: true });
    if (this.mode === "warn" || found.every(({ severity }) => severity === "warning")) {
      warn(`${text}\n`);
      return undefined;
    }
    return typeError(found, text);
  }

  /** The cell runs: what it declares counts for later ones. */
  accept(code: string): void {
    if (this.#checker === undefined) this.#accepted.push(code);
    else void this.#checker.then((checker) => checker.accept(code));
  }

  async complete(code: string, cursor: unknown): Promise<Content> {
    const checker = await this.#start();
    const { matches, start, end, metadata } = await checker.complete(code, unitsOf(code, cursor));
    return {
      status: "ok",
      matches,
      cursor_start: pointsOf(code, start),
      cursor_end: pointsOf(code, end),
      metadata: inPoints(code, metadata ?? {}),
    };
  }

  async inspect(code: string, cursor: unknown, detail: unknown): Promise<Content> {
    const checker = await this.#start();
    const level = detail === 1 ? 1 : 0;
    const { found, data } = await checker.inspect(code, unitsOf(code, cursor), level);
    return { status: "ok", found, data, metadata: {} };
  }

  async isComplete(code: string): Promise<Content> {
    const { isComplete } = await import("../checker/is-complete.js");
    return { ...isComplete(code) };
  }

  async dispose(): Promise<void> {
    await (await this.#checker)?.dispose();
  }

  #start(): Promise<Checker> {
    this.#checker ??= import("../checker/checker.js").then(({ Checker }) => {
      const checker = Checker.start({ cwd: this.#cwd });
      for (const code of this.#accepted.splice(0)) checker.accept(code);
      return checker;
    });
    return this.#checker;
  }
}

function typeError(found: readonly Diagnostic[], text: string): CellError {
  const told = found.slice(0, TOLD).map(({ code, message }) => `TS${code}: ${message}`);
  const rest = found.length - told.length;
  const more = rest > 0 ? [`... and ${rest} more`] : [];
  const ename = "TypeScriptError";
  return {
    ename,
    evalue: [...told, ...more].join("\n"),
    traceback: [`${red(ename)}: the cell was not run.`, "", text],
  };
}

/** The ranges in the metadata of completions count code points, too. */
function inPoints(code: string, metadata: object): object {
  const entries = (metadata as Record<string, unknown>)["_jupyter_types_experimental"];
  if (!Array.isArray(entries)) return metadata;
  const moved = (entries as Record<string, unknown>[]).map(({ start, end, ...rest }) => ({
    ...rest,
    ...(typeof start === "number" ? { start: pointsOf(code, start) } : {}),
    ...(typeof end === "number" ? { end: pointsOf(code, end) } : {}),
  }));
  return { ...metadata, _jupyter_types_experimental: moved };
}

import type { Checker, Diagnostic } from "../checker/checker.js";
import { wordAt } from "../checker/complete.js";
import type { CellError, ProtocolThreadData } from "../link.js";
import type { CheckMode } from "../settings.js";
import { red } from "../output/colours.js";
import { checkComments } from "./check-comments.js";
import { pointsOf, unitsOf } from "./cursor.js";
import { explainError } from "./explain-error.js";
import { withMembers, withValue } from "./merge-values.js";
import type { RuntimeValues } from "./runtime-values.js";
import { UnrunCells } from "./unrun-cells.js";
import { pathAt, pathBeforeMember } from "./value-path.js";

type Content = Record<string, unknown>;

/** So many messages are told in one line. */
const MAX_SHOWN = 3;

const HINT =
  "To run a cell all the same, begin it with // @ts-nocheck. // @check warn only warns from there on.";

/** Checks, completes and explains cells. The checker's process is started when it is first needed. */
export class Checking {
  mode: CheckMode;
  readonly #cwd: string;
  #checker: Promise<Checker> | undefined;
  /** Cells that ran before the checker was there. */
  readonly #accepted: string[] = [];
  readonly #isJavaScript: boolean;
  /** How to go on in spite of a type error is said once. */
  #isHintGiven = false;
  readonly unrun = new UnrunCells();
  /** Answers where types say nothing. */
  values: RuntimeValues | undefined;

  constructor({ check, cwd, language }: Pick<ProtocolThreadData, "check" | "cwd" | "language">) {
    this.mode = check;
    this.#cwd = cwd;
    this.#isJavaScript = language === "javascript";
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
    const { skip, whole, mode } = checkComments(code);
    this.mode = mode ?? this.mode;
    if (skip || this.mode === "off" || code.trim() === "") return undefined;
    // What is plain JavaScript need not be strict in a notebook of that language.
    const isMeant = this.#isJavaScript && !whole ? await annotated(code) : () => true;
    if (isMeant === undefined) return undefined;
    const checker = await this.#start();
    let raw: readonly Diagnostic[];
    try {
      raw = await checker.check(code, signal);
    } catch {
      const ename = "KeyboardInterrupt";
      return { ename, evalue: "", traceback: [red(ename)] };
    }
    const meant = raw.filter(({ line, file }) => (file ? !this.#isJavaScript : isMeant(line)));
    if (meant.length === 0) return undefined;
    const { explainDiagnostics } = await import("./explain-diagnostics.js");
    const found = explainDiagnostics(code, meant, { cwd: this.#cwd, unrun: this.unrun });
    const { formatDiagnostics } = await import("../checker/format-diagnostics.js");
    const text = formatDiagnostics(code, found, count, { colour: true });
    if (this.mode === "warn" || found.every(({ severity }) => severity === "warning")) {
      warn(`${text}\n`);
      return undefined;
    }
    this.unrun.add(code);
    const hint = this.#isHintGiven ? [] : ["", HINT];
    this.#isHintGiven = true;
    return typeError(found, [text, ...hint]);
  }

  /** Says what can be done about an error that checks would have found before. */
  explain<E extends Pick<CellError, "ename" | "evalue" | "traceback">>(error: E, code: string): E {
    return explainError(error, code, { cwd: this.#cwd, unrun: this.unrun });
  }

  /** The cell runs: what it declares counts for later ones. */
  accept(code: string): void {
    this.unrun.remove(code);
    if (this.#checker === undefined) this.#accepted.push(code);
    else void this.#checker.then((checker) => checker.accept(code));
  }

  async complete(code: string, cursor: unknown): Promise<Content> {
    const at = unitsOf(code, cursor);
    const path = pathBeforeMember(code, at);
    const [known, value] = await Promise.all([
      this.#start().then((checker) => checker.complete(code, at)),
      path && this.values?.members(path),
    ]);
    const { withImports } = await import("./auto-import.js");
    const named = withImports(code, at, withMembers(code, at, known, value), this.#cwd);
    const { matches, start, end, metadata } = named;
    return {
      status: "ok",
      matches,
      cursor_start: pointsOf(code, start),
      cursor_end: pointsOf(code, end),
      metadata: inPoints(code, metadata ?? {}),
    };
  }

  async inspect(code: string, cursor: unknown, detail: unknown): Promise<Content> {
    const at = unitsOf(code, cursor);
    const end = at + wordAt(code, at).rest.length;
    const path = pathAt(code, end);
    const level = detail === 1 ? 1 : 0;
    const [known, value] = await Promise.all([
      this.#start().then((checker) => checker.inspect(code, at, level)),
      path && this.values?.describe(path),
    ]);
    const name = path ? [path.root, ...path.keys].join(".") : "";
    const { found, data } = withValue(known, name, value);
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
      const checker = Checker.start({
        cwd: this.#cwd,
        ...(this.#isJavaScript && { strict: false }),
      });
      for (const code of this.#accepted.splice(0)) checker.accept(code);
      return checker;
    });
    return this.#checker;
  }
}

/** Tells whether a line belongs to what says anything of types; undefined when nothing does. */
async function annotated(code: string): Promise<((line: number) => boolean) | undefined> {
  const { annotatedLines } = await import("../checker/annotations.js");
  const lines = annotatedLines(code);
  if (lines.length === 0) return undefined;
  return (line) => lines.some(([first, last]) => line >= first && line <= last);
}

function typeError(found: readonly Diagnostic[], text: readonly string[]): CellError {
  const told = found.slice(0, MAX_SHOWN).map(({ code, message, file }) => {
    const where = file ? `${file.path}: ` : "";
    return `${where}TS${code}: ${message}`;
  });
  const rest = found.length - told.length;
  const more = rest > 0 ? [`... and ${rest} more`] : [];
  const ename = "TypeScriptError";
  return {
    ename,
    evalue: [...told, ...more].join("\n"),
    traceback: [`${red(ename)}: the cell was not run.`, "", ...text],
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

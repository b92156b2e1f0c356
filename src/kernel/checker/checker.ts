import { existsSync, realpathSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { nestingError } from "../compile/nesting.js";
import { completeCell, noCompletion, withLiterals, wordAt, type Completion } from "./complete.js";
import {
  cellDiagnostics,
  isMissingModule,
  type Diagnostic,
  type RawDiagnostic,
} from "./diagnostics.js";
import type { Document } from "./document.js";
import { inspectCell, NOT_FOUND, type Inspection } from "./inspect.js";
import { localErrors } from "./local-errors.js";
import { readCell, readUnfinished, type Cell } from "./read-cell.js";
import { withEmptyText } from "./literals.js";
import { Scope } from "./scope.js";
import { TypeHost } from "./type-host.js";
import type { TypeProject } from "./type-project.js";
import { writeDocument } from "./write-document.js";

export type { Diagnostic } from "./diagnostics.js";

export interface CheckerOptions {
  /** The notebook's folder: imports and the nearest tsconfig.json are found from there. */
  readonly cwd: string;
  /** Overrules the nearest tsconfig.json; without either, checks are strict. */
  readonly strict?: boolean;
  /** Milliseconds that a cell waits for the process to be ready. Default: 1500. */
  readonly firstCheckMs?: number;
  /** Milliseconds that a cell waits for its check once the process is ready. Default: 5000. */
  readonly checkMs?: number;
  /** The native program; default: that of the TypeScript package. */
  readonly program?: string;
}

const CACHE_SIZE = 200;

/** Modules that are kept in the document's list, more than anyone imports in a notebook. */
const SPECIFIERS_LIMIT = 200;

/**
 * Checks, completes and explains a notebook's cells by TypeScript, in a process of its own. Nothing
 * here throws for what goes wrong with that process: cells then go unchecked, and `state` says so.
 */
export class Checker {
  readonly #cwd: string;
  readonly #host: TypeHost;
  readonly #limits: { readonly first: number; readonly later: number };
  readonly #scope = new Scope();
  readonly #specifiers = new Set<string>();
  readonly #cache = new Map<string, readonly Diagnostic[]>();
  #project: TypeProject | undefined;
  #last: Cell | undefined;
  #problem: string | undefined;

  private constructor({
    cwd,
    strict,
    firstCheckMs = 1500,
    checkMs = 5000,
    program,
  }: CheckerOptions) {
    this.#limits = { first: firstCheckMs, later: checkMs };
    this.#cwd = existsSync(cwd) ? realpathSync(cwd) : cwd;
    this.#host = new TypeHost(this.#cwd, strict, program);
    this.#ask((project) => project.ask("getSemanticDiagnostics")).catch(() => {});
  }

  /** Returns at once; the process starts in the background. */
  static start(options: CheckerOptions): Checker {
    return new Checker(options);
  }

  /** "unavailable": cells go unchecked, and `problem` says why; the next check tries again. */
  get state(): "starting" | "ready" | "unavailable" {
    if (this.#problem !== undefined) return "unavailable";
    return this.#host.isOpen ? "ready" : "starting";
  }

  /** Why the last cell went unchecked, in words for a person. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** The id of the type checker's process while it runs. */
  get pid(): number | undefined {
    return this.#host.pid;
  }

  /**
   * Checks a cell against the accepted ones.
   *
   * @returns what is wrong; nothing when it could not be checked in time, see `state`
   * @throws the signal's reason when it is aborted
   */
  async check(code: string, signal?: AbortSignal): Promise<readonly Diagnostic[]> {
    signal?.throwIfAborted();
    if (this.#project?.hasEdits()) this.#cache.clear();
    const key = `${this.#scope.revision}\n${code}`;
    const known = this.#cache.get(key);
    if (known) return known;
    const answer = this.#ask((project) => this.#check(project, code, key));
    return this.#inTime(answer, [], signal);
  }

  /** Takes in what a cell declares, for the cells that follow. */
  accept(code: string): void {
    const cell = this.#read(code);
    this.#keep(cell.specifiers);
    this.#scope.accept(code, cell.declarations);
  }

  /**
   * What could stand at the cursor.
   *
   * @param cursor offset in UTF-16 units, not in the code points of Jupyter's messages
   * @returns at most 200 matches, the likeliest first, and the range that a match replaces
   */
  async complete(code: string, cursor: number): Promise<Completion> {
    if (nestingError(code)) return noCompletion(cursor);
    const answer = this.#ask(async (project) => {
      const complete = async (text: string, at: number) => {
        const { cell, document } = await this.#writeUnfinished(project, text, at);
        return completeCell(project, this.#scope, cell, document, at);
      };
      const found = await complete(code, cursor);
      const { word, rest } = wordAt(code, cursor);
      const quoted = withEmptyText(code, cursor - word.length, cursor + rest.length);
      if (found.isOpen !== true || quoted === undefined) return found;
      return withLiterals(found, (await complete(quoted.code, quoted.cursor)).matches, word);
    }, this.#limits.later);
    return this.#inTime(answer, noCompletion(cursor));
  }

  /**
   * What the name at the cursor is: signature and documentation, as text and as Markdown.
   *
   * @param cursor offset in UTF-16 units, not in the code points of Jupyter's messages
   * @param detail 1 adds parameters, examples and other remarks
   */
  async inspect(code: string, cursor: number, detail: 0 | 1): Promise<Inspection> {
    if (nestingError(code)) return NOT_FOUND;
    const answer = this.#ask(async (project) => {
      const { document } = await this.#writeUnfinished(project, code, cursor);
      return inspectCell(project, document, code, cursor, detail);
    }, this.#limits.later);
    return this.#inTime(answer, NOT_FOUND);
  }

  /** Ends the process and waits until it is gone. */
  dispose(): Promise<void> {
    return this.#host.dispose();
  }

  async #check(project: TypeProject, code: string, key: string): Promise<readonly Diagnostic[]> {
    const cell = this.#read(code);
    const { document, isLookedFor } = await this.#write(project, cell);
    let diagnostics = await diagnose(project, code, document);
    if (diagnostics.some(isMissingModule) && !isLookedFor) {
      project.forgetModules();
      await this.#write(project, cell);
      diagnostics = await diagnose(project, code, document);
    }
    if (diagnostics.some(isMissingModule)) return diagnostics;
    this.#keep(cell.specifiers);
    if (diagnostics.every(({ severity }) => severity === "warning")) {
      diagnostics = [...diagnostics, ...(await localErrors(project, cell.specifiers, this.#cwd))];
    }
    if (this.#cache.size >= CACHE_SIZE) this.#cache.clear();
    this.#cache.set(key, diagnostics);
    return diagnostics;
  }

  async #writeUnfinished(project: TypeProject, code: string, cursor: number) {
    const cell = readUnfinished(code, cursor);
    const { document } = await this.#write(project, cell);
    return { cell, document };
  }

  async #write(project: TypeProject, cell: Cell) {
    const specifiers = [...new Set([...this.#specifiers, ...cell.specifiers])];
    const document = writeDocument(this.#scope, cell, specifiers);
    const isLookedFor = await project.write(document, specifiers.join("\n"));
    return { document, isLookedFor };
  }

  /** Keeps modules in the document's list of imports, for a list that changes costs time. */
  #keep(specifiers: readonly string[]): void {
    for (const specifier of specifiers) {
      if (this.#specifiers.size < SPECIFIERS_LIMIT) this.#specifiers.add(specifier);
    }
  }

  /** A cell is checked and then accepted: it is parsed once. */
  #read(code: string): Cell {
    if (this.#last?.code !== code) this.#last = readCell(code);
    return this.#last;
  }

  /** Runs a task in the process. When that ends or cannot be started, the problem is noted. */
  async #ask<T>(
    task: (project: TypeProject) => Promise<T>,
    limitMs?: number,
  ): Promise<T | undefined> {
    try {
      const answer = await this.#host.run((project) => {
        this.#project = project;
        return task(project);
      }, limitMs);
      this.#problem = undefined;
      return answer;
    } catch (error) {
      if (!this.#host.isOpen)
        this.#problem = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  }

  /** The answer, or `otherwise` when there is none or it takes too long; it is not stopped then. */
  async #inTime<T>(answer: Promise<T | undefined>, otherwise: T, signal?: AbortSignal): Promise<T> {
    const isSlow = this.#problem !== undefined || !this.#host.isOpen;
    const limit = isSlow ? this.#limits.first : this.#limits.later;
    const timer = new AbortController();
    const late = sleep(limit, "late" as const, { signal: timer.signal });
    const stop = signal && AbortSignal.any([signal, timer.signal]);
    const aborted = new Promise<never>((_resolve, reject) => {
      stop?.addEventListener("abort", () => reject(stop.reason as Error), { once: true });
    });
    try {
      const first = await Promise.race([answer, late, aborted]);
      if (first !== "late") return first ?? otherwise;
      if (this.#host.isOpen) this.#problem = `The type checker did not answer within ${limit} ms.`;
      return otherwise;
    } finally {
      late.catch(() => {});
      aborted.catch(() => {});
      timer.abort();
    }
  }
}

async function diagnose(project: TypeProject, code: string, document: Document) {
  const [syntax, types] = await Promise.all(
    ["getSyntacticDiagnostics", "getSemanticDiagnostics"].map((method) =>
      project.ask<readonly RawDiagnostic[] | null>(method),
    ),
  );
  // What cannot be parsed as it was meant has types that nobody meant.
  return cellDiagnostics(code, document, syntax?.length ? syntax : (types ?? []));
}

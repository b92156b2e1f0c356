import { realpathSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { clash, declaredMeanings, Scope } from "./scope.js";
import { readDeclarations } from "./declarations.js";
import { cellDiagnostics, type Diagnostic, type RawDiagnostic } from "./diagnostics.js";
import { writeDocument, type Document } from "./document.js";
import { findTypeScript } from "./find-typescript.js";
import { findMentions } from "./mentions.js";
import { parseCell } from "./syntax.js";
import { TypeProject } from "./type-project.js";
import type { TypeServer } from "./type-server.js";

export type { Diagnostic } from "./diagnostics.js";

export interface CheckerOptions {
  /** The notebook's folder: imports and the nearest tsconfig.json are found from there. */
  readonly cwd: string;
  /** Overrules the nearest tsconfig.json; without either, checks are strict. */
  readonly strict?: boolean;
  /** Milliseconds that the first cell waits for the process to be ready; later it is. */
  readonly firstCheckMs?: number;
}

/** Checks the types of a notebook's cells, in a process of its own. */
export class Checker {
  readonly #cwd: string;
  readonly #options: CheckerOptions;
  readonly #scope = new Scope();
  readonly #specifiers = new Set<string>();
  readonly #cache = new Map<string, readonly Diagnostic[]>();
  #server: TypeServer | undefined;
  #project: Promise<TypeProject> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #isReady = false;
  #disposed = false;
  #problem: string | undefined;

  private constructor(options: CheckerOptions) {
    this.#options = options;
    this.#cwd = realpathSync(options.cwd);
  }

  /** Returns at once; the process starts in the background. */
  static start(options: CheckerOptions): Checker {
    const checker = new Checker(options);
    checker
      .#enqueue(async () => {
        await (await checker.#open()).ask("getSemanticDiagnostics");
        checker.#isReady = true;
      })
      .catch(() => {});
    return checker;
  }

  /** "unavailable": cells go unchecked, and `problem` says why; the next check tries again. */
  get state(): "starting" | "ready" | "unavailable" {
    if (this.#problem !== undefined) return "unavailable";
    return this.#isReady ? "ready" : "starting";
  }

  /** Why cells go unchecked. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /**
   * Checks a cell against the accepted ones.
   *
   * @returns what is wrong; nothing when it could not be checked, see `state`
   * @throws the signal's reason when it is aborted
   */
  async check(code: string, signal?: AbortSignal): Promise<readonly Diagnostic[]> {
    signal?.throwIfAborted();
    const key = `${this.#scope.revision}\n${code}`;
    const known = this.#cache.get(key);
    if (known) return known;
    const answer = this.#enqueue(() => this.#check(code)).then(
      (diagnostics) => {
        this.#isReady = true;
        this.#problem = undefined;
        this.#cache.set(key, diagnostics);
        return diagnostics;
      },
      (error: unknown) => {
        this.#problem = String(error);
        return [];
      },
    );
    return await this.#withinLimit(answer, signal);
  }

  /** Takes in what a cell declares, for the cells that follow. */
  accept(code: string): void {
    const cell = readDeclarations(code, parseCell(code).body);
    this.#scope.accept(code, cell);
  }

  /** Ends the process and waits until it is gone. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#server?.stop();
    await this.#queue.catch(() => {});
  }

  async #check(code: string): Promise<readonly Diagnostic[]> {
    const project = await this.#open();
    const document = this.#document(code);
    await project.write(document.text);
    let raw = await project.ask<readonly RawDiagnostic[] | null>("getSyntacticDiagnostics");
    if (!raw?.length) raw = await project.ask("getSemanticDiagnostics");
    const diagnostics = cellDiagnostics(code, document, raw ?? []);
    return diagnostics;
  }

  #document(code: string): Document {
    const { body } = parseCell(code);
    const cell = readDeclarations(code, body);
    const own = declaredMeanings(cell);
    for (const { specifier } of cell.imports) this.#specifiers.add(specifier);
    const used = new Set(body.flatMap((s) => findMentions(s).map(({ name }) => name)));
    return writeDocument({
      scope: this.#scope,
      code,
      imports: cell.imports,
      used,
      specifiers: [...this.#specifiers],
      isReplaced: ({ name, meaning }) => {
        const now = own.get(name);
        return now !== undefined && clash(meaning, now);
      },
    });
  }

  /** The open project; starts the process when there is none, or the last one ended. */
  async #open(): Promise<TypeProject> {
    if (this.#project && this.#server?.alive) return this.#project;
    const { strict } = this.#options;
    this.#project = TypeProject.open(findTypeScript(), this.#cwd, strict, (server) => {
      this.#server = server;
      if (this.#disposed) server.kill();
    });
    return this.#project;
  }

  /** One thing at a time: the process has one text of the cell's file. */
  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task, task);
    this.#queue = result.catch(() => {});
    return result;
  }

  async #withinLimit(
    answer: Promise<readonly Diagnostic[]>,
    signal: AbortSignal | undefined,
  ): Promise<readonly Diagnostic[]> {
    const timer = new AbortController();
    const limit = this.#isReady ? 10_000 : (this.#options.firstCheckMs ?? 1500);
    const late = sleep(limit, [], { signal: timer.signal }).catch(() => []);
    const aborted = new Promise<never>((_resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    });
    try {
      return await Promise.race([answer, late, aborted]);
    } finally {
      timer.abort();
    }
  }
}

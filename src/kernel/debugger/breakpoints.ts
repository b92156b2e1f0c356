import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { newNames, type Names } from "../compile/names.js";
import { DebugError } from "../errors.js";
import type { CompiledCell } from "../link.js";
import { placeFor } from "./break-places.js";
import { breakTargets, runTarget, type BreakTarget } from "./break-targets.js";
import type { CellFiles } from "./cell-files.js";
import { breakCondition, type WantedBreakpoint } from "./conditions.js";
import { localsAt } from "./locals.js";
import type { Inspector } from "./inspector.js";
import type { Scripts } from "./scripts.js";

interface Parts {
  readonly inspector: Inspector;
  readonly scripts: Scripts;
  readonly files: CellFiles;
  readonly names: () => Names;
  /** Told when one that was set before its file was loaded has found its place. */
  readonly onChanged: (breakpoint: DebugProtocol.Breakpoint) => void;
}

/** A breakpoint, and V8's names for it. */
interface Held {
  readonly wanted: WantedBreakpoint;
  shown: DebugProtocol.Breakpoint & { id: number };
  readonly v8: Set<string>;
}

type Cell = Pick<CompiledCell, "code" | "declared">;

interface SetByV8 {
  readonly breakpointId: string;
  readonly locations: readonly { lineNumber: number; columnNumber?: number }[];
}

/** The breakpoints of all sources. */
export class Breakpoints {
  readonly #byPath = new Map<string, Held[]>();
  /** Of local files, what they were when their breakpoints were set. */
  readonly #hashes = new Map<string, string>();
  #lastId = 0;

  constructor(private readonly parts: Parts) {}

  get isEmpty(): boolean {
    return this.#byPath.size === 0;
  }

  /** As `debugInfo` lists them. */
  get list(): { source: string; breakpoints: DebugProtocol.SourceBreakpoint[] }[] {
    return [...this.#byPath].map(([source, held]) => ({
      source,
      breakpoints: held.map(({ wanted, shown: { line } }) => ({ ...wanted, line: line as number })),
    }));
  }

  /** Sets those of one source, in place of those before. */
  async set(path: string, all: readonly WantedBreakpoint[]): Promise<DebugProtocol.Breakpoint[]> {
    await this.#remove(path);
    const source = { path };
    const held = all.map((wanted): Held => {
      const { line } = wanted;
      const shown = { id: ++this.#lastId, verified: false, line, source };
      return { wanted, shown, v8: new Set() };
    });
    if (held.length === 0) return [];
    this.#byPath.set(path, held);
    if (!this.parts.files.isCell(path)) this.#hashes.set(path, hashOf(path));
    await this.#applyAll(path, held);
    return held.map(({ shown }) => shown);
  }

  /** Sets those of a cell that is about to run, in the script that it will be. */
  async beforeRun(path: string, url: string, cell: Cell): Promise<void> {
    const held = this.#byPath.get(path);
    if (held) await this.#apply(held, await runTarget(url, cell, this.parts));
  }

  /** Has a cell that is about to run stop where it begins. */
  async stopAtStart(url: string, cell: Cell): Promise<void> {
    const { places = [] } = await runTarget(url, cell, this.parts);
    const place = placeFor(places, 0);
    if (place === undefined) return;
    const { line: lineNumber, column: columnNumber } = place;
    const parameters = { url, lineNumber, columnNumber };
    await this.parts.inspector.post("Debugger.setBreakpointByUrl", parameters);
  }

  /** Sets those of files anew: they may have been changed, and are loaded again by the next cell. */
  async refreshFiles(): Promise<void> {
    for (const [path, held] of this.#byPath) {
      if (this.parts.files.isCell(path)) continue;
      const hash = hashOf(path);
      if (hash === this.#hashes.get(path)) continue;
      this.#hashes.set(path, hash);
      await this.#takeBack(held);
      await this.#applyAll(path, held);
    }
  }

  async clear(): Promise<void> {
    for (const path of this.#byPath.keys()) await this.#remove(path);
  }

  /** The ids of those that V8 names. */
  idsOf(v8Ids: readonly string[]): number[] {
    return [...this.#byPath.values()]
      .flat()
      .filter(({ v8 }) => v8Ids.some((id) => v8.has(id)))
      .map(({ shown }) => shown.id);
  }

  placeOf(id: number): DebugProtocol.Breakpoint | undefined {
    return [...this.#byPath.values()].flat().find(({ shown }) => shown.id === id)?.shown;
  }

  /** V8 has loaded a file and knows where a breakpoint stands. */
  resolved(v8Id: string, line: number): void {
    for (const one of [...this.#byPath.values()].flat()) {
      if (!one.v8.has(v8Id) || one.shown.verified) continue;
      const { message: _, ...shown } = one.shown;
      one.shown = { ...shown, verified: true, line: line + 1 };
      this.parts.onChanged(one.shown);
    }
  }

  async #applyAll(path: string, held: readonly Held[]): Promise<void> {
    try {
      for (const target of await breakTargets(path, this.parts)) await this.#apply(held, target);
    } catch (error) {
      if (!(error instanceof DebugError)) throw error;
      for (const one of held) one.shown = { ...one.shown, message: error.message };
    }
  }

  async #apply(all: readonly Held[], target: BreakTarget): Promise<void> {
    const taken = new Map<string, string>();
    for (const held of all) {
      try {
        await this.#setOne(held, target, taken);
      } catch (error) {
        if (!(error instanceof DebugError)) throw error;
        held.shown = { ...held.shown, verified: false, message: error.message };
      }
    }
  }

  async #setOne(
    held: Held,
    { urlRegex, places, code, declared }: BreakTarget,
    taken: Map<string, string>,
  ) {
    const { line } = held.wanted;
    const place = places ? placeFor(places, line - 1) : { line: line - 1, column: 0 };
    if (place === undefined) throw new DebugError("There is no code in this line or below.");
    const condition = breakCondition(held.shown.id, held.wanted, {
      // Only cells know names by others than their own.
      names: code === undefined ? newNames() : withNames(this.parts.names(), declared),
      locals: code === undefined ? new Set() : localsAt(code, place),
    });
    if ("source" in place) held.shown = { ...held.shown, ...shownPlace(place.source) };
    const key = `${place.line}:${place.column}`;
    const same = taken.get(key);
    if (urlRegex === undefined) return;
    if (same !== undefined) {
      held.v8.add(same);
      return;
    }
    const set = await this.parts.inspector.post<SetByV8>("Debugger.setBreakpointByUrl", {
      urlRegex,
      lineNumber: place.line,
      columnNumber: place.column,
      ...(condition === undefined ? {} : { condition }),
    });
    taken.set(key, set.breakpointId);
    held.v8.add(set.breakpointId);
    if (places !== undefined) return;
    const [found] = set.locations;
    if (found) held.shown = { ...held.shown, verified: true, line: found.lineNumber + 1 };
    else held.shown = { ...held.shown, message: "The file is not loaded yet." };
  }

  async #remove(path: string): Promise<void> {
    const held = this.#byPath.get(path) ?? [];
    this.#byPath.delete(path);
    await this.#takeBack(held);
  }

  async #takeBack(held: readonly Held[]): Promise<void> {
    for (const { v8 } of held) {
      for (const breakpointId of v8) {
        await this.parts.inspector.post("Debugger.removeBreakpoint", { breakpointId });
      }
      v8.clear();
    }
  }
}

function withNames(names: Names, declared: readonly string[] = []): Names {
  return { ...names, declared: new Set([...names.declared, ...declared]) };
}

function shownPlace({ line, column }: { line: number; column: number }) {
  return { verified: true, line: line + 1, column: column + 1 };
}

function hashOf(path: string): string {
  try {
    return createHash("sha1").update(readFileSync(path)).digest("base64");
  } catch {
    return "";
  }
}

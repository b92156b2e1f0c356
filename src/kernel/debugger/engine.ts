import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Names } from "../compile/names.js";
import { DebugError } from "../errors.js";
import { Breakpoints } from "./breakpoints.js";
import { isCaught } from "./caught.js";
import type { CellFiles } from "./cell-files.js";
import { Inspector, type PausedEvent } from "./inspector.js";
import { ScriptTrees } from "./script-trees.js";
import { escaped, Scripts, urlOfPath } from "./scripts.js";
import { Steps, type Step } from "./steps.js";
import { StackReader, hasUserCode, type Stop, type StopFrame } from "./stop.js";

type ExceptionFilter = "caught" | "uncaught";

interface Parts {
  readonly files: CellFiles;
  readonly kernelFolder: string;
  readonly names: () => Names;
  readonly onStopped: (stop: Stop) => void;
  readonly onContinued: () => void;
  readonly onBreakpoint: (breakpoint: DebugProtocol.Breakpoint) => void;
}

/**
 * V8's debugger as far as it is needed: it is on while there is a breakpoint, an exception to stop at,
 * a stop or a step, and off otherwise, as it makes each `await` slower.
 */
export class Engine {
  readonly inspector: Inspector;
  readonly scripts: Scripts;
  readonly breakpoints: Breakpoints;
  stop: Stop | undefined;
  readonly #trees: ScriptTrees;
  readonly #stack: StackReader;
  #filters = new Set<ExceptionFilter>();
  #isOn = false;
  /** V8 stands still, whether or not that was told. */
  #isPaused = false;
  readonly #steps: Steps;

  constructor(private readonly parts: Parts) {
    this.inspector = new Inspector({
      onPaused: (event) => void this.#paused(event),
      onResumed: () => this.#resumed(),
      onScript: (script) => this.scripts.parsed(script),
      onResolved: ({ breakpointId, location }) =>
        this.breakpoints.resolved(breakpointId, location.lineNumber),
    });
    const { files, kernelFolder, names } = parts;
    this.scripts = new Scripts(this.inspector, files, kernelFolder);
    const { inspector, scripts } = this;
    this.breakpoints = new Breakpoints({
      inspector,
      scripts,
      files,
      names,
      onChanged: parts.onBreakpoint,
    });
    this.#trees = new ScriptTrees(inspector, (id) => scripts.urlOf(id));
    this.#stack = new StackReader(scripts, inspector);
    this.#steps = new Steps(urlOfPath(kernelFolder), (id) => scripts.urlOf(id));
  }

  get filters(): ReadonlySet<ExceptionFilter> {
    return this.#filters;
  }

  /** Switches V8's debugger on. */
  async on(): Promise<void> {
    if (this.#isOn) return;
    this.#isOn = true;
    // V8 tells of all scripts again.
    this.scripts.forget();
    this.#trees.forget();
    await this.inspector.post("Debugger.enable");
    // What is Node's own V8 does not leave out: see `#decide`.
    const patterns = [escaped(urlOfPath(this.parts.kernelFolder))];
    await this.inspector.post("Debugger.setBlackboxPatterns", { patterns });
    await this.#setExceptions();
  }

  /** Switches it off when nothing needs it. */
  async rest(): Promise<void> {
    const isNeeded =
      !this.breakpoints.isEmpty || this.#filters.size > 0 || this.#isPaused || this.#steps.move;
    if (!this.#isOn || isNeeded) return;
    this.#isOn = false;
    await this.inspector.post("Debugger.disable");
  }

  async setFilters(filters: Iterable<ExceptionFilter>): Promise<void> {
    this.#filters = new Set(filters);
    if (this.#filters.size > 0) await this.on();
    if (this.#isOn) await this.#setExceptions();
    await this.rest();
  }

  /** @throws {DebugError} when nothing is stopped */
  async go(how: "resume" | Step): Promise<void> {
    if (this.stop === undefined) throw new DebugError("The cell is not stopped.");
    if (how === "resume") this.#steps.end();
    else this.#steps.begin(how, this.stop);
    this.#leave();
    await this.inspector.post(`Debugger.${how}`);
  }

  /** Has a front end that knows the frames take them for new ones. */
  renewFrames(): void {
    if (this.stop !== undefined) this.stop = this.#stack.renewed(this.stop);
  }

  /** Stops what runs now, or next. */
  async pause(): Promise<void> {
    if (this.stop !== undefined) return;
    await this.on();
    this.#steps.begin("pause");
    await this.inspector.post("Debugger.pause");
  }

  /** Ends the code that stands still; resolves at once when nothing does. */
  async terminate(): Promise<void> {
    this.#steps.end();
    if (!this.#isPaused) return;
    this.#leave();
    const expression = "$kernel$.terminate(Infinity)";
    await Promise.all([
      this.inspector.post("Debugger.setSkipAllPauses", { skip: true }),
      this.inspector.post("Runtime.evaluate", { expression, silent: true, disableBreaks: true }),
      this.inspector.post("Debugger.resume"),
      this.inspector.post("Debugger.setSkipAllPauses", { skip: false }),
    ]);
  }

  /** Stops nowhere any more. The session stays: a process that ends while it is closed aborts. */
  letGo(): void {
    this.#leave();
    const posts = [
      this.inspector.post("Debugger.setSkipAllPauses", { skip: true }),
      this.inspector.post("Debugger.resume"),
    ];
    for (const post of posts) post.catch(() => {});
  }

  /** Forgets all, and lets run on what stands still. */
  close(): void {
    this.#leave();
    this.inspector.close();
  }

  async #setExceptions(): Promise<void> {
    // V8 takes all that a cell throws for caught: see `caught.ts`.
    const state = this.#filters.size > 0 ? "all" : "none";
    await this.inspector.post("Debugger.setPauseOnExceptions", { state });
  }

  #leave(): void {
    this.#isPaused = false;
    if (this.stop === undefined) return;
    this.stop = undefined;
    this.parts.onContinued();
  }

  #resumed(): void {
    this.#leave();
    void this.rest().catch(() => {});
  }

  async #paused(event: PausedEvent): Promise<void> {
    this.#isPaused = true;
    try {
      const frames = await this.#stack.read(event);
      const next = await this.#decide(event, frames);
      // It may have been ended meanwhile.
      if (!this.#isPaused) return;
      if (next !== "stop") {
        if (next === "resume") this.#steps.end();
        await this.inspector.post(`Debugger.${next}`);
        return;
      }
      const first = frames.findIndex(({ origin }) => origin.kind !== "internal");
      const reason = this.#reason(event);
      this.stop = { frames: frames.slice(first), former: [], event, reason };
      this.#steps.end();
      this.parts.onStopped(this.stop);
    } catch {
      // Rather than to stand still where nobody knows of it.
      await this.inspector.post("Debugger.resume").catch(() => {});
      this.#isPaused = false;
    }
  }

  async #decide(event: PausedEvent, frames: StopFrame[]): Promise<"stop" | "resume" | Step> {
    if (isException(event)) {
      // An interrupt is no error of the user's.
      if (/^KeyboardInterrupt\b/.test(String(dataOf(event).description))) return "resume";
      const places = frames.map(({ place }) => place);
      const kind = (await isCaught(event, places, this.#trees)) ? "caught" : "uncaught";
      return this.#filters.has(kind) && hasUserCode(frames) ? "stop" : "resume";
    }
    if ((event.hitBreakpoints ?? []).length > 0) return "stop";
    return this.#steps.decide(event, frames);
  }

  #reason(event: PausedEvent): string {
    if (isException(event)) return "exception";
    if ((event.hitBreakpoints ?? []).length > 0) return "breakpoint";
    const { move } = this.#steps;
    if (move === undefined) return "debugger statement";
    return move === "pause" ? "pause" : "step";
  }
}

export function isException({ reason }: PausedEvent): boolean {
  return reason === "exception" || reason === "promiseRejection";
}

/** What was thrown. */
export function dataOf({ data }: PausedEvent): { description?: string; value?: unknown } {
  return data ?? {};
}

import { readFileSync, statSync } from "node:fs";
import { basename, isAbsolute } from "node:path";
import { DebugError } from "../errors.js";
import type { Arguments } from "./arguments.js";
import type { CellFiles } from "./cell-files.js";
import type { WantedBreakpoint } from "./conditions.js";
import type { Engine } from "./engine.js";
import { pathOf } from "./scripts.js";

type Body = Record<string, unknown>;

/** A file of more bytes is not shown. */
const SOURCE_MAX = 20_000_000;
/** More breakpoints in one source are a mistake. */
const BREAKPOINTS_MAX = 1000;

/** The requests about sources, and the breakpoints in them. */
export class SourceRequests {
  /** One after the other: each takes the breakpoints of before back. */
  #setting: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly engine: () => Engine,
    private readonly files: CellFiles,
  ) {}

  setBreakpoints(args: Arguments): Promise<Body> {
    const set = this.#setting.then(() => this.#setBreakpoints(args));
    this.#setting = set.catch(() => {});
    return set;
  }

  async source(args: Arguments): Promise<Body> {
    const path = args.object("source").optionalText("path") ?? args.optionalText("path");
    if (!path) throw new DebugError("A source is asked for by its path.");
    const cell = this.files.sourceOf(path);
    if (cell !== undefined) return { content: cell, mimeType: "text/typescript" };
    if (isAbsolute(path)) return { content: readText(path) };
    const { inspector, scripts } = this.engine();
    const scriptId = scripts.idOf(path);
    if (scriptId === undefined) throw new DebugError(`The source ${path} is not known.`);
    const { scriptSource: content } = await inspector.post<{ scriptSource: string }>(
      "Debugger.getScriptSource",
      { scriptId },
    );
    return { content, mimeType: "text/javascript" };
  }

  /** The files that are loaded. */
  async modules(args: Arguments): Promise<Body> {
    const start = args.optionalNumber("startModule") ?? 0;
    const count = args.optionalNumber("moduleCount");
    const { result } = await this.engine().inspector.post<{ result: { value: string[] } }>(
      "Runtime.evaluate",
      {
        expression: "$kernel$.debug.modules()",
        returnByValue: true,
        silent: true,
        disableBreaks: true,
      },
    );
    const { scripts } = this.engine();
    const paths = [...new Set(result.value.map((url) => pathOf(url) ?? url))].filter(
      (path) => !scripts.isKernelFile(path),
    );
    const modules = paths.map((path, id) => ({ id, name: basename(path), path }));
    const end = count ? start + count : undefined;
    return { modules: modules.slice(start, end), totalModules: modules.length };
  }

  async #setBreakpoints(args: Arguments): Promise<Body> {
    const path = args.object("source").text("path");
    const wanted = args.list("breakpoints").map(readBreakpoint);
    if (wanted.length > BREAKPOINTS_MAX) throw new DebugError("These are too many breakpoints.");
    const engine = this.engine();
    await engine.on();
    const breakpoints = await engine.breakpoints.set(path, wanted);
    await engine.rest();
    return { breakpoints };
  }
}

function readBreakpoint(args: Arguments): WantedBreakpoint {
  const line = args.number("line");
  if (line === 0) throw new DebugError("Lines are counted from 1.");
  const texts = ["condition", "hitCondition", "logMessage"] as const;
  const given = texts.flatMap((name) => {
    const text = args.optionalText(name);
    return text ? [[name, text]] : [];
  });
  return { line, ...(Object.fromEntries(given) as Partial<WantedBreakpoint>) };
}

function readText(path: string): string {
  try {
    if (statSync(path).size > SOURCE_MAX) throw new DebugError("The file is too long to be shown.");
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof DebugError) throw error;
    throw new DebugError(`The file ${path} cannot be read.`);
  }
}

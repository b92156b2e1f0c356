import type { DebugProtocol } from "@vscode/debugprotocol";
import { isOwnFile } from "../output/own-package.js";
import type { CallFrame, Inspector, PausedEvent } from "./inspector.js";
import type { Origin, Scripts } from "./scripts.js";
import { placeOf, runningFrames, waitingPlaces, type StackPlace } from "./stack-places.js";

/** A frame of a stopped cell. */
export interface StopFrame {
  readonly shown: DebugProtocol.StackFrame;
  readonly origin: Origin;
  /** Whether it has a place in its source: the compiler adds code of its own. */
  readonly isPlaced: boolean;
  /** Where it is in V8's script. */
  readonly place: StackPlace;
  /** Missing for callers that wait: their variables cannot be seen. */
  readonly call: CallFrame | undefined;
}

/** Where the runtime stands still. */
export interface Stop {
  readonly frames: readonly StopFrame[];
  /** The same under the ids that they had before: see `renewed`. */
  readonly former: readonly StopFrame[];
  readonly event: PausedEvent;
  /** Why, in the words of the Debug Adapter Protocol. */
  readonly reason: string;
}

/** So many frames keep their old ids. */
const FORMER_MAX = 500;
/** So many callers that wait are shown. */
const ASYNC_MAX = 50;

/** Reads a stack: the frames of cells, files and packages, and without those of the kernel below it. */
export class StackReader {
  #lastId = 0;

  constructor(
    private readonly scripts: Scripts,
    private readonly inspector: Inspector,
  ) {}

  async read(event: PausedEvent): Promise<StopFrame[]> {
    const frames: StopFrame[] = [];
    for (const call of runningFrames(event, this.scripts)) {
      const frame = await this.#frame(placeOf(call), call);
      if (frame) frames.push(frame);
    }
    const waiting = await waitingPlaces(event, this.scripts, this.inspector);
    for (const place of waiting.slice(0, ASYNC_MAX)) {
      const frame = await this.#frame(place, undefined);
      if (frame && frame.origin.kind !== "internal") frames.push(frame);
    }
    return frames;
  }

  /**
   * The same stop with other ids for its frames. JupyterLab clears its variables when an expression was
   * evaluated, and asks for them again only for a frame that it does not know.
   */
  renewed(stop: Stop): Stop {
    const frames = stop.frames.map((frame) => ({
      ...frame,
      shown: { ...frame.shown, id: ++this.#lastId },
    }));
    return { ...stop, frames, former: [...stop.frames, ...stop.former].slice(0, FORMER_MAX) };
  }

  async #frame(place: StackPlace, call: CallFrame | undefined): Promise<StopFrame | undefined> {
    const origin = await this.scripts.originOf(place.scriptId);
    if (origin.kind === "kernel") return undefined;
    const found = origin.mapping.original(place);
    const at = found ?? { line: 0, column: 0 };
    const isSubtle = origin.kind === "internal" || !isOwn(origin);
    const hint = isSubtle ? { presentationHint: "subtle" as const } : {};
    const hidden = isSubtle ? { presentationHint: "deemphasize" as const } : {};
    return {
      origin,
      call,
      place,
      isPlaced: found !== undefined,
      shown: {
        id: ++this.#lastId,
        name: nameOf(place, origin, call),
        source: { name: origin.name, path: origin.path, ...hidden },
        line: at.line + 1,
        column: at.column + 1,
        ...hint,
      },
    };
  }
}

/** Whether any of it is the user's, or a package's. */
export function hasUserCode(frames: readonly StopFrame[]): boolean {
  return frames.some(({ origin, call }) => call !== undefined && origin.kind !== "internal");
}

function isOwn({ kind, path }: Origin): boolean {
  return kind === "cell" || (kind === "local" && isOwnFile(path));
}

function nameOf({ functionName }: StackPlace, { kind, name }: Origin, call?: CallFrame): string {
  const prefix = call === undefined ? "async " : "";
  const start = call?.functionLocation;
  const isWhole = start === undefined || (start.lineNumber <= 0 && !start.columnNumber);
  if (functionName !== "") return `${prefix}${functionName}`;
  if (kind === "cell" && isWhole) return `${prefix}${name}`;
  return start !== undefined && start.lineNumber < 0 ? "(module)" : `${prefix}(anonymous)`;
}

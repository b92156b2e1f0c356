import {
  GREATEST_LOWER_BOUND,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
} from "@jridgewell/trace-mapping";

/** Line and column from 0, as V8 counts. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From places in compiled code to those in the source. */
export class Mapping {
  /** Read when they are needed: most cells are never looked at. */
  #steps: readonly TraceMap[] | undefined;

  /** @param maps source maps from the last step to the first, as JSON; none for code that is its own source */
  constructor(private readonly maps: readonly string[]) {}

  /** The place in the source; undefined for what the kernel has added on a line of its own. */
  original(place: Position): Position | undefined {
    this.#steps ??= this.maps.map((map) => new TraceMap(map));
    let at: Position | undefined = place;
    for (const map of this.#steps) at = at && originalOf(map, at);
    return at;
  }
}

/**
 * What has no place of its own belongs to what stands before it on its line; a call that is put around
 * an expression at the start of a line, to the expression.
 */
function originalOf(map: TraceMap, { line, column }: Position): Position | undefined {
  for (const bias of [GREATEST_LOWER_BOUND, LEAST_UPPER_BOUND] as const) {
    const found = originalPositionFor(map, { line: line + 1, column, bias });
    if (found.line !== null) return { line: found.line - 1, column: found.column };
  }
  return undefined;
}

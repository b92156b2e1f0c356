import type { CallFrame, PausedEvent } from "./inspector.js";
import type { ScriptPlace, ScriptTrees } from "./script-trees.js";

/** Below the evaluation of a cell there is only the kernel. */
const BELOW = "node:inspector";

export interface StackPlace extends ScriptPlace {
  readonly functionName: string;
}

/** The frames that run, from the top, down to the evaluation of the cell. */
export function runningFrames({ callFrames }: PausedEvent, urlOf: (id: string) => string) {
  const end = callFrames.findIndex(({ location }) => urlOf(location.scriptId) === BELOW);
  return end === -1 ? callFrames : callFrames.slice(0, end);
}

export function placeOf({ functionName, location }: CallFrame): StackPlace {
  const { scriptId, lineNumber: line, columnNumber: column = 0 } = location;
  return { functionName, scriptId, line, column };
}

export function runningPlaces(event: PausedEvent, { urlOf }: ScriptTrees): StackPlace[] {
  return runningFrames(event, urlOf).map(placeOf);
}

/**
 * Where the callers are that wait. A function that has waited before is told of again, with the places
 * where it did: only the last counts.
 */
export async function waitingPlaces(event: PausedEvent, trees: ScriptTrees): Promise<StackPlace[]> {
  const seen = new Set<string>();
  for (const place of runningPlaces(event, trees)) seen.add(await trees.functionAt(place));
  const places: StackPlace[] = [];
  for (let at = event.asyncStackTrace; at; at = at.parent) {
    for (const {
      functionName,
      scriptId,
      lineNumber: line,
      columnNumber: column,
    } of at.callFrames) {
      if (trees.urlOf(scriptId) === BELOW) break;
      const place = { functionName, scriptId, line, column };
      const known = await trees.functionAt(place);
      if (!seen.has(known)) places.push(place);
      seen.add(known);
    }
  }
  return places;
}

import type { CallFrame, Inspector, PausedEvent } from "./inspector.js";
import type { WaitingFrame } from "./runtime-part.js";
import type { ScriptPlace } from "./script-trees.js";
import type { Scripts } from "./scripts.js";

/** Below the evaluation of a cell there is only the kernel. */
const BELOW = "node:inspector";

export interface StackPlace extends ScriptPlace {
  readonly functionName: string;
}

/** The frames that run, from the top, down to the evaluation of the cell. */
export function runningFrames({ callFrames }: PausedEvent, scripts: Scripts): CallFrame[] {
  const end = callFrames.findIndex(({ location }) => scripts.urlOf(location.scriptId) === BELOW);
  return end === -1 ? callFrames : callFrames.slice(0, end);
}

export function placeOf({ functionName, location }: CallFrame): StackPlace {
  const { scriptId, lineNumber: line, columnNumber: column = 0 } = location;
  return { functionName, scriptId, line, column };
}

/**
 * Where the callers are that wait. An error that is made in the frame on top knows them, by the promises
 * that they wait for. V8's debugger would know, too, but with its records of that each `await` takes many
 * times as long, and Node goes on keeping them when it is switched off.
 */
export async function waitingPlaces(
  { callFrames: [top] }: PausedEvent,
  scripts: Scripts,
  inspector: Inspector,
): Promise<StackPlace[]> {
  if (top === undefined) return [];
  const { result } = await inspector.post<{ result: { value?: readonly WaitingFrame[] } }>(
    "Debugger.evaluateOnCallFrame",
    {
      callFrameId: top.callFrameId,
      expression: "$kernel$.debug.waiting()",
      returnByValue: true,
      silent: true,
    },
  );
  return (result.value ?? []).flatMap(({ url, ...frame }) => {
    const scriptId = scripts.idOf(url);
    return scriptId === undefined ? [] : [{ scriptId, ...frame }];
  });
}

import { DebugError } from "../errors.js";
import { compileForFrame, type NameSpace } from "./expressions.js";
import { readHitCondition } from "./hit-tests.js";

/** What a front end asks of a breakpoint. */
export interface WantedBreakpoint {
  /** From 1. */
  readonly line: number;
  readonly condition?: string;
  readonly hitCondition?: string;
  readonly logMessage?: string;
}

/**
 * The expression that V8 evaluates at each hit, to know whether it is to stop.
 *
 * @returns undefined where it always stops
 * @throws {DebugError} for a condition that is no TypeScript, and for a hit count that is none
 */
export function breakCondition(
  id: number,
  { condition, hitCondition, logMessage }: WantedBreakpoint,
  space: NameSpace,
): string | undefined {
  const tests: string[] = [];
  if (condition?.trim()) tests.push(`(${expression(condition, space)})`);
  if (hitCondition?.trim()) {
    const hit = readHitCondition(hitCondition);
    if (hit === undefined) {
      throw new DebugError(`"${hitCondition}" is no hit count: write 5, >= 5, == 5 or % 5.`);
    }
    tests.push(`$kernel$.debug.hit(${id},${JSON.stringify(hit.test)},${hit.wanted})`);
  }
  if (logMessage) tests.push(`$kernel$.debug.log(${id},[${logParts(logMessage, space)}])`);
  return tests.length === 0 ? undefined : tests.join("&&");
}

/** The text of a log point with what stands in braces as functions. */
function logParts(message: string, space: NameSpace): string {
  return message
    .split(/(\{[^{}]*\})/)
    .filter((part) => part !== "")
    .map((part) => {
      const inner = /^\{(.*)\}$/s.exec(part)?.[1];
      if (inner === undefined || inner.trim() === "") return JSON.stringify(part);
      return `()=>(${expression(inner, space)})`;
    })
    .join(",");
}

function expression(source: string, space: NameSpace): string {
  return compileForFrame(`(${source})`, space).trim().replace(/;$/, "");
}

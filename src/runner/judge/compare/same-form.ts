import type { DisplayOutput, Output } from "../../read/output.js";
import { withoutColours } from "../without-colours.js";
import { has, joinStreams } from "./sides.js";

/**
 * Evens out what some kernels show and others do not: see `inOneForm`.
 *
 * @param rules is told the names of those that were applied
 */
export function inSameForm(
  expected: readonly Output[],
  actual: readonly Output[],
  rules: string[],
): [Output[], Output[]] {
  let sides = [expected, actual].map((side) => joinStreams(side)) as [Output[], Output[]];
  const apply = (rule: string, change: (side: Output[], other: Output[]) => Output[]) => {
    const [a, b] = sides;
    const changed: typeof sides = [change(a, b), change(b, a)];
    if (changed[0] === a && changed[1] === b) return;
    rules.push(rule);
    sides = changed;
  };
  apply("colours", (side, other) => (isColoured(side) || isColoured(other) ? plain(side) : side));
  apply("null-shown", withoutNull);
  apply("text-beside", withoutText);
  return sides;
}

function isColoured(side: readonly Output[]): boolean {
  return side.some(
    (output) => output.output_type === "stream" && withoutColours(output.text) !== output.text,
  );
}

function plain(side: readonly Output[]): Output[] {
  return side.map((output) =>
    output.output_type === "stream" ? { ...output, text: withoutColours(output.text) } : output,
  );
}

function withoutNull(side: Output[], other: readonly Output[]): Output[] {
  const isNull = (output: Output) =>
    output.output_type === "execute_result" && output.data["text/plain"] === "null";
  const isPrinted = other.some(
    (output) => output.output_type === "stream" && /(^|\n)null\n$/.test(output.text),
  );
  if (!side.some(isNull) || has(other, "execute_result") || isPrinted) return side;
  return side.filter((output) => !isNull(output));
}

/** Drops the text of each display whose counterpart shows the same without one. */
function withoutText(side: Output[], other: readonly Output[]): Output[] {
  let isChanged = false;
  const changed = side.map((output, index) => {
    const same = other[index];
    if (!isDisplay(output) || !isDisplay(same)) return output;
    const { "text/plain": text, ...data } = output.data;
    const shared = Object.keys(data).some((type) => type in same.data);
    if (text === undefined || "text/plain" in same.data || !shared) return output;
    isChanged = true;
    return { ...output, data };
  });
  return isChanged ? changed : side;
}

function isDisplay(output: Output | undefined): output is DisplayOutput {
  return output?.output_type === "display_data";
}

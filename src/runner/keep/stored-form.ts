import { isText } from "../judge/compare/describe-outputs.js";
import { applyMasks, PATHS } from "../judge/compare/masks.js";
import { isJsonType } from "../read/output.js";
import type { DisplayOutput, Output } from "../read/output.js";

/** As nbformat stores an output: sorted keys, texts as lists of lines, no path of this machine. */
export function storedForm(output: Output, executionCount: number): Record<string, unknown> {
  switch (output.output_type) {
    case "stream":
      return { name: output.name, output_type: "stream", text: lines(output.text) };
    case "error":
      return {
        ename: output.ename,
        evalue: withoutPaths(output.evalue),
        output_type: "error",
        traceback: output.traceback.map(withoutPaths),
      };
    case "execute_result":
      return {
        data: storedData(output),
        execution_count: executionCount,
        metadata: output.metadata,
        output_type: output.output_type,
      };
    default:
      return {
        data: storedData(output),
        metadata: output.metadata,
        output_type: output.output_type,
      };
  }
}

function storedData({ data }: DisplayOutput): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, value]) => [type, storedValue(type, value)]),
  );
}

function storedValue(type: string, value: unknown): unknown {
  if (isJsonType(type) || typeof value !== "string") return value;
  return isText(type) ? lines(value) : value;
}

function lines(text: string): string[] {
  return withoutPaths(text).match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function withoutPaths(text: string): string {
  return applyMasks(text, [PATHS]);
}

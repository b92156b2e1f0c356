import { createTwoFilesPatch } from "diff";
import { applyMasks, BUILT_IN_MASKS, VOLATILE_MASKS, type Mask } from "./masks.js";
import { isJsonType } from "./notebook.js";
import type { DisplayOutput, Output } from "./output.js";

/**
 * Compares outputs after masking. Execution counts and line ends of base64 data do not count.
 *
 * @returns undefined when equal, otherwise a unified diff of what was expected and what came
 */
export function compareOutputs(
  expected: readonly Output[],
  actual: readonly Output[],
  masks: readonly Mask[],
): string | undefined {
  const [wanted, came] = [describe(expected, masks), describe(actual, masks)];
  if (wanted === came) return undefined;
  const patch = createTwoFilesPatch("expected", "actual", wanted, came, "", "", { context: 2 });
  // The first line only rules off what is above it.
  return patch.split("\n").slice(1).join("\n").trimEnd();
}

/** The rules for a cell: its own first, then its notebook's, then the built-in ones. */
export function masksFor(
  cell: { readonly tags: readonly string[]; readonly masks: readonly Mask[] },
  notebook: { readonly masks: readonly Mask[] },
): Mask[] {
  const volatile = cell.tags.includes("volatile") ? VOLATILE_MASKS : [];
  return [...cell.masks, ...notebook.masks, ...BUILT_IN_MASKS, ...volatile];
}

/** One text for all outputs of a cell: equal texts mean equal outputs. */
function describe(outputs: readonly Output[], masks: readonly Mask[]): string {
  const text = (value: string) => applyMasks(value, masks);
  return joinStreams(outputs)
    .map((output) => {
      switch (output.output_type) {
        case "stream":
          return `[${output.name}]\n${endLine(text(output.text))}`;
        case "error":
          return `[error]\n${endLine(text(`${output.ename}: ${output.evalue}`))}${endLine(text(withoutColours(output.traceback.join("\n"))))}`;
        default:
          return `[${output.output_type}]\n${describeData(output, text)}`;
      }
    })
    .join("");
}

function describeData(output: DisplayOutput, text: (value: string) => string): string {
  const types = Object.entries(output.data).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return types
    .map(([type, value]) => `${type}:\n${endLine(describeValue(type, value, text))}`)
    .join("");
}

function describeValue(type: string, value: unknown, text: (value: string) => string): string {
  if (isJsonType(type)) return text(JSON.stringify(value, sortKeys, 2));
  const raw = typeof value === "string" ? value : JSON.stringify(value);
  const isBase64 = !type.startsWith("text/") && !type.includes("svg") && !type.includes("script");
  return isBase64 ? raw.replace(/\s/g, "") : text(raw);
}

/** A kernel may send a text in one message or in many; nbformat joins those of one stream. */
function joinStreams(outputs: readonly Output[]): Output[] {
  const joined: Output[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (
      output.output_type === "stream" &&
      last?.output_type === "stream" &&
      last.name === output.name
    ) {
      joined[joined.length - 1] = { ...last, text: last.text + output.text };
    } else if (output.output_type !== "stream" || output.text !== "") {
      joined.push(output);
    }
  }
  return joined;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Marks a missing line end, so that it shows and counts. */
function endLine(text: string): string {
  return text.endsWith("\n") ? text : `${text}⏎̸\n`;
}

function withoutColours(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[\d;]*m/g, "");
}

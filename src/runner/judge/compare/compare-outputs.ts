import { isDeepStrictEqual } from "node:util";
import { SlowMaskError } from "../../errors.js";
import type { DisplayOutput, Output } from "../../read/output.js";
import { describeOutputs } from "./describe-outputs.js";
import { applyMasks, BUILT_IN_MASKS, VOLATILE_MASKS, type Mask } from "./masks.js";
import { equalWithin } from "./float-tolerance.js";
import { inOneForm } from "./one-form.js";
import { comparePictures, type PictureDifference } from "./pictures.js";

/** Longer texts, in characters of both, are not told by a diff of all of them. */
const LONGEST = 1_000_000;
/** What is shown of each at their first difference. */
const SHOWN = 10_000;

/** What of outputs is compared, and how closely. */
export interface Closeness {
  /** Types of data that do not count; `image/*` stands for all pictures. */
  readonly ignoreMime?: readonly string[];
  /** How much numbers with a fraction may differ, relative to the larger one. Default: not at all. */
  readonly floatTolerance?: number;
}

/** How the outputs that came differ from those expected. */
export interface Difference {
  /** The rules that were applied, then a unified diff of what was expected and what came. */
  readonly text: string;
  readonly pictures: readonly PictureDifference[];
}

/**
 * Compares outputs after masking. Execution counts and line ends of base64 data do not count;
 * `inOneForm`, `describeOutputs` and `comparePictures` say what else does not.
 *
 * @returns undefined when equal
 */
export async function compareOutputs(
  expected: readonly Output[],
  actual: readonly Output[],
  masks: readonly Mask[],
  closeness: Closeness = {},
): Promise<Difference | undefined> {
  // Mostly so, and what follows takes time and memory.
  if (isDeepStrictEqual(expected, actual)) return undefined;
  try {
    const [wanted, came] = [expected, actual].map((all) => withoutIgnored(all, closeness));
    return await compared(wanted ?? [], came ?? [], masks, closeness.floatTolerance ?? 0);
  } catch (error) {
    if (error instanceof SlowMaskError) return { text: error.message, pictures: [] };
    throw error;
  }
}

async function compared(
  expected: readonly Output[],
  actual: readonly Output[],
  masks: readonly Mask[],
  floatTolerance: number,
): Promise<Difference | undefined> {
  const form = inOneForm(expected, actual);
  const pictures = await pictureDifferences(form.expected, form.actual);
  const used = new Set(form.rules);
  if (pictures.alike > 0) used.add("picture");
  const mask = (text: string) => applyMasks(text, masks, used);
  const wanted = describeOutputs(form.expected, mask, used);
  const came = describeOutputs(pictures.actual, mask, used);
  if (wanted === came || equalWithin(wanted, came, floatTolerance)) return undefined;
  const rules = used.size > 0 ? `Compared by the rules: ${[...used].join(", ")}\n` : "";
  return { text: rules + (await diffOf(wanted, came)), pictures: pictures.differences };
}

function withoutIgnored(outputs: readonly Output[], { ignoreMime = [] }: Closeness): Output[] {
  if (ignoreMime.length === 0) return [...outputs];
  const isIgnored = (type: string) =>
    ignoreMime.some(
      (one) => one === type || (one.endsWith("/*") && type.startsWith(one.slice(0, -1))),
    );
  return outputs.flatMap((output): Output[] => {
    if (!("data" in output)) return [output];
    const kept = Object.entries(output.data).filter(([type]) => !isIgnored(type));
    return kept.length === 0 ? [] : [{ ...output, data: Object.fromEntries(kept) }];
  });
}

/** The rules for a cell: its own first, then its notebook's, then the built-in ones. */
export function masksFor(
  cell: { readonly tags: readonly string[]; readonly masks: readonly Mask[] },
  notebook: { readonly masks: readonly Mask[] },
): Mask[] {
  const volatile = cell.tags.includes("volatile") ? VOLATILE_MASKS : [];
  return [...cell.masks, ...notebook.masks, ...BUILT_IN_MASKS, ...volatile];
}

/** A diff of texts of any size: beyond some size a minimal one would take minutes. */
async function diffOf(wanted: string, came: string): Promise<string> {
  if (wanted.length + came.length > LONGEST) return firstDifference(wanted, came);
  // Loaded when needed: most notebooks give what is stored.
  const { createTwoFilesPatch } = await import("diff");
  const names = ["expected", "actual", wanted, came, "", ""] as const;
  const patch =
    createTwoFilesPatch(...names, { context: 2, timeout: 2000 }) ?? firstDifference(wanted, came);
  // The first line only rules off what is above it.
  return patch.replace(/^=+\n/, "").trimEnd();
}

/** Without a copy of the texts, which may be large. */
function firstDifference(wanted: string, came: string): string {
  const longest = Math.max(wanted.length, came.length);
  let differs = 0;
  while (differs < longest && wanted[differs] === came[differs]) differs++;
  const start = differs === 0 ? 0 : wanted.lastIndexOf("\n", differs - 1) + 1;
  const line = linesIn(wanted, start);
  const show = (mark: string, text: string) =>
    text
      .slice(start, start + SHOWN)
      .split("\n")
      .slice(0, 5)
      .map((one) => mark + one);
  const counts = `--- expected, ${linesIn(wanted)} lines\n+++ actual, ${linesIn(came)} lines\n@@ -${line} +${line} @@ the first difference`;
  return [counts, ...show("-", wanted), ...show("+", came)].join("\n");
}

function linesIn(text: string, end = text.length): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** Looks at each PNG that stands at the same place on both sides. */
async function pictureDifferences(expected: readonly Output[], came: readonly Output[]) {
  const differences: PictureDifference[] = [];
  const actual = [...came];
  let alike = 0;
  for (const [index, output] of actual.entries()) {
    const [wanted, got] = [pngOf(expected[index]), pngOf(output)];
    if (wanted === undefined || got === undefined || wanted === got) continue;
    const difference = await comparePictures(wanted, got);
    if (difference) differences.push(difference);
    else {
      alike++;
      const shown = output as DisplayOutput;
      actual[index] = { ...shown, data: { ...shown.data, "image/png": wanted } };
    }
  }
  return { differences, actual, alike };
}

function pngOf(output: Output | undefined): string | undefined {
  if (output?.output_type !== "display_data" && output?.output_type !== "execute_result") {
    return undefined;
  }
  const png = output.data["image/png"];
  return typeof png === "string" ? png : undefined;
}

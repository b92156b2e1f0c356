import { compareOutputs, masksFor } from "../judge/compare/compare-outputs.js";
import { describeOutputs } from "../judge/compare/describe-outputs.js";
import { applyMasks, type Mask } from "../judge/compare/masks.js";
import { streamsInOrder } from "../judge/compare/sides.js";
import { cellPlaces, memberAt, membersAt, type Place } from "../read/json-places.js";
import type { Notebook } from "../read/notebook.js";
import type { Output } from "../read/output.js";
import { unchangedCells } from "./merge-edits.js";
import { shownState, WIDGET_STATE } from "./widget-state.js";
import { storedForm } from "./stored-form.js";

/** A notebook's text with new outputs in it. */
export interface UpdatedText {
  readonly text: string;
  /** Cells whose outputs are not in it, since they were edited meanwhile: indexes when they ran. */
  readonly edited: readonly number[];
}

export interface Current {
  /** Default: the file as it was read. */
  readonly text?: string;
  readonly widgetState?: Readonly<Record<string, unknown>> | undefined;
}

/** A piece of text to stand in place of another. */
interface Edit extends Place {
  readonly text: string;
}

/**
 * Puts new outputs into a notebook's text. Outputs equal to the stored ones after masking keep their
 * bytes, unless another kernel gave those in another form. Code cells are counted from 1, times of execution are dropped; of all else each byte stays.
 *
 * @param outputs those of each of `notebook.cells`
 * @param current the file as it is now, where cells that were edited since stay as they are, and the
 *   state of the widgets that the outputs show
 */
export async function updatedText(
  notebook: Notebook,
  outputs: readonly (readonly Output[])[],
  { text = notebook.text, widgetState }: Current = {},
): Promise<UpdatedText> {
  const now = await unchangedCells(notebook.text, text);
  const places = cellPlaces(text);
  const style = styleOf(text);
  const edits: Edit[] = [];
  const edited: number[] = [];
  for (const [position, cell] of notebook.cells.entries()) {
    const came = outputs[position];
    if (came === undefined) continue;
    const place = places[now(cell.index) ?? -1];
    if (place === undefined) {
      edited.push(cell.index);
      continue;
    }
    const set = (name: string, value: unknown) =>
      edits.push(setMember(text, place, name, value, style));
    if (!(await isStoredSo(cell.outputs, came, masksFor(cell, notebook)))) {
      set(
        "outputs",
        came.map((output) => storedForm(output, position + 1)),
      );
    }
    set("execution_count", position + 1);
    edits.push(...withoutExecution(text, place));
  }
  const whole = applied(text, edits);
  const cameWidgets = edits.some((edit) => edit.text.includes("widget-view+json"));
  return { text: cameWidgets ? withWidgets(whole, widgetState, style) : whole, edited };
}

/** Whether outputs differ from the stored ones at most where masks and pictures let them. */
async function isStoredSo(
  stored: readonly Output[],
  came: readonly Output[],
  masks: readonly Mask[],
): Promise<boolean> {
  if (await compareOutputs(stored, came, masks)) return false;
  // What a rule holds for equal, such as a result that another kernel printed, is not the same form.
  const mask = (text: string) => applyMasks(text, masks);
  const form = (outputs: readonly Output[]) => {
    const told = describeOutputs(streamsInOrder(outputs.map(withoutPng)), mask);
    const frames = outputs.flatMap((one) => ("traceback" in one ? one.traceback.map(mask) : []));
    return [told, ...frames].join("\n");
  };
  return form(stored) === form(came);
}

/** A picture has been compared by its pixels. */
function withoutPng(output: Output): Output {
  if (!("data" in output) || !("image/png" in output.data)) return output;
  return { ...output, data: { ...output.data, "image/png": "" } };
}

/** Puts the state of the widgets into the notebook's metadata. */
function withWidgets(text: string, widgetState: Current["widgetState"], style: Style): string {
  const json = JSON.parse(text) as {
    cells: { outputs?: unknown }[];
    metadata?: { widgets?: Record<string, object> };
  };
  const outputs = JSON.stringify(json.cells.map((cell) => cell.outputs));
  const state = shownState(outputs, json.metadata?.widgets?.[WIDGET_STATE], widgetState);
  const metadata = memberAt(text, text.indexOf("{"), "metadata");
  if (state === undefined || metadata === undefined) return text;
  return applied(text, [setMember(text, metadata.value, "widgets", state, style)]);
}

interface Style {
  /** Undefined: all stands in one line. */
  readonly indent: string | undefined;
  readonly lineEnd: string;
}

function styleOf(text: string): Style {
  const indent = /^[\t ]+(?=")/m.exec(text)?.[0];
  return { indent, lineEnd: text.includes("\r\n") ? "\r\n" : "\n" };
}

function setMember(text: string, cell: Place, name: string, value: unknown, style: Style): Edit {
  const written = (margin: string) =>
    JSON.stringify(value, undefined, style.indent).replaceAll("\n", style.lineEnd + margin);
  const found = memberAt(text, cell.start, name);
  if (found !== undefined) return { ...found.value, text: written(marginAt(text, found.start)) };
  // As the first member.
  const [first] = membersAt(text, cell.start);
  const margin = marginAt(text, first?.start ?? cell.start);
  const between = style.indent === undefined ? " " : style.lineEnd + margin;
  if (first === undefined) return { ...cell, text: `{"${name}": ${written("")}}` };
  const at = first?.start ?? cell.start + 1;
  return { start: at, end: at, text: `"${name}": ${written(margin)},${between}` };
}

/** The blanks at the start of the line in which a place stands. */
function marginAt(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return /^[\t ]*$/.test(line) ? line : "";
}

/** JupyterLab stores when a cell was executed, which would differ after each run. */
function withoutExecution(text: string, cell: Place): Edit[] {
  const metadata = memberAt(text, cell.start, "metadata");
  if (metadata === undefined || text[metadata.value.start] !== "{") return [];
  const members = membersAt(text, metadata.value.start);
  const at = members.findIndex(({ name }) => name === "execution");
  const [found, before, after] = [members[at], members[at - 1], members[at + 1]];
  if (found === undefined) return [];
  if (after !== undefined) return [{ start: found.start, end: after.start, text: "" }];
  if (before === undefined) return [{ ...metadata.value, text: "{}" }];
  return [{ start: before.value.end, end: found.value.end, text: "" }];
}

function applied(text: string, edits: readonly Edit[]): string {
  let at = 0;
  const pieces: string[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return pieces.join("") + text.slice(at);
}

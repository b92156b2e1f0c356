import { createHash } from "node:crypto";
import { isJsonType } from "../../read/output.js";
import type { DisplayOutput, Output } from "../../read/output.js";
import { asShown } from "../../run/terminal-text.js";
import { asDocument } from "./markup.js";
import { pngSize } from "./pictures.js";
import { withoutRandomIds } from "./random-ids.js";
import { tablesByValue } from "./tables.js";
import { withoutColours } from "../without-colours.js";

/**
 * One text for all outputs of a cell: equal texts mean equal outputs. JSON and tables are told by
 * their values, pictures by size and hash, errors by name and message, since stack and code frames
 * differ between kernels and their versions.
 *
 * @param mask replaces what may differ from run to run
 * @param used gets the names of rules that found something
 */
export function describeOutputs(
  outputs: readonly Output[],
  mask: (text: string) => string,
  used: Set<string> = new Set(),
): string {
  const text = (type: string, value: string) => {
    const known = isMarkup(type) || isJsonType(type) ? withoutRandomIds(value) : value;
    if (known !== value) used.add("id");
    const told = tablesByValue(type, mask(known));
    return isMarkup(type) ? asDocument(told) : told;
  };
  return outputs
    .map((output) => {
      switch (output.output_type) {
        case "stream":
          return `[${output.name}]\n${endLine(text("text/plain", asShown(output.text)))}`;
        case "error":
          return `[error]\n${endLine(mask(withoutColours(`${output.ename}: ${output.evalue}`).trimEnd()))}`;
        default:
          return `[${output.output_type}]\n${describeData(output, text)}`;
      }
    })
    .join("");
}

type Text = (type: string, value: string) => string;

function describeData(output: DisplayOutput, text: Text): string {
  const types = Object.entries(output.data).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return types
    .map(([type, value]) => `${type}:\n${endLine(describeValue(type, value, text))}`)
    .join("");
}

function describeValue(type: string, value: unknown, text: Text): string {
  if (isJsonType(type)) return text(type, JSON.stringify(value, sortKeys, 2));
  const raw = typeof value === "string" ? value : JSON.stringify(value);
  return isText(type) ? text(type, raw) : describeBytes(raw.replace(/\s/g, ""));
}

function isMarkup(type: string): boolean {
  return /^text\/html|svg|xml/.test(type);
}

/** Whether data of a MIME type is text, not base64. */
export function isText(type: string): boolean {
  return /^text\/|svg|script|latex|xml/.test(type);
}

function describeBytes(base64: string): string {
  const size = pngSize(base64);
  const hash = createHash("sha256").update(base64).digest("hex").slice(0, 12);
  const bytes = Buffer.byteLength(base64, "base64");
  return `${size === undefined ? "" : `${size} pixels, `}${bytes} bytes, SHA-256 ${hash}…`;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Marks a missing line end, so that it shows and counts. */
function endLine(text: string): string {
  return text.endsWith("\n") ? text : `${text}⏎̸\n`;
}

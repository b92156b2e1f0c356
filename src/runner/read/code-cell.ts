import type { Mask } from "../judge/compare/masks.js";
import type { Output } from "./output.js";
import { masksOf, ownMetadata } from "./own-metadata.js";
import { peerMarks } from "./peer-marks.js";
import { isObject, joined, storedOutput } from "./stored-output.js";

export interface CodeCell {
  /** Position among all cells of the notebook, from 0. */
  readonly index: number;
  readonly source: string;
  /** The cell's own, and those that marks of other tools stand for. */
  readonly tags: readonly string[];
  /** Stored outputs. */
  readonly outputs: readonly Output[];
  /** Whether it has no outputs because it never ran, as far as the file tells. */
  readonly isUnrun: boolean;
  /** Rules of this cell's own metadata. */
  readonly masks: readonly Mask[];
  /** What the expected error must say, in the metadata's words: see `cell-tags.ts`. */
  readonly raises?: string;
  /** Marks of other tools that apply to it, as they are written. */
  readonly peerMarks: readonly string[];
  /** Variables that are set after it has run. */
  readonly mocks: Readonly<Record<string, unknown>>;
  /** Code that runs after it. */
  readonly afterwards: string;
}

/**
 * Reads one cell of a notebook's JSON.
 *
 * @param index its position among all cells, from 0
 * @returns nothing for a cell without code
 * @throws {TypeError} says what is wrong with it
 */
export function readCodeCell(cell: Readonly<Record<string, unknown>>, index: number): CodeCell[] {
  const source = joined(cell["source"] ?? "", `the source of cell ${index + 1}`);
  if (cell["cell_type"] !== "code" || source.trim() === "") return [];
  const outputs = cell["outputs"] ?? [];
  if (!Array.isArray(outputs) || !outputs.every(isObject)) {
    throw new TypeError(`the outputs of cell ${index + 1} are not a list`);
  }
  const metadata = isObject(cell["metadata"]) ? cell["metadata"] : {};
  const tags = Array.isArray(metadata["tags"]) ? metadata["tags"].map(String) : [];
  const raises = ownMetadata(metadata)["raises"];
  if (raises !== undefined && typeof raises !== "string") {
    throw new TypeError(`"raises" in the metadata of cell ${index + 1} is not a text`);
  }
  const peers = peerMarks(source, tags, metadata);
  return [
    {
      index,
      source,
      tags: [...tags, ...peers.tags],
      outputs: outputs.map(storedOutput),
      isUnrun: outputs.length === 0 && typeof cell["execution_count"] !== "number",
      masks: masksOf(metadata),
      ...(raises === undefined ? {} : { raises }),
      peerMarks: peers.applied,
      mocks: peers.mocks,
      afterwards: peers.afterwards,
    },
  ];
}

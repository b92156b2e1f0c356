import { readMask, type Mask } from "../judge/compare/masks.js";
import { isObject } from "./stored-output.js";

/** What this runner reads of the metadata of a notebook or cell. */
export function ownMetadata(metadata: unknown): Readonly<Record<string, unknown>> {
  const own = isObject(metadata) ? metadata["notebook-runner"] : undefined;
  return isObject(own) ? own : {};
}

/** @throws {TypeError} when a rule is none */
export function masksOf(metadata: unknown): Mask[] {
  const { masks } = ownMetadata(metadata);
  if (masks === undefined) return [];
  if (!Array.isArray(masks)) throw new TypeError('"masks" in its metadata is not a list');
  return masks.map(readMask);
}

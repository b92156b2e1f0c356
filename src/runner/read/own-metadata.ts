import { readMask, type Mask } from "../judge/compare/masks.js";
import { isObject } from "./stored-output.js";

/** The keys of metadata that this runner reads; the second is what notebooks of the lab have. */
const KEYS = ["notebook-runner", "redis-lab"];

/** What this runner reads of the metadata of a notebook or cell. */
export function ownMetadata(metadata: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(metadata)) return {};
  return Object.assign(
    {},
    ...KEYS.map((key) => metadata[key]).filter(isObject),
  ) as object as Record<string, unknown>;
}

/** @throws {TypeError} when a rule is none */
export function masksOf(metadata: unknown): Mask[] {
  const { masks } = ownMetadata(metadata);
  if (masks === undefined) return [];
  if (!Array.isArray(masks)) throw new TypeError('"masks" in its metadata is not a list');
  return masks.map(readMask);
}

import type { Evaluation } from "./evaluation.js";
import type { Shape } from "./runtime-part.js";

/** Which part of the children a front end asks for. */
export interface Page {
  readonly filter?: string | undefined;
  readonly start?: number | undefined;
  /** 0 means all, too. */
  readonly count?: number | undefined;
}

interface Range {
  readonly start: number;
  readonly count: number;
}

/** So many elements are shown at once where a front end does not ask for pages. */
const AT_ONCE = 100;

/** How many children an object has. */
export function shapeOf(evaluation: Evaluation, objectId: string): Promise<Shape> {
  return evaluation.jsonOn<Shape>(objectId, "function(){return $kernel$.debug.shape(this)}");
}

/** An object that has some of the elements, or of the properties, as its own. */
export async function elementsOf(
  evaluation: Evaluation,
  objectId: string,
  start: number,
  count: number,
  isNamed: boolean,
): Promise<string | undefined> {
  const call = `function(){return $kernel$.debug.page(this,${start},${count},${isNamed})}`;
  return (await evaluation.callOn(objectId, call)).objectId;
}

/** The parts in which many elements are shown, at most a hundred; none for few elements. */
export function ranges(start: number, count: number): Range[] {
  if (count <= AT_ONCE) return [];
  let size = AT_ONCE;
  while (count / size > AT_ONCE) size *= AT_ONCE;
  return Array.from({ length: Math.ceil(count / size) }, (_, at) => ({
    start: start + at * size,
    count: Math.min(size, count - at * size),
  }));
}

export function isIndexName(name: string): boolean {
  return /^(0|[1-9]\d*)$/.test(name);
}

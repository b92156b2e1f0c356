/** The protocol counts code points, JavaScript counts UTF-16 units: they differ after an emoji. */
export function unitsOf(code: string, points: unknown): number {
  if (typeof points !== "number") return code.length;
  return Array.from(code).slice(0, Math.max(0, points)).join("").length;
}

/** The number of code points before an offset in UTF-16 units. */
export function pointsOf(code: string, units: number): number {
  return Array.from(code.slice(0, units)).length;
}

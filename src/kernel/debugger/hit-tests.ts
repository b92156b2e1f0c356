/** The ways in which a hit count can be asked for. */
export const HIT_TESTS = {
  ">=": (count: number, wanted: number) => count >= wanted,
  ">": (count: number, wanted: number) => count > wanted,
  "<=": (count: number, wanted: number) => count <= wanted,
  "<": (count: number, wanted: number) => count < wanted,
  "==": (count: number, wanted: number) => count === wanted,
  "%": (count: number, wanted: number) => wanted > 0 && count % wanted === 0,
} as const;

export interface HitCondition {
  readonly test: keyof typeof HIT_TESTS;
  readonly wanted: number;
}

/** Reads `5`, `>= 5`, `== 5`, `% 5` and the like; a bare number is the hit from which on it stops. */
export function readHitCondition(text: string): HitCondition | undefined {
  const [, operator = "", number] = /^\s*(>=|<=|===?|>|<|%)?\s*(\d+)\s*$/.exec(text) ?? [];
  if (number === undefined) return undefined;
  const test = operator.startsWith("==") ? "==" : operator === "" ? ">=" : operator;
  return { test: test as keyof typeof HIT_TESTS, wanted: Number(number) };
}

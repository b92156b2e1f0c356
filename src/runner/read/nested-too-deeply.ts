/** Far more than any notebook has; JSON.stringify runs out of stack at some thousands. */
export const MOST_LEVELS = 500;

/** Whether a JSON value could be read but not be written again. */
export function nestedTooDeeply(value: unknown, levels = MOST_LEVELS): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => nestedTooDeeply(part, levels - 1));
}

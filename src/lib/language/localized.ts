import { basename } from "node:path";

// A cell may change the folder later.
const isPolish = basename(process.cwd()) === "pl";

/**
 * What an exercise says, in the language of the notebook. Wherever a notebook runs, its kernel begins in
 * the notebook's folder, and the Polish ones are in `pl`.
 */
export async function localized(text: string): Promise<string> {
  if (!isPolish) return text;
  // Its tables are not read for who needs none.
  const { inPolish } = await import("./in-polish.js");
  return inPolish(text);
}

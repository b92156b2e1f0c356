import { basename } from "node:path";
import { inPolish } from "./in-polish.js";

// A cell may change the folder later.
const isPolish = basename(process.cwd()) === "pl";

/**
 * What an exercise says, in the language of the notebook. Wherever a notebook runs, its kernel begins in
 * the notebook's folder, and the Polish ones are in `pl`.
 */
export function localized(text: string): string {
  return isPolish ? inPolish(text) : text;
}

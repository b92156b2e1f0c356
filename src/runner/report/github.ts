import type { Notebook } from "../read/notebook.js";
import type { Reporter } from "../run/run-events.js";
import { shortPath } from "../read/select-files.js";
import { harmless } from "./harmless.js";
import { shortened } from "./shortened.js";
import { VERDICTS, type Failure } from "../judge/verdicts.js";
import { whereIs } from "./describe-failure.js";
import { lineInFile } from "./line-in-file.js";

/** What is told of a failure, in characters; GitHub cuts at 64 KB. */
const LONGEST = 20_000;

/**
 * Prints workflow commands, by which GitHub shows each failure on its line of the .ipynb.
 *
 * Source: GitHub documentation, "Workflow commands for GitHub Actions".
 */
export function githubReport(write: (text: string) => void): Reporter {
  return (event) => {
    if (event.type !== "end") return;
    const { result } = event;
    for (const failure of result.failures) {
      const title = `${VERDICTS[failure.verdict].title}${whereIs(result, failure)}`;
      const place = Object.entries({
        file: shortPath(result.notebook.file),
        line: fileLine(result.notebook, failure),
        title,
      }).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
      const text = [failure.message, failure.detail?.trimEnd()].filter(Boolean).join("\n");
      write(`::error ${place.join(",")}::${escapeData(shortened(text, LONGEST))}\n`);
    }
  };
}

/** Line of the notebook's file, from 1. */
export function fileLine(
  { text, original, plainText }: Notebook,
  { cellIndex, line }: Failure,
): number {
  if (cellIndex === undefined) return 1;
  const added = original?.addedCell;
  // A cell that holds parameters stands in no file.
  const index = added !== undefined && cellIndex > added ? cellIndex - 1 : cellIndex;
  if (plainText) return (plainText.lines[index] ?? 1) + (line ?? 1) - 1;
  return lineInFile(original?.text ?? text, index, line);
}

function escapeData(text: string): string {
  return harmless(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

import type { Document } from "./document.js";
import { TypeServerError } from "./errors.js";
import { namesInReach } from "./names-in-reach.js";
import type { Cell } from "./read-cell.js";
import { scanOpen } from "./scan.js";
import type { Scope } from "./scope.js";
import type { TypeProject } from "./type-project.js";

export interface Completion {
  readonly matches: string[];
  /** Range in the code that a match replaces, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** `_jupyter_types_experimental`: text and kind of each match, as front ends show them. */
  readonly metadata?: object;
}

/** An entry of the checker's list; `kind` is that of the Language Server Protocol. */
interface Entry {
  readonly name: string;
  readonly kind?: number;
  readonly sortText?: string;
  readonly insertText?: string;
}

interface Candidate {
  readonly text: string;
  readonly kind: string;
  /** Sorts before the name. */
  readonly rank: string;
}

const LIMIT = 200;

/** Names of CompletionItemKind. Source: Language Server Protocol 3.17. */
const KINDS =
  "text method function constructor property variable class interface module property unit value enum keyword snippet color file reference folder enumMember constant struct event operator typeParameter".split(
    " ",
  );

export function noCompletion(cursor: number): Completion {
  return { matches: [], start: cursor, end: cursor };
}

/** Completes a cell that has been written into the project's document. */
export async function completeCell(
  project: TypeProject,
  scope: Scope,
  cell: Cell,
  document: Document,
  cursor: number,
): Promise<Completion> {
  const before = cell.code.slice(0, cursor);
  const { within, start: quote } = scanOpen(before);
  const word = /#?[\p{ID_Continue}$\u200C\u200D]*$/u.exec(before)?.[0] ?? "";
  const entries = await ask(project, document.toDocument(cursor));
  if (entries === undefined) {
    const globals = await project.globals();
    const names = namesInReach(scope, cell, cursor, globals);
    const candidates = names.map(({ name, kind }, index) => ({
      text: name,
      kind,
      rank: String(index).padStart(6, "0"),
    }));
    return list(candidates, word, cursor);
  }
  const candidates = entries
    .filter(({ name }) => !name.includes("$lab"))
    .map(({ name, kind, sortText = "" }) => ({
      // An optional member is listed with a question mark.
      text: name.replace(/\?$/, ""),
      kind: KINDS[(kind ?? 6) - 1] ?? "variable",
      rank: sortText,
    }));
  if (within !== "string" && within !== "template") {
    return list(
      candidates.filter(({ text }) => isName(text)),
      word,
      cursor,
    );
  }
  // The name of a package is given whole, of a path only what comes after the last slash.
  const typed = before.slice(quote + 1);
  const whole = list(candidates, typed, cursor);
  return whole.matches.length > 0
    ? whole
    : list(candidates, typed.slice(typed.lastIndexOf("/") + 1), cursor);
}

/** @returns undefined where any name in reach could stand */
async function ask(project: TypeProject, position: number): Promise<readonly Entry[] | undefined> {
  try {
    const answer = await project.ask<{ entries: readonly Entry[] } | null>(
      "getCompletionsAtPosition",
      { position },
    );
    return answer?.entries ?? [];
  } catch (error) {
    // The process lists such names only along with what could be imported, which it cannot here.
    if (error instanceof TypeServerError && error.message.includes("auto imports"))
      return undefined;
    throw error;
  }
}

function list(candidates: readonly Candidate[], typed: string, cursor: number): Completion {
  const small = typed.toLowerCase();
  const compare = (a: Candidate, b: Candidate) =>
    Number(b.text.startsWith(typed)) - Number(a.text.startsWith(typed)) ||
    (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0) ||
    (a.text < b.text ? -1 : 1);
  const chosen = candidates
    .filter(({ text }) => text.toLowerCase().startsWith(small))
    .toSorted(compare)
    .slice(0, LIMIT);
  return {
    matches: chosen.map(({ text }) => text),
    start: cursor - typed.length,
    end: cursor,
    metadata: {
      _jupyter_types_experimental: chosen.map(({ text, kind }) => ({ text, type: kind })),
    },
  };
}

function isName(text: string): boolean {
  return /^#?[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*$/u.test(text);
}

import type { Document } from "./document.js";
import { TypeServerError } from "./errors.js";
import { jsdocTags } from "./jsdoc-tags.js";
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
  /** All names in reach were listed: a value may stand here. */
  readonly isOpen?: boolean;
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
  const { word, rest } = wordAt(cell.code, cursor);
  const documented = jsdocTags(before);
  if (documented) {
    const { tags, typed } = documented;
    const candidates = tags.map((text) => ({ text, kind: "keyword", rank: "" }));
    return list(candidates, { typed, rest, cursor });
  }
  const entries = await ask(project, document.toDocument(cursor));
  if (entries === undefined) {
    const globals = await project.globals();
    const all = namesInReach(scope, cell, cursor, globals);
    // Of names like `_Blob`, which @types/node has for itself, only who types one thinks.
    const isMeant = (name: string) => isName(name) && (word !== "" || !/^_[A-Z]/.test(name));
    const names = all.filter(({ name }) => isMeant(name));
    const candidates = names.map(({ name, kind, isGlobal }, index) => ({
      text: name,
      kind,
      rank: isGlobal ? "global" : String(index).padStart(6, "0"),
    }));
    return { ...list(candidates, { typed: word, rest, cursor }), isOpen: true };
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
    const names = candidates.filter(({ text }) => isName(text));
    return list(names, { typed: word, rest, cursor, anywhere: true });
  }
  // The name of a package is given whole, of a path only what comes after the last slash.
  const typed = before.slice(quote + 1);
  const restOfText = /^[\w@./-]*(?=["'`])/.exec(cell.code.slice(cursor))?.[0] ?? "";
  const whole = list(candidates, { typed, rest: restOfText, cursor });
  if (whole.matches.length > 0) return whole;
  const part = typed.slice(typed.lastIndexOf("/") + 1);
  return list(candidates, { typed: part, rest: restOfText, cursor });
}

/** The word around a cursor: what of it stands before, and what behind. */
export function wordAt(code: string, cursor: number): { word: string; rest: string } {
  const word = /#?[\p{ID_Continue}$\u200C\u200D]*$/u.exec(code.slice(0, cursor))?.[0] ?? "";
  const rest = /^[\p{ID_Continue}$\u200C\u200D]*/u.exec(code.slice(cursor))?.[0] ?? "";
  return { word, rest };
}

/** Adds the texts that may stand at the cursor, in quotes and before all names. */
export function withLiterals(
  found: Completion,
  texts: readonly string[],
  word: string,
): Completion {
  const literals = texts
    .map((text) => JSON.stringify(text))
    .filter((text) => text.slice(1).toLowerCase().startsWith(word.toLowerCase()));
  const { _jupyter_types_experimental: types = [] } = (found.metadata ?? {}) as {
    _jupyter_types_experimental?: readonly object[];
  };
  return {
    ...found,
    matches: [...literals, ...found.matches],
    metadata: {
      _jupyter_types_experimental: [
        ...literals.map((text) => ({ text, type: "constant" })),
        ...types,
      ],
    },
  };
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

interface Typed {
  readonly typed: string;
  /** What of the word stands behind the cursor: a match replaces it, too. */
  readonly rest: string;
  readonly cursor: number;
  /** Names in which the word stands further behind are listed last. */
  readonly anywhere?: boolean;
}

function list(
  candidates: readonly Candidate[],
  { typed, rest, cursor, anywhere }: Typed,
): Completion {
  const whole = chosenFor(candidates, typed + rest, anywhere === true);
  const chosen = whole.length > 0 || rest === "" ? whole : chosenFor(candidates, typed, false);
  return {
    matches: chosen.map(({ text }) => text),
    start: cursor - typed.length,
    end: cursor + rest.length,
    metadata: {
      _jupyter_types_experimental: chosen.map(({ text, kind }) => ({ text, type: kind })),
    },
  };
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function chosenFor(candidates: readonly Candidate[], word: string, anywhere: boolean): Candidate[] {
  const small = word.toLowerCase();
  const fit = ({ text }: Candidate) => {
    if (text.startsWith(word)) return 0;
    const at = text.toLowerCase().indexOf(small);
    return at === 0 ? 1 : at > 0 && anywhere && word.length > 1 ? 2 : 3;
  };
  return candidates
    .filter((one) => fit(one) < 3)
    .toSorted(
      (a, b) =>
        fit(a) - fit(b) ||
        order(a.rank, b.rank) ||
        order(a.text.toLowerCase(), b.text.toLowerCase()) ||
        order(a.text, b.text),
    )
    .slice(0, LIMIT);
}

function isName(text: string): boolean {
  return /^#?[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*$/u.test(text);
}

import { createHash } from "node:crypto";

/** The Polish of one Markdown cell. */
export interface TranslatedCell {
  readonly id: string;
  /** Of the English cell that it was made from; undefined when nobody has stamped it yet. */
  readonly fingerprint: string | undefined;
  readonly text: string;
}

const MARKER = /^<!-- cell (\S+?)(?: ([\da-f]{8}))? -->[ \t]*$/;

/** Reads `translations/pl/NAME.md`: after each line `<!-- cell ID FINGERPRINT -->` a cell's Markdown. */
export function readTranslation(text: string): TranslatedCell[] {
  const cells: { id: string; fingerprint: string | undefined; lines: string[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, id, fingerprint] = MARKER.exec(line) ?? [];
    if (id !== undefined) cells.push({ id, fingerprint, lines: [] });
    // What stands above the first marker is a note to translators.
    else cells.at(-1)?.lines.push(line);
  }
  return cells.map(({ lines, ...cell }) => ({ ...cell, text: lines.join("\n").trim() }));
}

/** The text of a translation with another fingerprint behind some of its cells. */
export function stamped(text: string, fingerprints: ReadonlyMap<string, string>): string {
  const stampedLine = (line: string) => {
    const id = MARKER.exec(line)?.[1];
    const fingerprint = id === undefined ? undefined : fingerprints.get(id);
    return fingerprint === undefined ? line : `<!-- cell ${id} ${fingerprint} -->`;
  };
  return text.split("\n").map(stampedLine).join("\n");
}

/** Tells whether an English cell is still the one that was translated. */
export function fingerprintOf(english: string): string {
  return createHash("sha256").update(english.trim()).digest("hex").slice(0, 8);
}

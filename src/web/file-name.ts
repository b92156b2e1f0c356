const MAX_LENGTH = 200;
/** Control characters, and those that turn the direction of the text around them. */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * A name to call an uploaded file by. It is shown and goes into the names in the zip; no path is ever
 * made of it.
 *
 * @param sent as the browser sent it: any characters, any length, or nothing
 */
export function fileName(sent: string | undefined): string {
  const name = (sent ?? "").split(/[/\\]/).at(-1)?.replace(UNSEEN, "").trim();
  if (!name) return "picture";
  if (name.length <= MAX_LENGTH) return name;
  // The end stays: it says what kind of file it is. A character that is cut in two goes.
  return `${name.slice(0, MAX_LENGTH - 21)}…${name.slice(-20)}`.replace(/\p{Cs}/gu, "");
}

/** What its archive is called when it is downloaded. */
export const archiveName = (name: string): string => `${name.replace(/\.[^.]{1,5}$/, "")}.zip`;

/** Not seen, but no command begins or ends across it. */
const BREAK = "\u200b";

/** A sequence that only colours what follows. */
const ONE_COLOUR = "\\u001b\\[[\\d;:]*m";
const COLOUR = new RegExp(ONE_COLOUR, "g");
/** What moves, erases, renames or reverses: all control characters but tab and line end. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Workflow commands of GitHub at the start of a line, and those of GitHub, Azure and others anywhere. */
const COMMAND_LINE = new RegExp(`^((?:[^\\S\\n]|${ONE_COLOUR})*):(?=(?:${ONE_COLOUR})*:)`, "gm");
const COMMAND = new RegExp(`#(?=(?:${ONE_COLOUR})*#(?:\\w|${ONE_COLOUR})*\\[)`, "g");

/**
 * A text that a notebook can influence, made harmless to print: a terminal only colours it, and a CI
 * server finds no command in it.
 */
export function harmless(text: string): string {
  const pieces = text.replaceAll("\r\n", "\n").split(COLOUR);
  const colours = text.match(COLOUR) ?? [];
  return pieces
    .map((piece, index) => piece.replace(CONTROL, pictureOf) + (colours[index] ?? ""))
    .join("")
    .replace(COMMAND_LINE, `$1:${BREAK}`)
    .replace(COMMAND, `#${BREAK}`);
}

/** As `harmless`, in one line and without colours: for names of files and errors. */
export function harmlessLine(text: string): string {
  return harmless(text.replace(COLOUR, "").replace(/[\n\t\u2028\u2029]/g, pictureOf));
}

/** The picture that Unicode has of a control character, or a mark of what cannot be shown. */
function pictureOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}

/**
 * A text as a terminal would show it: `\b` steps back, `\r` returns to the line's start, and what
 * follows overwrites what is there. As JupyterLab does, so that a progress bar is stored as one line.
 *
 * What ends in `\r` or `\b` keeps them, since the next text may go on from there.
 */
export function asShown(text: string): string {
  // Most texts have neither, and some have 20 MB.
  if (!text.includes("\r") && !text.includes("\b")) return text;
  return text
    .split("\n")
    .map((line, index, lines) => overwritten(line, index === lines.length - 1))
    .join("\n");
}

function overwritten(line: string, isLast: boolean): string {
  const [, body = "", moves = ""] = /^([^]*?)([\r\b]*)$/.exec(line) ?? [];
  if (!/[\r\b]/.test(body)) return isLast ? line : body;
  const shown: string[] = [];
  let column = 0;
  // By code points: half a character is none.
  for (const character of body) {
    if (character === "\r") column = 0;
    else if (character === "\b") column = Math.max(0, column - 1);
    else shown[column++] = character;
  }
  return shown.join("") + (isLast ? moves : "");
}

import { display } from "./display.js";
import { escapeHtml } from "./table.js";

export interface Picture {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Width in pixels as it is shown; default: its own. */
  readonly width?: number;
}

/** What a browser shows, by the first bytes. */
const TYPES: readonly [magic: string, type: string][] = [
  ["\xff\xd8\xff", "image/jpeg"],
  ["\x89PNG", "image/png"],
  ["GIF8", "image/gif"],
  ["RIFF", "image/webp"],
];

/**
 * Shows pictures side by side, each with its name below; a chessboard shows through what is
 * transparent. Outside a notebook their names and bytes are printed.
 */
export function pictures(...all: readonly Picture[]): void {
  const figures = all.map(({ name, bytes, width }) => {
    const start = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
    const type = TYPES.find(([magic]) => start.startsWith(magic))?.[1] ?? "image/avif";
    // A slash could be taken for a path of this machine, which a stored notebook must not show.
    const base64 = Buffer.from(bytes).toString("base64").replaceAll("/", "%2F");
    const source = `data:${type};base64,${base64}`;
    const size = width === undefined ? "" : ` width="${width}"`;
    const label = escapeHtml(name);
    return (
      `<figure style="display:inline-block;margin:0 16px 8px 0;vertical-align:bottom">` +
      `<img src="${source}" alt="${label}"${size} style="background:${CHESSBOARD}">` +
      `<figcaption>${label}</figcaption></figure>`
    );
  });
  if (display("text/html", figures.join("\n"))) return;
  for (const { name, bytes } of all) console.log(`${name}: ${bytes.length} bytes`);
}

const CHESSBOARD = "repeating-conic-gradient(#ddd 0 25%,#fff 0 50%) 0 0/16px 16px";

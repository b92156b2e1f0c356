import { isJsonType } from "../../read/output.js";
import type { DisplayOutput, Output } from "../../read/output.js";
import { ansiToHtml } from "./ansi.js";
import { escapeHtml } from "./escape.js";

/** What is shown of a text, in lines and in characters: a page of 20 MB helps nobody. */
const LINES = 400;
const CHARACTERS = 60_000;

/** The outputs of a cell as a person would see them in JupyterLab. */
export function outputsToHtml(outputs: readonly Output[]): string {
  return outputs.map(outputToHtml).join("\n");
}

function outputToHtml(output: Output): string {
  switch (output.output_type) {
    case "stream":
      return text(output.text, output.name);
    case "error":
      return text(output.traceback.join("\n") || `${output.ename}: ${output.evalue}`, "stderr");
    default:
      return richest(output);
  }
}

/** The best of what the kernel offers of one output. */
function richest({ data }: DisplayOutput): string {
  const string = (type: string) => (typeof data[type] === "string" ? data[type] : undefined);
  const alt = escapeHtml((string("text/plain") ?? "").slice(0, 200) || "picture");
  const html = string("text/html");
  if (html !== undefined) return frame(html);
  const svg = string("image/svg+xml");
  if (svg !== undefined) {
    const base64 = Buffer.from(svg).toString("base64");
    return `<img src="data:image/svg+xml;base64,${base64}" alt="${alt}">`;
  }
  for (const type of ["image/png", "image/jpeg", "image/gif", "image/webp"]) {
    const picture = string(type);
    if (picture === undefined) continue;
    return `<img src="data:${type};base64,${escapeHtml(picture.replace(/\s/g, ""))}" alt="${alt}">`;
  }
  const plain = string("text/plain") ?? string("text/markdown") ?? string("text/latex");
  if (plain !== undefined) return text(plain, "result");
  const [type, value] = Object.entries(data)[0] ?? ["nothing", ""];
  return text(isJsonType(type) ? JSON.stringify(value, undefined, 2) : `[${type}]`, "result");
}

/**
 * HTML of a notebook's own in a frame, where its styles stay and its scripts do not run; the page's
 * script makes the frame as high as what is in it.
 */
function frame(html: string): string {
  const look =
    "<style>body{margin:0;font:14px system-ui,sans-serif;color:#1c2733;background:#fff}" +
    "table{border-collapse:collapse}th,td{padding:.25em .7em;border-bottom:1px solid #d5dde5;" +
    "text-align:left}</style>";
  return `<iframe sandbox="allow-same-origin" loading="lazy" title="HTML output" srcdoc="${escapeHtml(look + html)}"></iframe>`;
}

function text(whole: string, kind: "stdout" | "stderr" | "result"): string {
  const lines = whole.replace(/\n$/, "").split("\n");
  const shown = lines.slice(0, LINES).join("\n").slice(0, CHARACTERS);
  const isCut = lines.length > LINES || shown.length === CHARACTERS;
  const note = isCut
    ? `<p class="note">Cut: ${lines.length} lines, ${whole.length} characters in all.</p>`
    : "";
  return `<pre class="${kind}" tabindex="0">${ansiToHtml(shown)}</pre>${note}`;
}

import type { PictureDifference } from "../../judge/compare/pictures.js";
import { firstLines } from "../shortened.js";
import { escapeHtml } from "./escape.js";

/** What is shown of a diff, in lines and in characters of a line. */
const LINES = 1000;
const LONGEST_LINE = 2000;

/** A unified diff, its lines marked; the rules that were applied stand above it. */
export function diffToHtml(diff: string): string {
  const lines = firstLines(diff, LINES, LONGEST_LINE)
    .split("\n")
    .map((line) => {
      const kind = /^(?:\+\+\+|---) /.test(line)
        ? "file"
        : line.startsWith("+")
          ? "added"
          : line.startsWith("-")
            ? "removed"
            : line.startsWith("@@")
              ? "place"
              : "same";
      return `<span class="diff-${kind}">${escapeHtml(line) || " "}</span>`;
    });
  return `<pre class="diff" tabindex="0" aria-label="difference to the stored outputs">${lines.join("\n")}</pre>`;
}

/** The pictures side by side, with one that shows where they differ. */
export function picturesToHtml(pictures: readonly PictureDifference[]): string {
  return pictures
    .map(({ expected, actual, diff, summary }) => {
      const shown = [
        { title: "stored", png: expected },
        { title: "now", png: actual },
        { title: "difference", png: diff },
      ].flatMap(({ title, png }) =>
        png === undefined
          ? []
          : [
              `<div><img src="data:image/png;base64,${png}" alt="${title} picture"><p>${title}</p></div>`,
            ],
      );
      return `<figure class="pictures"><div>${shown.join("")}</div><figcaption>${escapeHtml(summary)}</figcaption></figure>`;
    })
    .join("");
}

import type { TextCell, TextNotebook } from "./text-notebook.js";

/** A fence that begins a cell, of three backticks or more. */
const FENCE = /^(`{3,})\s*\{(code-cell|raw-cell)\}\s*(\S*)\s*$/;
/** Ends a Markdown cell; metadata of the next one may stand behind it. */
const BREAK = /^\+\+\+\s*(\{.*\})?\s*$/;

/**
 * Reads a notebook in MyST Markdown: `code-cell` directives are code, what stands between them is
 * Markdown.
 *
 * Source: MyST-NB documentation, "Text-based notebooks".
 */
export async function readMyst(text: string): Promise<TextNotebook> {
  // Loaded when needed: most notebooks are JSON.
  const yaml = await import("yaml");
  const lines = text.split("\n");
  const objectIn = (from: number, to: number) =>
    (yaml.parse(lines.slice(from, to).join("\n")) ?? {}) as Record<string, unknown>;
  const headEnd = lines[0] === "---" ? lines.indexOf("---", 1) : -1;
  const metadata = headEnd > 0 ? objectIn(1, headEnd) : {};
  const cells: TextCell[] = [];
  let language = "";
  let start = Math.max(0, headEnd + 1);
  let own: Record<string, unknown> = {};
  const closeMarkdown = (until: number) => {
    const body = lines.slice(start, until);
    const blank = body.findIndex((line) => line.trim() !== "");
    if (blank === -1) return;
    const source = body.slice(blank).join("\n").trimEnd();
    cells.push({ cell_type: "markdown", source, metadata: own, line: start + blank + 1 });
    own = {};
  };
  for (let at = start; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const cut = BREAK.exec(line);
    if (cut !== null) {
      closeMarkdown(at);
      own = cut[1] === undefined ? {} : (JSON.parse(cut[1]) as Record<string, unknown>);
      start = at + 1;
      continue;
    }
    const [, fence, kind, told = ""] = FENCE.exec(line) ?? [];
    if (fence === undefined) continue;
    closeMarkdown(at);
    if (kind === "code-cell") language ||= told.toLowerCase();
    let first = at + 1;
    const end = lines.findIndex((one, index) => index > at && one.trimEnd() === fence);
    const last = end === -1 ? lines.length : end;
    let options: Record<string, unknown> = {};
    if (lines[first] === "---") {
      const close = lines.indexOf("---", first + 1);
      options = objectIn(first + 1, close);
      first = close + 1;
    } else {
      const from = first;
      while (/^:[\w-]+:/.test(lines[first] ?? "")) first++;
      options = yaml.parse(
        lines
          .slice(from, first)
          .map((option) => option.slice(1))
          .join("\n"),
      ) as Record<string, unknown>;
      if (first > from && lines[first] === "") first++;
    }
    cells.push({
      cell_type: kind === "code-cell" ? "code" : "raw",
      source: lines.slice(first, last).join("\n"),
      metadata: options ?? {},
      line: first + 1,
    });
    [at, start, own] = [last, last + 1, {}];
  }
  closeMarkdown(lines.length);
  return { metadata: withLanguage(metadata, language), cells };
}

function withLanguage(metadata: Record<string, unknown>, language: string) {
  if (metadata["kernelspec"] !== undefined || language === "") return metadata;
  return { ...metadata, language_info: { name: language.replace(/^ipython\d?$/, "python") } };
}

/** Writes a notebook as MyST Markdown. */
export async function writeMyst({ metadata, cells }: TextNotebook): Promise<string> {
  const { stringify } = await import("yaml");
  const { language_info: info } = metadata as { language_info?: { name?: string } };
  const { kernelspec } = metadata as { kernelspec?: { language?: string } };
  const language = info?.name ?? kernelspec?.language ?? "";
  const parts: string[] = [];
  for (const [index, { cell_type, source, metadata: own }] of cells.entries()) {
    if (cell_type === "markdown") {
      const told = Object.keys(own).length > 0 ? ` ${JSON.stringify(own)}` : "";
      // Between two Markdown cells there is nothing else that parts them.
      if (told !== "" || cells[index - 1]?.cell_type === "markdown") parts.push(`+++${told}`);
      parts.push(source);
      continue;
    }
    const kind = cell_type === "code" ? `{code-cell} ${language}`.trimEnd() : "{raw-cell}";
    // Longer than any fence within.
    const longest = Math.max(2, ...[...source.matchAll(/^`{3,}/gm)].map(([ticks]) => ticks.length));
    const fence = "`".repeat(longest + 1);
    const options = Object.keys(own).length > 0 ? `---\n${stringify(own)}---\n` : "";
    parts.push(`${fence}${kind}\n${options}${source}\n${fence}`);
  }
  const head = Object.keys(metadata).length > 0 ? [`---\n${stringify(metadata)}---`] : [];
  return `${[...head, ...parts].join("\n\n")}\n`;
}

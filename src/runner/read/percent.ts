import type { TextCell, TextNotebook } from "./text-notebook.js";

/** Magics of IPython, which a script has in a comment. */
const MAGIC = /^(?:%{1,2}[A-Za-z]|!)/;

/**
 * Reads a script in percent format: a cell begins with `# %%`, may have a title and metadata behind it,
 * and is Markdown where it says `[markdown]`.
 *
 * Source: jupytext documentation, "The percent format".
 */
export async function readPercent(
  text: string,
  comment: string,
  language: string,
): Promise<TextNotebook> {
  const lines = text.split("\n");
  const { metadata, end } = await headerOf(lines, comment);
  const marker = new RegExp(`^${comment} ?%%+(?!\\w)(.*)$`);
  const cells: TextCell[] = [];
  let head = "";
  let start = end;
  let isMarked = false;
  const close = (until: number) => {
    const body = lines.slice(start, until);
    const blank = body.findIndex((line) => line.trim() !== "");
    if (blank === -1 && !isMarked) return;
    cells.push(cellOf(head, body, Math.max(0, blank), { start, comment, language }));
  };
  for (let at = end; at < lines.length; at++) {
    const found = marker.exec(lines[at] ?? "");
    if (found === null) continue;
    close(at);
    [head, start, isMarked] = [found[1] ?? "", at + 1, true];
  }
  close(lines.length);
  return { metadata, cells };
}

interface Place {
  readonly start: number;
  readonly comment: string;
  readonly language: string;
}

function cellOf(head: string, body: readonly string[], blank: number, place: Place): TextCell {
  const [, kind = ""] = /\[(markdown|md|raw)\]/.exec(head) ?? [];
  const cell_type = kind === "" ? "code" : kind === "raw" ? "raw" : "markdown";
  const shown = body.slice(blank).join("\n").trimEnd().split("\n");
  const source =
    cell_type === "code"
      ? shown.map((line) => (place.language === "python" ? withMagic(line) : line))
      : uncommented(shown, place.comment);
  const metadata = metadataOf(head);
  return { cell_type, source: source.join("\n"), metadata, line: place.start + blank + 1 };
}

function withMagic(line: string): string {
  const bare = line.replace(/^# /, "");
  return bare !== line && MAGIC.test(bare) ? bare : line;
}

function uncommented(lines: readonly string[], comment: string): string[] {
  const [first = "", last = ""] = [lines[0], lines.at(-1)];
  if (/^(?:"""|''')/.test(first) && /(?:"""|''')$/.test(last) && lines.length > 1) {
    const inner = [first.slice(3), ...lines.slice(1, -1), last.slice(0, -3)];
    return inner
      .join("\n")
      .replace(/^\n|\n$/g, "")
      .split("\n");
  }
  return lines.map((line) =>
    line.startsWith(comment) ? line.slice(comment.length).replace(/^ /, "") : line,
  );
}

/** `key=value` pairs with JSON values; what stands before them is a title. */
function metadataOf(head: string): Record<string, unknown> {
  const rest = head.replace(/\[(?:markdown|md|raw)\]/, "");
  const metadata: Record<string, unknown> = {};
  const pairs = [...rest.matchAll(/(?:^|\s)([\w.-]+)=/g)];
  const title = (pairs[0] === undefined ? rest : rest.slice(0, pairs[0].index)).trim();
  if (title !== "") metadata["title"] = title;
  for (const [index, pair] of pairs.entries()) {
    const value = rest.slice(pair.index + pair[0].length, pairs[index + 1]?.index).trim();
    try {
      metadata[pair[1] ?? ""] = JSON.parse(value) as unknown;
    } catch {
      metadata[pair[1] ?? ""] = value;
    }
  }
  return metadata;
}

/** A YAML header in comments, the notebook's metadata below `jupyter`. */
async function headerOf(lines: readonly string[], comment: string) {
  const first = lines.findIndex((line) => line.trim() !== "" && !line.startsWith("#!"));
  const last = lines.findIndex((line, at) => at > first && line === `${comment} ---`);
  if (lines[first] !== `${comment} ---` || last === -1) return { metadata: {}, end: 0 };
  // Loaded when needed: most notebooks are JSON.
  const yaml = await import("yaml");
  const text = uncommented(lines.slice(first + 1, last), comment).join("\n");
  const { jupyter = {} } = (yaml.parse(text) ?? {}) as { jupyter?: Record<string, unknown> };
  return { metadata: jupyter, end: last + 1 };
}

/** Writes a notebook as a script in percent format. */
export async function writePercent(
  { metadata, cells }: TextNotebook,
  comment: string,
  language: string,
): Promise<string> {
  const { stringify } = await import("yaml");
  const commented = (text: string) =>
    text.split("\n").map((line) => (line === "" ? comment : `${comment} ${line}`));
  const header =
    Object.keys(metadata).length === 0
      ? []
      : [commented(`---\n${stringify({ jupyter: metadata })}---`).join("\n")];
  const parts = cells.map(({ cell_type, source, metadata: { title, ...rest } }) => {
    const pairs = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
    const kind = cell_type === "code" ? [] : [`[${cell_type}]`];
    const head = [
      `${comment} %%`,
      ...(title === undefined ? [] : [typeof title === "string" ? title : JSON.stringify(title)]),
      ...kind,
      ...pairs,
    ];
    const lines = source.split("\n");
    const isMagic = (line: string) => language === "python" && MAGIC.test(line);
    const body =
      cell_type === "code"
        ? lines.map((line) => (isMagic(line) ? `# ${line}` : line))
        : commented(source);
    return [head.join(" "), ...(source === "" ? [] : body)].join("\n");
  });
  return `${[...header, ...parts].join("\n\n")}\n`;
}

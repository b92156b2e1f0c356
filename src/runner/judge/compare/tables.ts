/**
 * Tables in the form of their values: a line for each row, cells without their padding. Their
 * borders, column widths and styles may differ (Node 22 pads console.table otherwise than Node 20).
 */
export function tablesByValue(type: string, text: string): string {
  return type === "text/html" ? htmlTables(text) : boxTables(text);
}

/** Tables drawn as console.table does. */
function boxTables(text: string): string {
  if (!text.includes("┌")) return text;
  return text
    .split("\n")
    .filter((line) => !/^\s*[┌├└][─┬┼┴]*[┐┤┘]\s*$/.test(line))
    .map((line) => (/^\s*│.*│\s*$/.test(line) ? row(line.trim().slice(1, -1).split("│")) : line))
    .join("\n");
}

function htmlTables(html: string): string {
  return html.replace(/<table\b[^>]*>((?:(?!<table\b)[^])*?)<\/table>/gi, (_, body: string) => {
    const rows = body.split(/<tr\b[^>]*>/i).slice(1);
    const lines = rows.map((cells) =>
      row(
        cells
          .split(/<t[hd]\b[^>]*>/i)
          .slice(1)
          .map(plainText),
      ),
    );
    return `\n${lines.join("\n")}\n`;
  });
}

function row(cells: readonly string[]): string {
  return `│ ${cells.map((cell) => cell.trim()).join(" │ ")} │`;
}

function plainText(html: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', nbsp: " ", amp: "&" };
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .replace(/&(\w+);/g, (entity, name: string) => entities[name] ?? entity);
}

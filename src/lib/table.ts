import { display } from "./display.js";

/**
 * Shows records as a table.
 *
 * @param rows objects, a column for each property in the order in which they first appear, or one
 *   object, shown as a row for each property. null shows as `(nil)`, a Buffer as its bytes.
 */
export function table(rows: readonly object[] | Readonly<Record<string, unknown>>): void {
  const records = Array.isArray(rows)
    ? (rows as readonly Record<string, unknown>[])
    : Object.entries(rows).map(([field, value]) => ({ field, value }));
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const html = [
    "<table>",
    `<tr>${columns.map((column) => `<th>${escapeHtml(column)}</th>`).join("")}</tr>`,
    ...records.map((record) => {
      const cells = columns.map((column) => cell((record as Record<string, unknown>)[column]));
      return `<tr>${cells.join("")}</tr>`;
    }),
    "</table>",
  ].join("\n");
  if (!display("text/html", html)) console.table(records);
}

function cell(value: unknown): string {
  const align = typeof value === "number" || typeof value === "bigint" ? "right" : "left";
  return `<td style="text-align:${align}">${escapeHtml(cellText(value))}</td>`;
}

function cellText(value: unknown): string {
  if (value === undefined) return "";
  if (value === null) return "(nil)";
  if (Buffer.isBuffer(value)) return `<Buffer ${value.toString("hex").replace(/..(?=.)/g, "$& ")}>`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

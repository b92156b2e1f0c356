import { inspect } from "node:util";

/** More rows and columns than these are better read another way. */
const MAX_ROWS = 200;
const MAX_COLUMNS = 30;

/**
 * An HTML table for an array of plain objects; undefined for other values, and for records that throw
 * when they are read.
 */
export function recordsTable(value: unknown): string | undefined {
  try {
    return table(value);
  } catch {
    return undefined;
  }
}

function table(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRecord)) return undefined;
  const columns = [...new Set(value.slice(0, MAX_ROWS).flatMap((row) => Object.keys(row)))];
  if (columns.length === 0 || columns.length > MAX_COLUMNS) return undefined;
  const head = columns.map((column) => `<th>${escape(column)}</th>`).join("");
  const rows = value.slice(0, MAX_ROWS).map((row, index) => {
    const cells = columns.map((column) => `<td>${column in row ? cell(row[column]) : ""}</td>`);
    return `<tr><th>${index}</th>${cells.join("")}</tr>`;
  });
  const more = value.length - MAX_ROWS;
  const note = more > 0 ? `<p>… and ${more} more rows</p>` : "";
  return (
    `<table><thead><tr><th></th>${head}</tr></thead>` +
    `<tbody>${rows.join("")}</tbody></table>${note}`
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function cell(value: unknown): string {
  return escape(typeof value === "string" ? value : inspect(value, { depth: 1 }));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

import { UsageError } from "../errors.js";
import { parseNotebook, type Notebook } from "./notebook.js";

/** Names of variables and their values, as JSON has them. */
export type Parameters = Readonly<Record<string, unknown>>;

/**
 * Reads `name=value` pairs; a value that is not JSON is a text.
 *
 * @throws {UsageError} for one without a name that a variable can have
 */
export function readParameters(pairs: readonly string[]): Parameters {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([A-Za-z_]\w*)=([^]*)$/.exec(pair) ?? [];
      if (name === undefined || value === undefined) {
        throw new UsageError(`-p takes the name of a variable and a value, as n=3, not "${pair}".`);
      }
      return [name, jsonOrText(value)];
    }),
  );
}

/**
 * Puts a cell into a notebook that sets variables, after the one tagged `parameters` or else before
 * the first code cell, as papermill does. One that an earlier run put there is replaced.
 *
 * @param language that of the kernel, in lower case
 * @throws {UsageError} for a language whose assignments are not known
 */
export function withParameters(
  notebook: Notebook,
  parameters: Parameters,
  language: string,
): Notebook {
  if (Object.keys(parameters).length === 0) return notebook;
  const json = JSON.parse(notebook.text) as { cells: Record<string, unknown>[] };
  const tagged = (tag: string) =>
    json.cells.findIndex((cell) => {
      const { tags } = (cell["metadata"] ?? {}) as { tags?: unknown };
      return Array.isArray(tags) && tags.includes(tag);
    });
  const earlier = tagged("injected-parameters");
  const declared = tagged("parameters");
  const first = json.cells.findIndex((cell) => cell["cell_type"] === "code");
  const at = earlier !== -1 ? earlier : declared !== -1 ? declared + 1 : Math.max(first, 0);
  const source = assignments(parameters, language, notebook.file);
  const metadata = { tags: ["injected-parameters"] };
  const cell = {
    cell_type: "code",
    execution_count: null,
    id: "injected-parameters",
    metadata,
    outputs: [],
    source,
  };
  json.cells.splice(at, earlier === -1 ? 0 : 1, cell);
  const original = { text: notebook.text, addedCell: earlier === -1 ? at : undefined };
  return { ...parseNotebook(notebook.file, JSON.stringify(json, undefined, 1)), original };
}

function assignments(parameters: Parameters, language: string, file: string): string {
  const pairs = Object.entries(parameters);
  switch (language) {
    case "python":
      return pairs.map(([name, value]) => `${name} = ${pythonLiteral(value)}`).join("\n");
    case "typescript":
    case "javascript":
    case "deno":
      // Declared anew, since the cell before may have said const.
      return pairs.map(([name, value]) => `let ${name} = ${JSON.stringify(value)};`).join("\n");
    default:
      throw new UsageError(
        `${file}: -p cannot set variables of the language "${language}": it knows TypeScript, ` +
          "JavaScript and Python.",
      );
  }
}

function pythonLiteral(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value);
    return `{${entries.map(([key, one]) => `${JSON.stringify(key)}: ${pythonLiteral(one)}`).join(", ")}}`;
  }
  return JSON.stringify(value);
}

function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

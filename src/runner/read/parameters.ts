import { UsageError } from "../errors.js";
import { ExactNumber, parseExact, type ExactValue } from "./exact-value.js";
import { LANGUAGES, literalOf } from "./languages.js";
import { parseNotebook, type Notebook } from "./notebook.js";

/** Names of variables and their values. */
export type Parameters = ReadonlyMap<string, ExactValue>;

/**
 * Reads `name=value` pairs; a value that is neither JSON nor a number is a text.
 *
 * @throws {UsageError} for one without a name that a variable can have
 */
export function readParameters(pairs: readonly string[]): Parameters {
  return new Map(
    pairs.map((pair) => {
      const [, name, value] = /^([A-Za-z_]\w*)=([^]*)$/.exec(pair) ?? [];
      if (name === undefined || value === undefined) {
        throw new UsageError(`-p takes the name of a variable and a value, as n=3, not "${pair}".`);
      }
      return [name, valueOrText(value)];
    }),
  );
}

function valueOrText(value: string): ExactValue {
  // Every language but JSON writes it so.
  const [, sign, fraction] = /^(-?)(\.\d+(?:[eE][+-]?\d+)?)$/.exec(value) ?? [];
  if (fraction !== undefined) return new ExactNumber(`${sign}0${fraction}`);
  try {
    return parseExact(value);
  } catch {
    return value;
  }
}

/**
 * Puts a cell into a notebook that sets variables, after the one tagged `parameters` or else before
 * the first code cell, as papermill does. One that an earlier run put there is replaced.
 *
 * @param language that of the kernel, in lower case
 * @throws {UsageError} for a language whose assignments are not known, and for a value that it cannot
 *   hold
 */
export function withParameters(
  notebook: Notebook,
  parameters: Parameters,
  language: string,
): Notebook {
  if (parameters.size === 0) return notebook;
  const json = JSON.parse(notebook.text) as {
    cells: Record<string, unknown>[];
    nbformat_minor?: number;
  };
  const tagged = (tag: string) =>
    json.cells.findIndex((cell) => {
      const { tags } = (cell["metadata"] ?? {}) as { tags?: unknown };
      return Array.isArray(tags) && tags.includes(tag);
    });
  const earlier = tagged("injected-parameters");
  const declared = tagged("parameters");
  const first = json.cells.findIndex((cell) => cell["cell_type"] === "code");
  const at = earlier !== -1 ? earlier : declared !== -1 ? declared + 1 : Math.max(first, 0);
  const cell = {
    cell_type: "code",
    execution_count: null,
    // Older formats know no id.
    ...((json.nbformat_minor ?? 0) >= 5 ? { id: "injected-parameters" } : {}),
    metadata: { tags: ["injected-parameters"] },
    outputs: [],
    source: assignments(parameters, language, notebook.file),
  };
  json.cells.splice(at, earlier === -1 ? 0 : 1, cell);
  const original = { text: notebook.text, addedCell: earlier === -1 ? at : undefined };
  const { plainText } = notebook;
  const text = JSON.stringify(json, undefined, 1);
  return { ...parseNotebook(notebook.file, text), original, ...(plainText ? { plainText } : {}) };
}

/**
 * Code that sets variables.
 *
 * @throws {UsageError} as `withParameters` does
 */
export function assignments(parameters: Parameters, name: string, file: string): string {
  const language = LANGUAGES[name];
  if (language === undefined) {
    throw new UsageError(
      `${file}: variables of the language "${name}" cannot be set: TypeScript, JavaScript, Python, ` +
        "R and Julia are known.",
    );
  }
  return [...parameters]
    .map(([variable, value]) => {
      try {
        return language.assign(variable, literalOf(value, language));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        const reason = `${file}: the parameter ${variable} cannot be set in ${name}: ${error.message}.`;
        throw new UsageError(`${reason} Pass it as a text, in quotes.`, { cause: error });
      }
    })
    .join("\n");
}

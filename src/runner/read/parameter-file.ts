import { readFile } from "node:fs/promises";
import { UsageError } from "../errors.js";
import { ExactNumber, type ExactValue } from "./exact-value.js";
import type { Parameters } from "./parameters.js";

/**
 * Reads parameters from a file in YAML or JSON: an object of names and values.
 *
 * @throws {UsageError} when it cannot be read, or says something else
 */
export async function readParameterFile(file: string): Promise<Parameters> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new UsageError(`--parameters ${file}: ${error.message}`, { cause: error });
  });
  // Loaded when needed: few runs have such a file. JSON is YAML, too.
  const yaml = await import("yaml");
  const document = yaml.parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error) throw new UsageError(`--parameters ${file}: ${error.message}`, { cause: error });
  const valueOf = (node: unknown): ExactValue => {
    if (yaml.isAlias(node)) return valueOf(node.resolve(document));
    if (yaml.isMap(node)) {
      return new Map(node.items.map(({ key, value }) => [String(key), valueOf(value)]));
    }
    if (yaml.isSeq(node)) return node.items.map(valueOf);
    if (!yaml.isScalar(node)) return null;
    const { value, source } = node;
    if (typeof value === "number") return new ExactNumber(numberText(value, source ?? ""));
    return typeof value === "string" || typeof value === "boolean" ? value : null;
  };
  const all = valueOf(document.contents);
  if (!(all instanceof Map)) {
    throw new UsageError(`--parameters ${file}: it holds no names with values, as n: 3.`);
  }
  for (const name of (all as Parameters).keys()) {
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      throw new UsageError(`--parameters ${file}: "${name}" is no name of a variable.`);
    }
  }
  return all as Parameters;
}

/** A number of YAML as JSON writes it. */
function numberText(value: number, source: string): string {
  if (Number.isNaN(value)) return "nan";
  if (/\.inf$/i.test(source)) return value > 0 ? "inf" : "-inf";
  if (/^0[ox]/.test(source)) return BigInt(source).toString();
  return source
    .replace(/^\+/, "")
    .replace(/^(-?)\./, "$10.")
    .replace(/\.(?=e|$)/i, ".0")
    .replace(/^(-?)0+(?=\d)/, "$1");
}

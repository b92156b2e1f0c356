import type { ExactNumber, ExactValue } from "./exact-value.js";

/** How a language writes down what parameters can be, and where its notebooks declare them. */
export interface Language {
  readonly assign: (name: string, literal: string) => string;
  readonly null: string;
  readonly booleans: readonly [no: string, yes: string];
  /** @throws {RangeError} for one that would be changed */
  readonly number: (number: ExactNumber) => string;
  readonly string: (text: string) => string;
  readonly list: (items: readonly string[]) => string;
  readonly object: (entries: readonly (readonly [key: string, literal: string])[]) => string;
  /** Infinity, minus infinity, not a number. */
  readonly special: Readonly<Record<"inf" | "-inf" | "nan", string>>;
  /** A declaration up to its value: named groups `name` and, where there is one, `type`. */
  readonly declaration: RegExp;
  readonly comment: string;
}

/** As JSON writes it, which each of these languages but R reads. */
const quoted = (text: string) => JSON.stringify(text);

/** A double holds these and nothing beyond. */
function asDouble(number: ExactNumber): string {
  const value = Number(number.text);
  if (!Number.isFinite(value)) throw new RangeError("is beyond what a number can hold");
  if (value === 0 && /[1-9]/.test(number.text.replace(/e.*/i, ""))) {
    throw new RangeError("is smaller than what a number can hold");
  }
  return number.text;
}

function asSafeInteger(number: ExactNumber): string {
  if (number.isInteger && !Number.isSafeInteger(Number(number.text))) {
    throw new RangeError("has more digits than a number can hold");
  }
  return asDouble(number);
}

const javascript: Language = {
  // Declared anew, since the cell before may have said const.
  assign: (name, literal) => `let ${name} = ${literal};`,
  null: "null",
  booleans: ["false", "true"],
  number: (number) =>
    number.isInteger && !Number.isSafeInteger(Number(number.text))
      ? `${number.text}n`
      : asDouble(number),
  string: quoted,
  list: (items) => `[${items.join(", ")}]`,
  object: (entries) =>
    // The name __proto__ would set the prototype.
    `{${entries.map(([key, literal]) => `${key === "__proto__" ? '["__proto__"]' : quoted(key)}: ${literal}`).join(", ")}}`,
  special: { inf: "Infinity", "-inf": "-Infinity", nan: "NaN" },
  declaration:
    /^(?:export\s+)?(?:const|let|var)\s+(?<name>[A-Za-z_$][\w$]*)\s*(?::\s*(?<type>(?:[^=]|=>)+?))?\s*=(?![=>])\s*/,
  comment: "//",
};

const python: Language = {
  assign: (name, literal) => `${name} = ${literal}`,
  null: "None",
  booleans: ["False", "True"],
  number: (number) => (number.isInteger ? number.text : asDouble(number)),
  string: quoted,
  list: (items) => `[${items.join(", ")}]`,
  object: (entries) =>
    `{${entries.map(([key, literal]) => `${quoted(key)}: ${literal}`).join(", ")}}`,
  special: { inf: 'float("inf")', "-inf": 'float("-inf")', nan: 'float("nan")' },
  declaration: /^(?<name>[A-Za-z_]\w*)\s*(?::\s*(?<type>[^=]+?))?\s*=(?!=)\s*/,
  comment: "#",
};

const r: Language = {
  assign: (name, literal) => `${name} <- ${literal}`,
  null: "NULL",
  booleans: ["FALSE", "TRUE"],
  number: asSafeInteger,
  string: (text) => {
    if (text.includes("\0")) throw new RangeError("holds a NUL character, which no text in R can");
    return quoted(text);
  },
  list: (items) => `list(${items.join(", ")})`,
  object: (entries) =>
    `list(${entries.map(([key, literal]) => `${quoted(key)} = ${literal}`).join(", ")})`,
  special: { inf: "Inf", "-inf": "-Inf", nan: "NaN" },
  declaration: /^(?<name>[A-Za-z.][\w.]*)\s*(?:<-|=(?!=))\s*/,
  comment: "#",
};

const julia: Language = {
  assign: (name, literal) => `${name} = ${literal}`,
  null: "nothing",
  booleans: ["false", "true"],
  // An integer of any length is exact: Julia takes a type that holds it.
  number: (number) => (number.isInteger ? number.text : asDouble(number)),
  string: (text) => quoted(text).replaceAll("$", "\\$"),
  list: (items) => `[${items.join(", ")}]`,
  object: (entries) =>
    `Dict(${entries.map(([key, literal]) => `${julia.string(key)} => ${literal}`).join(", ")})`,
  special: { inf: "Inf", "-inf": "-Inf", nan: "NaN" },
  declaration: /^(?:const\s+)?(?<name>[A-Za-z_]\w*)\s*(?:::\s*(?<type>[^=]+?))?\s*=(?!=)\s*/,
  comment: "#",
};

/** Languages by the names that kernels give them, in lower case. To add one, add it here. */
export const LANGUAGES: Readonly<Record<string, Language>> = {
  typescript: javascript,
  javascript,
  deno: javascript,
  python,
  r,
  julia,
};

/**
 * Writes a value down in a language.
 *
 * @throws {RangeError} says what of the value the language cannot hold
 */
export function literalOf(value: ExactValue, language: Language): string {
  if (value === null) return language.null;
  if (typeof value === "boolean") return language.booleans[value ? 1 : 0];
  if (typeof value === "string") return language.string(value);
  if (Array.isArray(value)) {
    return language.list((value as ExactValue[]).map((item) => literalOf(item, language)));
  }
  if (value instanceof Map) {
    const entries = [...(value as Map<string, ExactValue>)];
    return language.object(entries.map(([key, item]) => [key, literalOf(item, language)]));
  }
  return numberLiteral(value as ExactNumber, language);
}

function numberLiteral(value: ExactNumber, language: Language): string {
  const special = language.special[value.text as keyof Language["special"]];
  if (special !== undefined) return special;
  try {
    return language.number(value);
  } catch (error) {
    throw new RangeError(`${value.text} ${(error as Error).message}`, { cause: error });
  }
}

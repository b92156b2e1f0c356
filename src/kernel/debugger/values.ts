import type { Runtime } from "node:inspector";

export type RemoteObject = Runtime.RemoteObject;

/** So many characters of a value are shown in a list; `clipboard` gets all. */
const SHOWN = 1000;

/** So many elements of a list are shown in one line. */
const ITEMS = 20;

/** Whether a property is what Node adds to promises and timers to know the cell that made them. */
export function isAdded(name: string): boolean {
  return /^Symbol\((async_id_symbol|trigger_async_id_symbol|kResourceStore)\)$/.test(name);
}

/** A value in one line, as TypeScript writes it where it can. */
export function valueText(value: RemoteObject, limit = SHOWN): string {
  return shortened(fullText(value), limit);
}

function fullText(value: RemoteObject): string {
  const { type, subtype, description = "", preview } = value;
  if (type === "undefined") return "undefined";
  if (subtype === "null") return "null";
  if (type === "string") return JSON.stringify(value.value);
  if (type === "boolean") return String(value.value);
  if (type !== "object" && type !== "function") return description;
  if (type === "function") return signature(description);
  if (subtype === "error") return description.split("\n    at ")[0] as string;
  if (subtype === "date" || subtype === "regexp" || preview === undefined) return description;
  return previewText(preview);
}

/** The type as a person would name it: `string`, `Array(3)`, `Map(2)`, the class of an instance. */
export function typeName(value: RemoteObject): string {
  const { type, subtype, className, description = "" } = value;
  if (subtype === "null") return "null";
  if (type === "function") return description.startsWith("class") ? "class" : "function";
  if (type !== "object") return type;
  if (/^[\w$]+\(\d+\)$|^Proxy\(/.test(description)) return description;
  return className ?? "object";
}

/**
 * JupyterLab shows the value of what has one of Python's types, and of all else the type alone.
 */
export function typeForJupyterLab(value: RemoteObject): string | undefined {
  switch (value.type) {
    case "number":
      return Number.isSafeInteger(value.value) ? "int" : "float";
    case "string":
      return "str";
    case "boolean":
      return "bool";
    case "bigint":
    case "symbol":
      return undefined;
    default:
      return typeName(value);
  }
}

function signature(description: string): string {
  const isClass = /^class\b\s*([\w$]*)/.exec(description);
  if (isClass) return `class ${isClass[1]}`.trim();
  const head = /^(async\s*)?(function\s*\*?\s*)?([\w$]*)\s*(\([^)]*\))/.exec(description);
  return head ? `ƒ ${head[3]}${head[4]}` : shortened(description.split("\n")[0] as string, 60);
}

function previewText(preview: Runtime.ObjectPreview): string {
  const { subtype, description = "", entries } = preview;
  const isList = subtype === "array" || subtype === "typedarray";
  const all = preview.properties.filter(
    ({ name }) => !isAdded(name) && (subtype !== "typedarray" || /^\d+$/.test(name)),
  );
  const properties = isList ? all.slice(0, ITEMS) : all;
  const more = preview.overflow || properties.length < all.length ? ", …" : "";
  if (isList) {
    const items = properties.map(({ name, ...value }) =>
      /^\d+$/.test(name) ? propertyText(value) : `${name}: ${propertyText(value)}`,
    );
    return `${description.startsWith("Array(") ? "" : `${description} `}[${items.join(", ")}${more}]`;
  }
  if (entries !== undefined) {
    const items = entries.map(({ key, value }) => {
      const text = value.type === "object" ? (value.description ?? "") : partText(value);
      return key === undefined ? text : `${partText(key)} => ${text}`;
    });
    return `${description} {${items.join(", ")}${more}}`;
  }
  const items = properties.map(({ name, ...value }) => `${name}: ${propertyText(value)}`);
  const body = `{${items.join(", ")}${more}}`;
  return description === "Object" || description === "" ? body : `${description} ${body}`;
}

function propertyText({
  type,
  subtype,
  value = "",
}: Omit<Runtime.PropertyPreview, "name">): string {
  if (type === "string") return JSON.stringify(value);
  if (type === "function") return "ƒ";
  if (type === "accessor") return "(…)";
  return subtype === "error" ? (value.split("\n")[0] as string) : value;
}

function partText({ type, description = "" }: Runtime.ObjectPreview): string {
  return type === "string" ? JSON.stringify(description) : description;
}

function shortened(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

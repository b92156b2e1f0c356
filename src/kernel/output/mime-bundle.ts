import { formatWithOptions, types } from "node:util";
import { withSourceNames } from "../cell-names.js";
import { base64, drawn } from "./drawn.js";
import { textFor } from "./raw-bundle.js";
import { recordsTable } from "./records-table.js";

export interface MimeBundle {
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

/** A method under this symbol gives an object's own bundle. Source: Deno's Jupyter kernel. */
const DISPLAY = Symbol.for("Jupyter.display");

/** Methods that give one MIME type each. Source: IPython documentation, rich display. */
const HOOKS: Readonly<Record<string, string>> = {
  _repr_html_: "text/html",
  _repr_markdown_: "text/markdown",
  _repr_svg_: "image/svg+xml",
  _repr_png_: "image/png",
  _repr_jpeg_: "image/jpeg",
  _repr_latex_: "text/latex",
  _repr_json_: "application/json",
  _repr_javascript_: "application/javascript",
  _repr_pdf_: "application/pdf",
};

/**
 * Shows a value in all ways that it knows: its own hooks, elements and pictures as they look, records
 * as a table, and always as the text that `console.log` prints.
 *
 * @throws what a hook throws
 */
export async function mimeBundle(value: unknown): Promise<MimeBundle> {
  const steps = ownBundle(value);
  let step = steps.next();
  while (step.done !== true) step = steps.next(await step.value);
  return step.value ?? plainBundle(value, (await drawn(value)) ?? {});
}

/** The same at once, while the debugger holds the runtime: what is promised is left out. */
export function mimeBundleNow(value: unknown): MimeBundle {
  const steps = ownBundle(value);
  let step = steps.next();
  while (step.done !== true) step = steps.next(types.isPromise(step.value) ? null : step.value);
  return step.value ?? plainBundle(value, {});
}

function plainBundle(value: unknown, data: Record<string, unknown>): MimeBundle {
  data["text/plain"] ??= withSourceNames(formatWithOptions({ colors: false }, value));
  const table = recordsTable(value);
  if (table !== undefined) data["text/html"] = table;
  return { data, metadata: {} };
}

/** A bundle as it was given, with a text for front ends that show nothing else. */
export function completed(
  given: Readonly<Record<string, unknown>>,
  metadata: Record<string, unknown> = {},
): MimeBundle {
  const entries = Object.entries(given).map(([type, shown]) => [type, encoded(shown)]);
  const data = Object.fromEntries(entries) as Record<string, unknown>;
  data["text/plain"] ??= textFor(data);
  return { data, metadata };
}

/** Yields what the hooks give, and wants it back without its promise. */
function* ownBundle(value: unknown): Generator<unknown, MimeBundle | undefined, unknown> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return;
  const object = value as Record<string | symbol, unknown>;
  if (has(object, DISPLAY)) {
    return withText(value, yield (object[DISPLAY] as () => unknown)());
  }
  if (has(object, "_repr_mimebundle_")) {
    const result = yield (object["_repr_mimebundle_"] as () => unknown)();
    // As in IPython: a bundle, or a pair of bundle and metadata.
    if (!Array.isArray(result)) return withText(value, result);
    return withText(value, result[0], result[1] as Record<string, unknown>);
  }
  const data: Record<string, unknown> = {};
  for (const [hook, type] of Object.entries(HOOKS)) {
    if (!has(object, hook)) continue;
    const shown: unknown = yield (object[hook] as () => unknown)();
    if (shown !== undefined && shown !== null) data[type] = encoded(shown);
  }
  return Object.keys(data).length === 0 ? undefined : withText(value, data);
}

/** Whether an object has a hook. A getter or proxy that throws when it is asked has none. */
function has(object: Record<string | symbol, unknown>, hook: string | symbol): boolean {
  try {
    return typeof object[hook] === "function";
  } catch {
    return false;
  }
}

/** Every bundle has a text, for front ends that show nothing else. */
function withText(
  value: unknown,
  own: unknown,
  metadata: Record<string, unknown> = {},
): MimeBundle {
  const given = Object.entries((own ?? {}) as Record<string, unknown>);
  const data = Object.fromEntries(given.map(([type, shown]) => [type, encoded(shown)]));
  if (!("text/plain" in data)) {
    data["text/plain"] = formatWithOptions({ colors: false, depth: 0 }, value);
  }
  return { data, metadata };
}

function encoded(shown: unknown): unknown {
  return shown instanceof Uint8Array ? base64(shown) : shown;
}

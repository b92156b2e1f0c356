import { fileURLToPath } from "node:url";
import { formatWithOptions, types } from "node:util";
import { isScopeName, sourceName } from "../cell-names.js";
import { MODULE_NAMES } from "../compile/names.js";
import { mimeBundle, mimeBundleNow } from "../output/mime-bundle.js";
import { scriptOf, scriptUrls } from "../output/stack.js";
import type { Outbox } from "../runtime/outbox.js";
import { isCellsName, prepareScope } from "../runtime/cell-scope.js";
import { HIT_TESTS } from "./hit-tests.js";

/** So many elements are looked at for each page. */
const PAGE_MAX = 5000;

/** As V8 gives it. */
interface AsyncSite extends NodeJS.CallSite {
  isAsync(): boolean;
  isPromiseAll(): boolean;
}

/** Names that are there in every notebook. */
const GIVEN: ReadonlySet<string> = new Set([...MODULE_NAMES, "_"]);

/** A script of a cell or local module, as the protocol thread needs it. */
export interface ScriptText {
  readonly url: string;
  readonly label: string;
  readonly source: string;
  readonly maps: readonly string[];
}

/** A caller that waits, by its place in compiled code, from 0. */
export interface WaitingFrame {
  readonly url: string;
  readonly functionName: string;
  readonly line: number;
  readonly column: number;
}

/** How many children a value has. */
export interface Shape {
  /** Elements of arrays, entries of maps and sets. */
  readonly indexed: number;
  readonly named: number;
  /** Its elements are reached by methods. */
  readonly isCollection: boolean;
}

/**
 * The debugger's part in the runtime, `$kernel$.debug`: what is done beside the values, so that pages
 * of them and no more are sent. It is made when a debugger first asks for it.
 */
export function runtimePart(outbox: Outbox, requireCache: () => readonly string[]) {
  const hits = new Map<number, number>();
  return {
    /** A value on its way from a frame to the notebook, or to a getter. */
    carried: undefined as unknown,
    script: (url: string): ScriptText | undefined => scriptText(url),
    scripts: (): ScriptText[] => scriptUrls().flatMap((url) => scriptText(url) ?? []),
    modules: (): string[] => [
      ...scriptUrls().filter((url) => !url.startsWith("cell-")),
      ...requireCache(),
    ],
    /** Names of the cells that are no variables of V8's scope: imports. */
    imports: (): string[] =>
      Object.getOwnPropertyNames(globalThis)
        .filter(isScopeName)
        .map(sourceName)
        .filter((name) => isCellsName(name) && !GIVEN.has(name)),
    /** Readies the scope for what an expression declares. */
    declare: (declared: readonly string[]) => prepareScope({ declared, undeclared: [] }),
    waiting,
    shape,
    page,
    /** Sets an element, an entry or a property. */
    set(object: object, name: string, value: unknown): unknown {
      if (types.isMap(object) && setEntry(object, name, value)) return value;
      if (types.isSet(object)) throw new TypeError("What is in a set cannot be replaced.");
      if (!Reflect.set(object, name, value)) throw new TypeError(`${name} cannot be set.`);
      return value;
    },
    bundle: (value: unknown) => mimeBundleNow(value),
    wholeBundle: (value: unknown) => mimeBundle(value),
    /** Counts a hit of a breakpoint; tells whether it is one to stop at. */
    hit(id: number, test: keyof typeof HIT_TESTS, wanted: number): boolean {
      const count = (hits.get(id) ?? 0) + 1;
      hits.set(id, count);
      return HIT_TESTS[test](count, wanted);
    },
    forgetHits: (id: number) => hits.delete(id),
    /** Sends the text of a log point, and stops nowhere. */
    log(id: number, parts: readonly (string | (() => unknown))[]): false {
      const text = parts.map((part) => (typeof part === "string" ? part : shown(part))).join("");
      outbox.flush();
      outbox.send({ type: "debug-log", id, text });
      return false;
    },
  };
}

function shown(value: () => unknown): string {
  try {
    return formatWithOptions({ colors: false }, value());
  } catch (error) {
    return `<${String(error)}>`;
  }
}

/** The callers that wait for what runs. */
function waiting(): WaitingFrame[] {
  // eslint-disable-next-line typescript/unbound-method -- it is put back as it was
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = 200;
  Error.prepareStackTrace = (_error, sites) => sites;
  try {
    const sites = new Error("stack").stack as unknown as readonly AsyncSite[];
    return sites
      .filter((site) => site.isAsync() && !site.isPromiseAll())
      .map((site) => ({
        url: site.getScriptNameOrSourceURL() ?? "",
        functionName: sourceName(site.getFunctionName() ?? ""),
        line: (site.getLineNumber() ?? 1) - 1,
        column: (site.getColumnNumber() ?? 1) - 1,
      }));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}

function scriptText(url: string): ScriptText | undefined {
  const script =
    scriptOf(url) ?? (url.startsWith("file:") ? scriptOf(fileURLToPath(url)) : undefined);
  if (script === undefined) return undefined;
  const { label, source, maps } = script;
  return { url, label, source, maps };
}

/** Counts without calling anything of the value's own. */
function shape(value: object): Shape {
  const nothing = { indexed: 0, named: 0, isCollection: false };
  if (types.isProxy(value)) return nothing;
  if (types.isMap(value)) return { ...nothing, indexed: sizeOf(Map, value), isCollection: true };
  if (types.isSet(value)) return { ...nothing, indexed: sizeOf(Set, value), isCollection: true };
  if (isIndexed(value)) return { ...nothing, indexed: value.length };
  return { ...nothing, named: Object.keys(value).length };
}

function isIndexed(value: object): value is ArrayLike<unknown> {
  return Array.isArray(value) || types.isTypedArray(value);
}

function setEntry(map: Map<unknown, unknown>, name: string, value: unknown): boolean {
  const entry = [...map.keys()].map((key, at) => [key, entryName(key, at)] as const);
  const found = entry.find(([, one]) => one === name);
  if (found) map.set(found[0], value);
  return found !== undefined;
}

/** How an entry of a map is called: by its key, where that can be written. */
function entryName(key: unknown, at: number): string {
  if (typeof key === "string") return JSON.stringify(key);
  const isObject = (typeof key === "object" && key !== null) || typeof key === "function";
  return isObject || typeof key === "symbol" ? `[${at}]` : String(key);
}

function sizeOf(type: typeof Map | typeof Set, value: object): number {
  return Reflect.get(type.prototype, "size", value);
}

/**
 * The children from `start` on: elements of an array as they are, getters uncalled; of a map pairs; of
 * an object the properties, under their names.
 */
function page(value: object, start: number, count: number, isNamed: boolean): object {
  const end = start + Math.min(count, PAGE_MAX);
  if (types.isProxy(value)) return {};
  if (isNamed) return copy(value, Object.keys(value).slice(start, end));
  if (types.isMap(value)) {
    const entries = slice(Map.prototype.entries.call(value), start, end);
    return Object.fromEntries(
      entries.map(([at, [key, one]]) => {
        const isObject = typeof key === "object" && key !== null;
        return [entryName(key, at), isObject ? { key, value: one } : one];
      }),
    );
  }
  if (types.isSet(value)) {
    return Object.fromEntries(slice(Set.prototype.values.call(value), start, end));
  }
  if (!isIndexed(value)) return {};
  const length = Math.max(0, Math.min(end, value.length) - start);
  return copy(
    value,
    Array.from({ length }, (_, at) => String(start + at)),
  );
}

function copy(from: object, names: readonly string[]): object {
  const into = {};
  for (const name of names) {
    const descriptor = Object.getOwnPropertyDescriptor(from, name);
    if (descriptor) Object.defineProperty(into, name, { ...descriptor, configurable: true });
  }
  return into;
}

function slice<T>(values: Iterable<T>, start: number, end: number): [number, T][] {
  const found: [number, T][] = [];
  let at = 0;
  for (const value of values) {
    if (at >= end) break;
    if (at >= start) found.push([at, value]);
    at++;
  }
  return found;
}

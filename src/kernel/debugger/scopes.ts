import type { DebugProtocol } from "@vscode/debugprotocol";
import { isScopeName } from "../cell-names.js";
import type { Evaluation } from "./evaluation.js";
import { gather } from "./gather.js";
import type { CallFrame, Inspector } from "./inspector.js";
import type { References } from "./references.js";
import type { StopFrame } from "./stop.js";
import type { RemoteObject } from "./values.js";
import type { Variables } from "./variables.js";

type Variable = DebugProtocol.Variable;

interface Property {
  readonly name: string;
  readonly value?: RemoteObject;
}

/** What can stand in an expression. */
const NAME = /^(?!(arguments|this)$)[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const LOCAL = new Set(["local", "block", "catch", "eval", "with"]);
const OUTER = new Set(["closure", "block", "catch", "module"]);

/** Which of V8's scopes are a function's own, and which those around it. */
function scopesOf(call: CallFrame): { local: number[]; closure: number[] } {
  const local: number[] = [];
  const closure: number[] = [];
  let isOwn = true;
  for (const [number, { type }] of call.scopeChain.entries()) {
    if (isOwn && LOCAL.has(type)) local.push(number);
    else if (OUTER.has(type)) closure.push(number);
    // What comes behind the function's own scope is of those around it.
    if (type === "local" || type === "closure") isOwn = false;
  }
  return { local, closure };
}

/** The scopes of a frame: local, closure where there is one, and the notebook. */
export function listScopes(frame: StopFrame, references: References): DebugProtocol.Scope[] {
  const { call } = frame;
  if (call === undefined) return [];
  const { local, closure } = scopesOf(call);
  const group = "stop";
  const found: DebugProtocol.Scope[] = [];
  const add = (name: string, scopes: number[], presentationHint?: string) => {
    const variablesReference = references.add({ kind: "scope", frame, scopes, group });
    const hint = presentationHint === undefined ? {} : { presentationHint };
    found.push({ name, variablesReference, expensive: false, ...hint });
  };
  if (local.length > 0) add("Local", local, "locals");
  if (closure.length > 0) add("Closure", closure);
  const variablesReference = references.add({ kind: "notebook", frame, group });
  found.push({ name: "Notebook", variablesReference, expensive: false });
  return found;
}

/**
 * The variables in some of a frame's scopes; an inner one hides an outer one of its name. V8's scopes tell
 * what was when it stopped: what can be seen from the frame is asked again, as it may have been set.
 */
export async function listScopeVariables(
  parts: { readonly inspector: Inspector; readonly evaluation: Evaluation },
  variables: Variables,
  call: CallFrame,
  scopes: readonly number[],
): Promise<Variable[]> {
  const all = new Map<string, RemoteObject>();
  const inner = new Set<string>();
  for (const number of call.scopeChain.keys()) {
    for (const { name, value } of await propertiesOf(parts.inspector, call, number)) {
      if (!scopes.includes(number)) inner.add(name);
      else if (value !== undefined && !all.has(name) && !isHidden(name)) all.set(name, value);
    }
    if (number === scopes.at(-1)) break;
  }
  const seen = [...all.keys()].filter((name) => NAME.test(name) && !inner.has(name));
  const where = { call, locals: inner, group: "stop" };
  const now = await gather(seen, (name) => name, where, parts);
  const found = [...all].map(([name, value]) =>
    variables.show(name, now.get(name) ?? value, name, "stop"),
  );
  const isLocal = scopes.some((number) => call.scopeChain[number]?.type === "local");
  if (isLocal && call.this.type === "object" && call.this.subtype !== "null") {
    found.push(variables.show("this", call.this, "this", "stop"));
  }
  return found;
}

/** All names that a frame has of its own or from functions around it. */
export async function localNames(inspector: Inspector, call: CallFrame): Promise<Set<string>> {
  const names = new Set<string>();
  const { local, closure } = scopesOf(call);
  for (const number of [...local, ...closure]) {
    for (const { name } of await propertiesOf(inspector, call, number)) names.add(name);
  }
  return names;
}

/** The innermost of some scopes that has a name. */
export async function scopeWith(
  inspector: Inspector,
  call: CallFrame,
  scopes: readonly number[],
  name: string,
): Promise<number | undefined> {
  for (const number of scopes) {
    const properties = await propertiesOf(inspector, call, number);
    if (properties.some((one) => one.name === name)) return number;
  }
  return undefined;
}

async function propertiesOf(inspector: Inspector, call: CallFrame, number: number) {
  const objectId = call.scopeChain[number]?.object.objectId;
  if (objectId === undefined) return [];
  const options = { objectId, ownProperties: true, generatePreview: true };
  return (await inspector.post<{ result: Property[] }>("Runtime.getProperties", options)).result;
}

/** What the compiler has added. */
function isHidden(name: string): boolean {
  return isScopeName(name) || /^(__vi_|_usingCtx|__filename$|__dirname$)/.test(name);
}

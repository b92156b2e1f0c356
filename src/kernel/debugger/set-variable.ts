import { DebugError } from "../errors.js";
import { argumentOf, type Evaluation, type Where } from "./evaluation.js";
import type { Inspector } from "./inspector.js";
import type { Opened } from "./references.js";
import { scopeWith } from "./scopes.js";
import type { RemoteObject } from "./values.js";

/** A name that can be assigned. */
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

interface Parts {
  readonly inspector: Inspector;
  readonly evaluation: Evaluation;
  /** Where an expression is evaluated that is to become the value. */
  readonly where: Where;
}

/**
 * Gives a variable, an element or a property another value, which is an expression.
 *
 * @returns the new value
 * @throws {DebugError} when there is no such variable, or it cannot be set
 */
export async function setVariable(
  opened: Opened,
  name: string,
  source: string,
  { inspector, evaluation, where }: Parts,
): Promise<RemoteObject> {
  if (opened.kind === "getter") throw new DebugError("The value of a getter cannot be set.");
  if (opened.kind === "object" || opened.kind === "range") {
    const value = await evaluation.evaluate(source, where);
    return setProperty(evaluation, opened.objectId, name, value);
  }
  if (!NAME.test(name) || name === "this") throw new DebugError(`${name} cannot be set.`);
  const call = opened.kind === "scope" ? opened.frame.call : undefined;
  if (call === undefined || opened.kind === "notebook") {
    // What a function calls by the same name is not meant.
    const outside = { ...where, locals: new Set<string>() };
    return evaluation.evaluate(`${name} = (${source}\n)`, outside);
  }
  const scopeNumber = await scopeWith(inspector, call, opened.scopes, name);
  if (scopeNumber === undefined) throw new DebugError(`There is no variable ${name} here.`);
  const value = await evaluation.evaluate(source, where);
  try {
    const newValue = argumentOf(value);
    const { callFrameId } = call;
    const parameters = { scopeNumber, variableName: name, newValue, callFrameId };
    await inspector.post("Debugger.setVariableValue", parameters);
    return value;
  } catch {
    // V8 sets the variables of some scopes by assignment only.
    return evaluation.evaluate(`${name} = (${source}\n)`, where);
  }
}

async function setProperty(
  evaluation: Evaluation,
  objectId: string,
  name: string,
  value: RemoteObject,
): Promise<RemoteObject> {
  const call = "function(name,value){return $kernel$.debug.set(this,name,value)}";
  const named = { type: "string", value: name } as RemoteObject;
  return evaluation.callOn(objectId, call, [named, value]);
}

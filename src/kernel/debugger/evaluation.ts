import type { Names } from "../compile/names.js";
import { DebugError } from "../errors.js";
import { compileForFrame, compileForRepl } from "./expressions.js";
import type { CallFrame, Inspector } from "./inspector.js";
import type { RemoteObject } from "./values.js";

/** So long may an expression take before it is ended. */
const TIMEOUT_MS = 5000;

/** Names that functions of cells have, by their frames, and where values belong that are kept. */
export interface Where {
  readonly call: CallFrame | undefined;
  readonly locals: ReadonlySet<string>;
  /** V8 keeps the values of a group until it is released. */
  readonly group: string;
}

export interface NotebookNames {
  readonly names: () => Names;
  /** Takes over what an expression has declared. */
  readonly adopt: (names: Names, source: string) => void;
}

interface Evaluated {
  readonly result: RemoteObject;
  readonly exceptionDetails?: { readonly text: string; readonly exception?: RemoteObject };
}

/** Evaluates TypeScript: in a frame, or between the cells. */
export class Evaluation {
  constructor(
    private readonly inspector: Inspector,
    private readonly notebook: NotebookNames,
  ) {}

  /**
   * Evaluates what a user has written.
   *
   * @throws {DebugError} with what it throws; after 5 seconds
   */
  async evaluate(source: string, where: Where, options: object = {}): Promise<RemoteObject> {
    const names = this.notebook.names();
    if (where.call !== undefined) {
      const expression = compileForFrame(source, { names, locals: where.locals });
      return this.run(expression, where, options);
    }
    const compiled = compileForRepl(source, names);
    const repl = compiled.isPlain ? {} : { replMode: true, awaitPromise: true };
    const result = await this.run(compiled.code, where, { ...repl, ...options });
    if (!compiled.isPlain) this.notebook.adopt(compiled.names, source);
    return result;
  }

  /** Evaluates JavaScript of the debugger's own. */
  async run(expression: string, { call, group }: Where, options: object = {}) {
    const parameters = {
      expression,
      objectGroup: group,
      timeout: TIMEOUT_MS,
      silent: true,
      generatePreview: true,
      ...options,
    };
    const evaluated = call
      ? this.inspector.post<Evaluated>("Debugger.evaluateOnCallFrame", {
          ...parameters,
          callFrameId: call.callFrameId,
        })
      : this.inspector.post<Evaluated>("Runtime.evaluate", { ...parameters, disableBreaks: true });
    return resultOf(await evaluated);
  }

  /** Calls a function of the debugger's own with a value as its `this`. */
  async callOn(objectId: string, functionDeclaration: string, args: readonly RemoteObject[] = []) {
    const evaluated = await this.inspector.post<Evaluated>("Runtime.callFunctionOn", {
      objectId,
      functionDeclaration,
      arguments: args.map(argumentOf),
      silent: true,
      returnByValue: false,
    });
    return resultOf(evaluated);
  }

  /** The same, with the result as JSON. */
  async jsonOn<Result>(objectId: string, functionDeclaration: string): Promise<Result> {
    const evaluated = await this.inspector.post<Evaluated>("Runtime.callFunctionOn", {
      objectId,
      functionDeclaration,
      silent: true,
      returnByValue: true,
    });
    return resultOf(evaluated).value as Result;
  }
}

/** A value as an argument of a call. */
export function argumentOf({ objectId, unserializableValue, value }: RemoteObject): object {
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value: value as unknown } : { unserializableValue };
}

function resultOf({ result, exceptionDetails: error }: Evaluated): RemoteObject {
  if (error === undefined) return result;
  const { description, value } = error.exception ?? { value: undefined, description: undefined };
  const text = description ?? (value === undefined ? error.text : String(value as unknown));
  throw new DebugError((text.split("\n    at ")[0] as string).trim());
}

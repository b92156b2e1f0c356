import type { RuntimeSession } from "./runtime-session.js";
import type { ValuePath } from "./value-path.js";

export interface Member {
  readonly name: string;
  readonly kind: "function" | "property";
  /** Of the object itself, not of its class. */
  readonly isOwn: boolean;
}

/** A value as the debugger's interface tells of it. */
interface Remote {
  readonly type: string;
  readonly subtype?: string;
  readonly className?: string;
  readonly value?: unknown;
  readonly unserializableValue?: string;
  readonly description?: string;
  readonly objectId?: string;
  readonly preview?: {
    readonly overflow: boolean;
    readonly properties: readonly { name: string; type: string; value?: string }[];
  };
}

interface Evaluated {
  readonly result: Remote;
  readonly exceptionDetails?: unknown;
}

/** Who waits for a completion waits no longer. */
const LIMIT_MS = 300;
const GROUP = "values";

/** One step to a member, by what the object says of it: a getter has no value. */
const STEP = `function (key) {
  for (let at = this; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, key);
    if (descriptor) return descriptor.value;
  }
}`;

/** The members of an object and of its classes, but not the elements of a list. */
const MEMBERS = `function (limit) {
  const found = [];
  let isOwn = true;
  for (let at = this; at !== null && at !== undefined; at = Object.getPrototypeOf(at), isOwn = false) {
    if (isOwn && (Array.isArray(at) || ArrayBuffer.isView(at) || at instanceof String)) continue;
    for (const name of Object.getOwnPropertyNames(at)) {
      if (found.length >= limit) return found;
      const { value } = Object.getOwnPropertyDescriptor(at, name);
      found.push([name, typeof value === "function", isOwn]);
    }
  }
  return found;
}`;
const MEMBERS_LIMIT = 1000;

/**
 * What the variables of the notebook hold just now. Nothing is run for it that could change anything:
 * getters are not called, and V8 stops what would have an effect.
 */
export class RuntimeValues {
  constructor(
    private readonly session: Pick<RuntimeSession, "ask">,
    /** What a variable of the cells is called in the runtime, the likeliest first. */
    private readonly namesOf: (name: string) => readonly string[],
  ) {}

  /** The members of a value, those of its own first; with whether it is a plain object. */
  async members(
    path: ValuePath,
  ): Promise<{ members: readonly Member[]; isPlain: boolean } | undefined> {
    return this.#at(path, async (remote) => {
      const object = remote.objectId === undefined ? await this.#prototypeOf(remote) : remote;
      if (object?.objectId === undefined) return undefined;
      const answer = await this.#call(object.objectId, MEMBERS, [MEMBERS_LIMIT], true);
      const found = (answer?.value ?? []) as [string, boolean, boolean][];
      const names = new Map(
        found
          .filter(([name]) => !/^__\w+__$/.test(name))
          .toReversed()
          .map(([name, isFunction, isOwn]) => [name, { name, isFunction, isOwn }]),
      );
      const members = [...names.values()].toReversed().map(({ name, isFunction, isOwn }) => ({
        name,
        kind: isFunction ? ("function" as const) : ("property" as const),
        isOwn: isOwn && remote.objectId !== undefined,
      }));
      return { members, isPlain: remote.className === "Object" };
    });
  }

  /** A value in a line: `42`, `"text"`, `{a: 1}`, `Map(2)`. */
  async describe(path: ValuePath): Promise<string | undefined> {
    return this.#at(path, (remote) => Promise.resolve(describeRemote(remote)));
  }

  async #at<T>(
    { root, keys }: ValuePath,
    use: (remote: Remote) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    try {
      let remote: Remote | undefined;
      for (const name of this.namesOf(root)) remote ??= await this.#evaluate(name);
      for (const key of keys) {
        if (remote?.objectId === undefined) return undefined;
        remote = await this.#call(remote.objectId, STEP, [key], false);
      }
      return remote === undefined ? undefined : await use(remote);
    } finally {
      void this.session.ask("Runtime.releaseObjectGroup", { objectGroup: GROUP }, LIMIT_MS);
    }
  }

  /** Texts and numbers have the members of their class. */
  async #prototypeOf({ type }: Remote): Promise<Remote | undefined> {
    if (!/^(string|number|boolean|bigint|symbol)$/.test(type)) return undefined;
    const name = type === "bigint" ? "BigInt" : `${type[0]?.toUpperCase()}${type.slice(1)}`;
    return this.#evaluate(`${name}.prototype`);
  }

  async #evaluate(expression: string): Promise<Remote | undefined> {
    return usable(
      await this.session.ask<Evaluated>(
        "Runtime.evaluate",
        {
          expression,
          objectGroup: GROUP,
          throwOnSideEffect: true,
          silent: true,
          generatePreview: true,
        },
        LIMIT_MS,
      ),
    );
  }

  async #call(
    objectId: string,
    functionDeclaration: string,
    values: readonly unknown[],
    returnByValue: boolean,
  ): Promise<Remote | undefined> {
    const parameters = {
      objectId,
      functionDeclaration,
      arguments: values.map((value) => ({ value })),
      objectGroup: GROUP,
      throwOnSideEffect: true,
      silent: true,
      returnByValue,
      generatePreview: !returnByValue,
    };
    return usable(
      await this.session.ask<Evaluated>("Runtime.callFunctionOn", parameters, LIMIT_MS),
    );
  }
}

function usable(answer: Evaluated | undefined): Remote | undefined {
  return answer === undefined || answer.exceptionDetails ? undefined : answer.result;
}

const MAX_LENGTH = 200;

function describeRemote(remote: Remote): string | undefined {
  const { type, subtype, value, unserializableValue, description = "", preview } = remote;
  if (type === "undefined") return undefined;
  if (type === "function") return shortened(description.split("\n", 1)[0] ?? "");
  if (subtype === "null") return "null";
  if (unserializableValue !== undefined) return unserializableValue;
  if (type !== "object") return shortened(type === "string" ? JSON.stringify(value) : description);
  if (preview === undefined || preview.properties.length === 0) return shortened(description);
  const isList = subtype === "array" || subtype === "typedarray";
  const parts = preview.properties.map(({ name, type: kind, value: text = kind }) => {
    const shown = kind === "string" ? JSON.stringify(text) : kind === "function" ? "ƒ" : text;
    return isList ? shown : `${name}: ${shown}`;
  });
  if (preview.overflow) parts.push("…");
  const [open, close] = isList ? "[]" : "{}";
  const name = description === "Object" ? "" : `${description} `;
  return shortened(`${name}${open}${parts.join(", ")}${close}`);
}

function shortened(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

/**
 * What oxc's output calls for `using` and for the decorators of `experimentalDecorators`.
 *
 * Source of the interface: the output of oxc-transform; of the behaviour: the specification of
 * explicit resource management, and TypeScript's handbook on decorators.
 */
interface Resource {
  readonly dispose: () => unknown;
  readonly awaited: boolean;
}

const disposeSymbol = Symbol.dispose ?? Symbol.for("Symbol.dispose");
const asyncDisposeSymbol = Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose");
const none = Symbol("no error");

/** The resources of one block: `u` and `a` add one, `e` takes an error, `d` disposes of all. */
export function usingCtx() {
  const resources: Resource[] = [];
  let failure: unknown = none;
  const use = <T>(value: T, awaited: boolean): T => {
    if (value === null || value === undefined) {
      if (awaited) resources.push({ dispose: () => {}, awaited });
      return value;
    }
    const object = value as Record<symbol, unknown>;
    const method = (awaited ? object[asyncDisposeSymbol] : undefined) ?? object[disposeSymbol];
    if (typeof method !== "function") {
      const symbol = awaited ? "[Symbol.asyncDispose]" : "[Symbol.dispose]";
      throw new TypeError(`A value of \`using\` has no method ${symbol}.`);
    }
    resources.push({ dispose: () => (method as () => unknown).call(value), awaited });
    return value;
  };
  const fail = (error: unknown) => {
    failure = failure === none ? error : suppressed(error, failure);
  };
  const end = () => {
    if (failure !== none) throw failure;
  };
  return {
    u: <T>(value: T) => use(value, false),
    a: <T>(value: T) => use(value, true),
    set e(error: unknown) {
      failure = error;
    },
    d(): unknown {
      if (resources.some(({ awaited }) => awaited)) {
        return (async () => {
          for (const { dispose, awaited } of resources.toReversed()) {
            try {
              const disposed = dispose();
              if (awaited) await disposed;
            } catch (error) {
              fail(error);
            }
          }
          end();
        })();
      }
      for (const { dispose } of resources.toReversed()) {
        try {
          dispose();
        } catch (error) {
          fail(error);
        }
      }
      end();
    },
  };
}

function suppressed(error: unknown, before: unknown): Error {
  const result = new Error("An error was suppressed while a resource was disposed of.");
  return Object.assign(result, { name: "SuppressedError", error, suppressed: before });
}

type Decorator = (...parameters: unknown[]) => unknown;

/** Applies decorators, the last first; `description` null means the member's own descriptor. */
export function decorate(
  decorators: readonly Decorator[],
  target: object,
  key?: string | symbol,
  description?: PropertyDescriptor | null,
): unknown {
  if (key === undefined) {
    return decorators.reduceRight<unknown>((type, one) => one(type) ?? type, target);
  }
  const own = description === null ? Object.getOwnPropertyDescriptor(target, key) : description;
  const result = decorators.reduceRight<unknown>(
    (current, one) => one(target, key, current) ?? current,
    own,
  );
  if (description === null && result) {
    Object.defineProperty(target, key, result as PropertyDescriptor);
  }
  return result;
}

/** Turns a decorator of a parameter into one of its member. */
export function decorateParam(index: number, decorator: Decorator): Decorator {
  return (target, key) => {
    decorator(target, key, index);
  };
}

/** Only with the package reflect-metadata loaded there is anyone to tell. */
export function decorateMetadata(key: string, value: unknown): Decorator {
  const { metadata } = Reflect as unknown as { metadata?: (k: string, v: unknown) => Decorator };
  return metadata?.(key, value) ?? (() => {});
}

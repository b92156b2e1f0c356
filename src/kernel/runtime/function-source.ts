import { withSourceNames } from "../cell-names.js";
import { CLOSE, KERNEL } from "../compile/names.js";

const NAME = KERNEL.replaceAll("$", "\\$");
const STATEMENT = new RegExp(`${NAME}\\.(?:live\\(\\)|caught\\([^()]*\\));`, "g");
const TYPEOF = new RegExp(`\\(${NAME}\\.isKnown\\("[^"]*"\\)\\?(.*?):void 0\\)`, "g");
const EVALUATED = new RegExp(`${NAME}\\.evaluated\\(\\[[^\\]]*\\],`, "g");
const CALL = new RegExp(`${NAME}\\.(?:live|constant)\\(`, "g");
const IMPORT = new RegExp(`${NAME}\\.(import|meta)`, "g");

/**
 * Lets a function of a cell, turned into text, be what the user wrote, without types: it may be sent
 * to a worker or a browser, where there is no kernel.
 */
export function showFunctionsAsWritten(): void {
  const { prototype } = Function;
  // eslint-disable-next-line typescript/unbound-method -- it is called with a function as its `this`
  const native = prototype.toString;
  const value = function toString(this: unknown): string {
    const text = withSourceNames(native.call(this as () => void));
    return text.includes(KERNEL) ? withoutCalls(text) : text;
  };
  const descriptor = { value, writable: true, configurable: true };
  Object.defineProperty(prototype, "toString", descriptor);
}

/** Takes out what `compile/` puts into functions. */
function withoutCalls(text: string): string {
  return text
    .replace(EVALUATED, "")
    .replace(STATEMENT, "")
    .replace(TYPEOF, "$1")
    .replace(CALL, "")
    .replaceAll(CLOSE, "")
    .replace(IMPORT, (_, name) => (name === "meta" ? "import.meta" : "import"));
}

import { CompileError } from "../errors.js";
import { asExpression, isObject, withoutHashbang } from "./cell-source.js";
import { adviceForMagic } from "./magics.js";
import { stripTypes, type StripOptions, type Stripped } from "./strip-types.js";

/**
 * Turns a cell into JavaScript. What people paste that is no program runs, too, or it is said what to
 * write: an object, JSX, a `#!` line, commands of IPython.
 *
 * @throws {CompileError} for what is no TypeScript
 */
export function stripCell(source: string, options: StripOptions): Stripped {
  const plain = withoutHashbang(source);
  const text = isObject(plain) ? asExpression(plain) : plain;
  try {
    return stripTypes("cell.ts", text, options);
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    const stripped = plain.includes("<") ? asJsx(text, options) : undefined;
    if (stripped) return stripped;
    const advice = adviceForMagic(source);
    if (advice === undefined) throw error;
    throw new CompileError(advice.message, source, advice.offset, error);
  }
}

/** With JSX `<T>value` and `<T>(value: T) => value` mean something else: it is tried second. */
function asJsx(text: string, options: StripOptions): Stripped | undefined {
  try {
    return stripTypes("cell.tsx", text, options);
  } catch (error) {
    if (error instanceof CompileError) return undefined;
    throw error;
  }
}

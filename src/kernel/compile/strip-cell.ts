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
    const withJsx = plain.includes("<") ? asJsx(text, options) : error;
    if (!(withJsx instanceof CompileError)) return withJsx;
    const advice = adviceForMagic(source);
    // The reading that went further was the one that was meant.
    if (advice === undefined) throw withJsx.offset > error.offset ? withJsx : error;
    throw new CompileError(advice.message, source, advice.offset, error);
  }
}

/** With JSX `<T>value` and `<T>(value: T) => value` mean something else: it is tried second. */
function asJsx(text: string, options: StripOptions): Stripped | CompileError {
  try {
    return stripTypes("cell.tsx", text, options);
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
}

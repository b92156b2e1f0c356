import type { CompileError } from "../errors.js";
import type { CellError } from "../link.js";
import { codeFrame, heading, placeOf } from "../output/code-frame.js";
import { red } from "../output/colours.js";

/** A syntax error of a cell, with its line and a caret. */
export function describeCompileError(error: CompileError, count: number): CellError {
  const place = placeOf(error.source, error.offset);
  const { name, message } = error;
  return {
    ename: name,
    evalue: message,
    traceback: [
      `${red(name)}: ${message}`,
      "",
      heading(`Cell ${count}`, place.line),
      codeFrame(error.source, place),
    ],
  };
}

import { CompileError } from "../errors.js";
import type { CellError } from "../link.js";
import { codeFrame, heading, placeOf } from "../output/code-frame.js";
import { red } from "../output/colours.js";

/**
 * A syntax error of a cell, with its line and a caret; anything else is a fault of the kernel's own,
 * which is told as well, so that nobody waits.
 */
export function describeCompileError(error: unknown, count: number): CellError {
  if (!(error instanceof CompileError)) {
    const evalue = `The kernel could not compile this cell: ${String(error)}`;
    const stack = error instanceof Error ? (error.stack ?? "") : "";
    return { ename: "KernelError", evalue, traceback: [`${red("KernelError")}: ${evalue}`, stack] };
  }
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

import type { Node } from "oxc-parser";

import { walk } from "./syntax.js";

/** Text in place of a stretch of a statement. */
export interface Edit {
  readonly at: number;
  readonly end?: number;
  readonly text: string;
}

/**
 * Says in another way what would be an element in a document with JSX: `<T>value` and
 * `<T>(value: T) => value`. Offsets count from the start of the statement.
 */
export function withoutAngles(code: string, statement: Node): Edit[] {
  const edits: Edit[] = [];
  walk(statement, (node) => {
    const at = node.start - statement.start;
    if (node.type === "TSTypeAssertion") {
      const close = code.indexOf(">", node.typeAnnotation.end) - statement.start;
      edits.push(
        { at, end: at + 1, text: "(($value: " },
        { at: close, end: close + 1, text: ", $cast: unknown) => $value)(null!, " },
        { at: node.end - statement.start, text: ")" },
      );
    } else if (node.type === "ArrowFunctionExpression" && node.typeParameters) {
      const { params } = node.typeParameters;
      const [only] = params;
      if (params.length !== 1 || !only || /^\s*,/.test(code.slice(only.end))) return;
      edits.push({ at: only.end - statement.start, text: "," });
    }
  });
  return edits;
}

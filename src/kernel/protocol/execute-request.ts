/** What an execute_request asks for, with the protocol's defaults. */
export interface ExecuteRequest {
  readonly code: string;
  readonly silent: boolean;
  readonly storeHistory: boolean;
  readonly allowStdin: boolean;
  readonly stopOnError: boolean;
  readonly expressions: Readonly<Record<string, string>>;
}

/** A text, or what stands for a missing one. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Reads the content of an execute_request, whatever it holds. */
export function readExecuteRequest(content: Record<string, unknown>): ExecuteRequest {
  const silent = content["silent"] === true;
  const asked = content["user_expressions"];
  const expressions = typeof asked === "object" && asked !== null ? Object.entries(asked) : [];
  return {
    code: textOf(content["code"]),
    silent,
    // Silent means not in the history, whatever store_history says.
    storeHistory: !silent && content["store_history"] !== false,
    allowStdin: content["allow_stdin"] !== false,
    stopOnError: content["stop_on_error"] !== false,
    expressions: Object.fromEntries(expressions.map(([key, code]) => [key, textOf(code)])),
  };
}

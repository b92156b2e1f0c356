import { isJsonType, type Output } from "./output.js";

type Json = Readonly<Record<string, unknown>>;

/**
 * An output as a notebook's file has it, in the form that the runner compares.
 *
 * @throws {TypeError} says what is wrong with it
 */
export function storedOutput(output: Json): Output {
  const joinData = (data: unknown) =>
    Object.fromEntries(
      Object.entries(isObject(data) ? data : {}).map(([type, value]) => [
        type,
        isJsonType(type) ? value : joined(value, `an output of type ${type}`),
      ]),
    );
  switch (output["output_type"]) {
    case "stream":
      return {
        output_type: "stream",
        name: output["name"] === "stderr" ? "stderr" : "stdout",
        text: joined(output["text"] ?? "", "the text of an output"),
      };
    case "display_data":
    case "execute_result":
      return {
        output_type: output["output_type"],
        data: joinData(output["data"]),
        metadata: isObject(output["metadata"]) ? output["metadata"] : {},
      };
    case "error":
      return {
        output_type: "error",
        ename: String(output["ename"]),
        evalue: String(output["evalue"]),
        traceback: Array.isArray(output["traceback"]) ? output["traceback"].map(String) : [],
      };
    default:
      throw new TypeError(`an output is of the unknown type ${String(output["output_type"])}`);
  }
}

/** nbformat stores a text as a string or as a list of strings to be joined. */
export function joined(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((part) => typeof part === "string"))
    return value.join("");
  throw new TypeError(`${what} is neither a text nor a list of texts`);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

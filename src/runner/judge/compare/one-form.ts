import { inSameForm } from "./same-form.js";
import { has, joinStreams, onlyOne, streamsInOrder } from "./sides.js";
import type { ErrorOutput, Output, StreamOutput } from "../../read/output.js";

/**
 * Brings the outputs of two kernels into one form where they tell the same thing in two ways.
 *
 * - `result-as-text`: one kernel prints a cell's result, another returns it as an execute_result.
 *   Then its text/plain, with a line end, counts as printed to stdout; a text may stand in quotes.
 * - `null-shown`: one kernel shows null as a result, another shows nothing.
 * - `text-beside`: one kernel sends a text beside what it displays, another does not.
 * - `colours`: one kernel colours what is printed, as in a terminal, another does not.
 * - `error-as-text`: one kernel writes an error to stderr, another sends it as an error. Then its
 *   name and message count, and code frames, stack frames and further properties do not.
 *
 * - `stream-order`: what a cell prints to stdout and what it prints to stderr come on two ways; how they
 *   are mixed does not count.
 *
 * Each but the last is applied only where one side has such an output and the other has none.
 */
export function inOneForm(
  expected: readonly Output[],
  actual: readonly Output[],
): { expected: Output[]; actual: Output[]; rules: string[] } {
  const rules: string[] = [];
  let [wanted, came] = inSameForm(expected, actual, rules);
  const sides = () => [wanted, came] as const;
  if (onlyOne(sides(), "execute_result") && tellsOnStdout(wanted, came)) {
    rules.push("result-as-text");
    const printed = (outputs: Output[], other: Output[]) =>
      joinStreams(outputs.map((output) => resultAsText(output, other)));
    [wanted, came] = [printed(wanted, came), printed(came, wanted)];
  }
  if (onlyOne(sides(), "error")) {
    const error = [...wanted, ...came].find((output) => output.output_type === "error");
    if (error !== undefined && sides().some((side) => side.some(isStderr))) {
      rules.push("error-as-text");
      const split = (outputs: Output[]) =>
        has(outputs, "error") ? outputs : outputs.flatMap((one) => errorOfText(one, error));
      [wanted, came] = [split(wanted), split(came)];
    }
  }
  const [ordered, cameOrdered] = [streamsInOrder(wanted), streamsInOrder(came)];
  if (!isSameOrder(ordered, wanted) || !isSameOrder(cameOrdered, came)) {
    rules.push("stream-order");
    [wanted, came] = [ordered, cameOrdered];
  }
  return { expected: wanted, actual: came, rules };
}

/** Whether nothing was moved or joined. */
function isSameOrder(ordered: readonly Output[], before: readonly Output[]): boolean {
  return (
    ordered.length === before.length && ordered.every((output, index) => output === before[index])
  );
}

/** Whether the side that has no result has printed something, which may be it. */
function tellsOnStdout(a: readonly Output[], b: readonly Output[]): boolean {
  const other = has(a, "execute_result") ? b : a;
  return other.some((output) => output.output_type === "stream" && output.name === "stdout");
}

const isStderr = (output: Output) => output.output_type === "stream" && output.name === "stderr";

function resultAsText(output: Output, other: readonly Output[]): Output {
  if (output.output_type !== "execute_result") return output;
  const plain = output.data["text/plain"];
  if (typeof plain !== "string") return output;
  const ends = (text: string) =>
    other.some((one) => one.output_type === "stream" && `\n${one.text}`.endsWith(`\n${text}\n`));
  const bare = unquoted(plain);
  const text = bare !== undefined && !ends(plain) && ends(bare) ? bare : plain;
  return { output_type: "stream", name: "stdout", text: text.endsWith("\n") ? text : `${text}\n` };
}

/** The text that a JavaScript or Python literal stands for. */
function unquoted(literal: string): string | undefined {
  const [, quote, inner] = /^(['"`])([^]*)\1$/.exec(literal) ?? [];
  if (quote === undefined || inner === undefined) return undefined;
  const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b" };
  return inner.replace(/\\([^])/g, (_, letter: string) => escapes[letter] ?? letter);
}

/**
 * Splits the text of a stderr stream into what was printed before an error and the error itself.
 *
 * @param like the error of the other side, by which this one is found in the text
 */
function errorOfText(output: Output, like: ErrorOutput): Output[] {
  if (output.output_type !== "stream" || output.name !== "stderr") return [output];
  const { text } = output;
  const found = findError(text, like) ?? anyError(text);
  if (found === undefined) return [output];
  const before = withoutCodeFrame(text.slice(0, found.start));
  const printed: StreamOutput[] = before === "" ? [] : [{ ...output, text: before }];
  return [
    ...printed,
    { output_type: "error", ename: found.name, evalue: found.message, traceback: [] },
  ];
}

interface FoundError {
  readonly start: number;
  readonly name: string;
  readonly message: string;
}

/** Where the text tells this very error, in Node's words or in those of a compiler. */
function findError(text: string, { ename, evalue }: ErrorOutput): FoundError | undefined {
  const name = escaped(ename);
  const message = escaped(evalue.trimEnd()).replace(/ +/g, " +");
  // `Class [name]: message` and `Name [CODE]: message`; without a stack in brackets; a thrown text.
  const heads = [
    `\\[?(?:[\\w$.]+ \\[${name}\\]|${name}(?: \\[\\w+\\])?)${message === "" ? "" : `: ${message}`}\\]?`,
    message,
  ];
  for (const head of heads) {
    if (head === "") continue;
    const ends = "(?=\\n {4}at | \\{\\n|\\n*$)";
    const all = [...text.matchAll(new RegExp(`^${head}${ends}`, "gm"))];
    const last = all.findLast((match) => isTail(text.slice(match.index + match[0].length)));
    if (last) return { start: last.index, name: ename, message: evalue };
  }
  return compilerErrors(text, { ename, evalue });
}

/** tslab lists what does not compile as `line:column - message`; only the messages count. */
function compilerErrors(
  text: string,
  { ename, evalue }: Pick<ErrorOutput, "ename" | "evalue">,
): FoundError | undefined {
  const first = /^(?:\S+ )?\d+:\d+ - (.*)$/m.exec(text);
  if (first?.[1] === undefined || !evalue.includes(first[1])) return undefined;
  return { start: first.index, name: ename, message: evalue };
}

/** The first thing in the text that looks like an error, for a diff that can be read. */
function anyError(text: string): FoundError | undefined {
  const match =
    /^(?:[\w$.]+ \[)?([\w$.]*(?:Error|Exception))\]?(?: \[\w+\])?: ([^]*?)(?=\n {4}at | \{\n|\n*$)/m.exec(
      text,
    );
  if (match?.[1] === undefined || !isTail(text.slice(match.index + match[0].length))) {
    return undefined;
  }
  return { start: match.index, name: match[1], message: match[2] ?? "" };
}

/** Whether a text is what Node writes behind an error's message: frames, properties, nothing. */
function isTail(text: string): boolean {
  return /^(?:\n(?: {4}at | {4}\.\.\. ).*)*(?: \{\n[^]*\n\})?\s*$/.test(text);
}

/** Node shows file and line, the line itself and a caret before an error. */
function withoutCodeFrame(text: string): string {
  return text.replace(/(?:^|(?<=\n))[^\n]+:\d+\n[^]*?\n\s*\^+\n\n$/, "");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

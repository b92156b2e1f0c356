import type { Output, StreamOutput } from "../../read/output.js";

/** A kernel may send a text in one message or in many; nbformat joins those of one stream. */
export function joinStreams(outputs: readonly Output[]): Output[] {
  const joined: Output[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (
      output.output_type === "stream" &&
      last?.output_type === "stream" &&
      last.name === output.name
    ) {
      joined[joined.length - 1] = { ...last, text: last.text + output.text };
    } else if (output.output_type !== "stream" || output.text !== "") {
      joined.push(output);
    }
  }
  return joined;
}

export function has(outputs: readonly Output[], type: Output["output_type"]): boolean {
  return outputs.some((output) => output.output_type === type);
}

/** Whether one of the two has outputs of a type. */
export function onlyOne(
  [a, b]: readonly [Output[], Output[]],
  type: Output["output_type"],
): boolean {
  return has(a, type) !== has(b, type);
}

/** Of streams that follow each other: all of stdout, then all of stderr. */
export function streamsInOrder(outputs: readonly Output[]): Output[] {
  const found: Output[] = [];
  let run: StreamOutput[] = [];
  const end = () => {
    const named = (name: StreamOutput["name"]) => run.filter((one) => one.name === name);
    found.push(...joinStreams([...named("stdout"), ...named("stderr")]));
    run = [];
  };
  for (const output of outputs) {
    if (output.output_type === "stream") run.push(output);
    else {
      end();
      found.push(output);
    }
  }
  end();
  return found;
}

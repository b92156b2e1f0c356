import { expect, test } from "vitest";
import { OutputFold } from "../../src/runner/fold-outputs.js";

type Scripted = [type: string, content: Record<string, unknown>];

function fold(...messages: Scripted[]) {
  const outputs = new OutputFold();
  for (const [msg_type, content] of messages) outputs.apply({ header: { msg_type }, content });
  return outputs.outputs;
}

const out = (text: string): Scripted => ["stream", { name: "stdout", text }];
const err = (text: string): Scripted => ["stream", { name: "stderr", text }];
const shown = (text: string, id?: string): Scripted => [
  "display_data",
  { data: { "text/plain": text }, metadata: {}, transient: { display_id: id } },
];

test("texts of one stream that follow each other are one output", () => {
  expect(fold(out("a"), out("b\n"), err("c"), out("d"))).toMatchObject([
    { name: "stdout", text: "ab\n" },
    { name: "stderr", text: "c" },
    { name: "stdout", text: "d" },
  ]);
});

test("a display between two texts keeps them apart", () => {
  expect(fold(out("a"), shown("x"), out("b"))).toHaveLength(3);
});

test("an update replaces what was displayed under its id, and nothing else", () => {
  const update: Scripted = [
    "update_display_data",
    { data: { "text/plain": "new" }, metadata: {}, transient: { display_id: "1" } },
  ];
  expect(fold(shown("old", "1"), shown("other", "2"), update)).toMatchObject([
    { data: { "text/plain": "new" } },
    { data: { "text/plain": "other" } },
  ]);
});

test("clear_output empties at once, or with wait before the next output", () => {
  expect(fold(out("a"), ["clear_output", { wait: false }])).toEqual([]);
  expect(fold(out("a"), ["clear_output", { wait: true }])).toHaveLength(1);
  expect(fold(out("a"), ["clear_output", { wait: true }], out("b"))).toMatchObject([{ text: "b" }]);
});

test("errors and results are kept whole; other messages are no output", () => {
  const error = { ename: "TypeError", evalue: "no", traceback: ["line"] };
  const result = { data: { "text/plain": "4" }, metadata: {}, execution_count: 3 };
  expect(
    fold(["status", { execution_state: "busy" }], ["execute_result", result], ["error", error]),
  ).toEqual([
    { output_type: "execute_result", data: { "text/plain": "4" }, metadata: {} },
    { output_type: "error", ...error },
  ]);
});

test("50,000 texts fold in well under a second's work", () => {
  const outputs = new OutputFold();
  for (let i = 0; i < 50_000; i++) {
    outputs.apply({ header: { msg_type: "stream" }, content: { name: "stdout", text: `${i}\n` } });
  }
  const [only] = outputs.outputs;
  expect(only).toMatchObject({ text: expect.stringMatching(/^0\n1\n[^]*\n49999\n$/) });
});

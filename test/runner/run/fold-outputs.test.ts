import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Displays, OutputFold } from "#runner/run/fold-outputs.js";

type Scripted = [type: string, content: Record<string, unknown>];

function fold(...messages: Scripted[]) {
  const outputs = new OutputFold();
  for (const [msg_type, content] of messages) outputs.apply({ header: { msg_type }, content });
  return outputs.outputs;
}

const out = (text: string): Scripted => ["stream", { name: "stdout", text }];
const clear = (wait: boolean): Scripted => ["clear_output", { wait }];
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

test("an update reaches what an earlier cell displayed, and so does a second display", () => {
  const displays = new Displays();
  const [first, second] = [new OutputFold(displays), new OutputFold(displays)];
  const apply = (cell: OutputFold, [msg_type, content]: Scripted) =>
    cell.apply({ header: { msg_type }, content });
  apply(first, shown("old", "1"));
  apply(second, ["update_display_data", shown("new", "1")[1]]);
  expect([first.outputs, second.outputs]).toMatchObject([[{ data: { "text/plain": "new" } }], []]);
  apply(second, shown("newer", "1"));
  expect([...first.outputs, ...second.outputs]).toMatchObject([
    { data: { "text/plain": "newer" } },
    { data: { "text/plain": "newer" } },
  ]);
});

test("what was cleared is updated no more", () => {
  const update: Scripted = ["update_display_data", shown("new", "1")[1]];
  expect(fold(shown("old", "1"), clear(false), update, out("a"))).toMatchObject([{ text: "a" }]);
});

test("messages of widgets are kept apart from the outputs", () => {
  const cell = new OutputFold();
  for (const msg_type of ["comm_open", "comm_msg", "comm_close"]) {
    cell.apply({ header: { msg_type }, content: { comm_id: "c" } });
  }
  expect(cell.outputs).toEqual([]);
});

const message = fc.oneof(
  fc.tuple(fc.constantFrom(out, err), fc.string()).map(([make, text]) => make(text)),
  fc
    .tuple(fc.string(), fc.option(fc.constantFrom("1", "2")))
    .map(([text, id]) => shown(text, id ?? undefined)),
  fc
    .tuple(fc.string(), fc.constantFrom("1", "2"))
    .map(([text, id]): Scripted => ["update_display_data", shown(text, id)[1]]),
  fc.boolean().map(clear),
);

function displayId(content: Record<string, unknown>): unknown {
  return (content["transient"] as Record<string, unknown> | undefined)?.["display_id"];
}

/** As the protocol's text puts it, without any thought of speed. */
function reference(messages: readonly Scripted[]) {
  let outputs: { kind: string; text: string; id?: unknown }[] = [];
  let clears = false;
  const begin = () => {
    if (clears) outputs = [];
    clears = false;
  };
  for (const [type, content] of messages) {
    const id = displayId(content);
    if (type === "clear_output" && content["wait"] === true) clears = true;
    else if (type === "clear_output") [outputs, clears] = [[], false];
    else if (type === "stream" && content["text"] !== "") {
      const [kind, text] = [String(content["name"]), String(content["text"])];
      begin();
      const last = outputs.at(-1);
      if (last?.kind === kind) last.text += text;
      else outputs.push({ kind, text });
    } else if (type.endsWith("display_data")) {
      const text = (content["data"] as Record<string, string>)["text/plain"] ?? "";
      for (const one of outputs) if (id !== undefined && one.id === id) one.text = text;
      if (type === "display_data") {
        begin();
        outputs.push({ kind: "display", text, id });
      }
    }
  }
  return outputs.map(({ kind, text }) => ({ kind, text }));
}

test("any messages fold as the protocol says", () => {
  fc.assert(
    fc.property(fc.array(message), (messages) => {
      const texts = fold(...messages).map((output) =>
        output.output_type === "stream"
          ? { kind: output.name, text: output.text }
          : {
              kind: "display",
              text: (output as { data: Record<string, string> }).data["text/plain"],
            },
      );
      expect(texts).toEqual(reference(messages));
    }),
  );
});

test("how a text is cut into messages makes no difference", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\b") })), (parts) => {
      expect(fold(...parts.map(out))).toEqual(
        parts.join("") === "" ? [] : fold(out(parts.join(""))),
      );
    }),
  );
});

test("20 MB in one cell are kept whole", () => {
  const line = `${"x".repeat(99_999)}\n`;
  const [only] = fold(...Array.from({ length: 200 }, () => out(line)));
  expect((only as { text: string }).text.length).toBe(20_000_000);
});

test("a value that no file could hold is told in words", () => {
  const deep: unknown = JSON.parse("[".repeat(20_000) + "]".repeat(20_000));
  const [output] = fold(["display_data", { data: { "application/json": deep }, metadata: {} }]);
  expect(output).toMatchObject({
    data: { "application/json": "A value nested deeper than 500 levels." },
  });
});

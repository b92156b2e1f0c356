import { expect, test } from "vitest";
import { InvalidNotebookError } from "#runner/errors.js";
import { parseNotebook } from "#runner/read/notebook.js";

const code = (source: unknown, more: object = {}) => ({
  cell_type: "code",
  source,
  outputs: [],
  metadata: {},
  ...more,
});
const parse = (content: unknown) => parseNotebook("x.ipynb", JSON.stringify(content));
const valid = (cells: unknown[], metadata: object = {}) => ({ nbformat: 4, metadata, cells });

test("code cells are found by position; empty ones and prose are passed over", () => {
  const { cells } = parse(
    valid([{ cell_type: "markdown", source: "# x" }, code("  \n"), code(["a\n", "b"])]),
  );
  expect(cells).toMatchObject([{ index: 2, source: "a\nb", tags: [], outputs: [] }]);
});

test("stored outputs are read as whole texts", () => {
  const outputs = [
    { output_type: "stream", name: "stdout", text: ["a\n", "b\n"] },
    { output_type: "display_data", data: { "text/html": ["<b>", "x"] }, metadata: {} },
  ];
  expect(parse(valid([code("x", { outputs })])).cells[0]?.outputs).toEqual([
    { output_type: "stream", name: "stdout", text: "a\nb\n" },
    { output_type: "display_data", data: { "text/html": "<b>x" }, metadata: {} },
  ]);
});

test("rules are read from the metadata of notebook and cell", () => {
  const rules = { "notebook-runner": { masks: [{ name: "n", pattern: "\\d" }] } };
  const notebook = parse(valid([code("x", { metadata: rules })], rules));
  expect(notebook.masks).toMatchObject([{ name: "n" }]);
  expect(notebook.cells[0]?.masks).toMatchObject([{ name: "n" }]);
});

test.each([
  ["broken JSON", "{", /not JSON/],
  ["an empty file", "", /not JSON/],
  ["a byte order mark", "\ufeff{}", /byte order mark/],
  ["a list", "[]", /no JSON object/],
  [
    "what is nested too deeply to be written again",
    `{"nbformat":4,"cells":[],"metadata":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
    /deeper than 500 levels/,
  ],
  [
    "prose whose source is a number",
    JSON.stringify(valid([{ cell_type: "markdown", source: 3 }])),
    /source of cell 1/,
  ],
  ["no format", "{}", /no number nbformat/],
  ["format 3", '{"nbformat":3,"worksheets":[]}', /nbformat is 3; version 4/],
  ["no cells", '{"nbformat":4}', /no list of cells/],
  ["a number as source", JSON.stringify(valid([code(3)])), /source of cell 1/],
  ["outputs that are no list", JSON.stringify(valid([code("x", { outputs: 1 })])), /outputs of/],
  [
    "an unknown output",
    JSON.stringify(valid([code("x", { outputs: [{ output_type: "pyout" }] })])),
    /unknown type pyout/,
  ],
  [
    "a wrong rule",
    JSON.stringify(
      valid([code("x")], { "notebook-runner": { masks: [{ name: "a", pattern: "(" }] } }),
    ),
    /rule "a"/,
  ],
])("%s is refused with the reason", (_what, text, reason) => {
  expect(() => parseNotebook("x.ipynb", text)).toThrow(InvalidNotebookError);
  expect(() => parseNotebook("x.ipynb", text)).toThrow(reason);
});

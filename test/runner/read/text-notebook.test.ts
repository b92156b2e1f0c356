import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { convertCommand } from "#runner/cli/convert.js";
import { UsageError } from "#runner/errors.js";
import { updateNotebook } from "#runner/keep/write-notebook.js";
import { readNotebook } from "#runner/read/notebook.js";
import { readTextNotebook, writeTextNotebook } from "#runner/read/text-notebook.js";
import { fileLine } from "#runner/report/github.js";

// Notebooks as jupytext writes them: scripts in percent format, MyST Markdown.
const PYTHON = `# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A title
#
# Some *text*.

# %% Load tags=["parameters", "a b"] deep={"x": [1, 2]}
n = 1

# a comment
# %matplotlib inline

# %%
"""
doc
"""

# %% [raw]
# raw
`;
const TYPESCRIPT = `console.log("before the first mark");

// %%
const n: number = 1;

// %% [markdown]
// Text
`;
const MYST = `---
kernelspec:
  name: python3
  language: python
---

# A title

Some text.

+++ {"tags": ["x"]}

More text.

\`\`\`{code-cell} python
---
tags:
  - parameters
---
n = 1
\`\`\`

\`\`\`\`{code-cell} python
print("""
\`\`\`
""")
\`\`\`\`
`;

test("a Python script: header, titles, metadata, Markdown, magics", async () => {
  const { metadata, cells } = await readTextNotebook("x.py", PYTHON);
  expect(metadata).toMatchObject({ kernelspec: { name: "python3" } });
  expect(cells).toMatchObject([
    { cell_type: "markdown", source: "# A title\n\nSome *text*.", line: 10 },
    {
      cell_type: "code",
      source: "n = 1\n\n# a comment\n%matplotlib inline",
      metadata: { title: "Load", tags: ["parameters", "a b"], deep: { x: [1, 2] } },
      line: 15,
    },
    { cell_type: "code", source: '"""\ndoc\n"""', line: 21 },
    { cell_type: "raw", source: "raw" },
  ]);
});

test("a TypeScript script, whose language is that of its name", async () => {
  const { metadata, cells } = await readTextNotebook("x.ts", TYPESCRIPT);
  expect(metadata).toEqual({ language_info: { name: "typescript" } });
  expect(cells).toMatchObject([
    { source: 'console.log("before the first mark");', line: 1 },
    { source: "const n: number = 1;", line: 4 },
    { cell_type: "markdown", source: "Text" },
  ]);
});

test("MyST Markdown: header, breaks, options, fences of any length", async () => {
  const { metadata, cells } = await readTextNotebook("x.md", MYST);
  expect(metadata).toMatchObject({ kernelspec: { name: "python3" } });
  expect(cells).toMatchObject([
    { cell_type: "markdown", source: "# A title\n\nSome text." },
    { cell_type: "markdown", source: "More text.", metadata: { tags: ["x"] } },
    { cell_type: "code", source: "n = 1", metadata: { tags: ["parameters"] }, line: 20 },
    { cell_type: "code", source: 'print("""\n```\n""")' },
  ]);
  const short = "```{code-cell} ipython3\n:tags: [hide-input, skip-execution]\n\nx = 1\n```\n";
  expect(await readTextNotebook("x.md", short)).toMatchObject({
    metadata: { language_info: { name: "python" } },
    cells: [{ source: "x = 1", metadata: { tags: ["hide-input", "skip-execution"] } }],
  });
});

test.each([
  ["x.py", PYTHON],
  ["x.ts", TYPESCRIPT],
  ["x.md", MYST],
])("what is written as %s is read as it was", async (name, text) => {
  const read = await readTextNotebook(name, text);
  const again = await readTextNotebook(name, await writeTextNotebook(name, read));
  const bare = ({ metadata, cells }: typeof read) => ({
    metadata,
    cells: cells.map(({ line: _line, ...cell }) => cell),
  });
  expect(bare(again)).toEqual(bare(read));
});

describe("files", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "plain text "));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("keep their outputs beside them, by the source of the cells", async () => {
    const file = join(folder, "n.py");
    await writeFile(file, PYTHON);
    const notebook = await readNotebook(file);
    expect(notebook).toMatchObject({ kernelName: "python3", cells: [{ isUnrun: true }, {}] });
    expect(fileLine(notebook, { verdict: "cell-error", message: "", cellIndex: 1, line: 4 })).toBe(
      18,
    );
    const out = (text: string) => [{ output_type: "stream", name: "stdout", text } as const];
    const update = await updateNotebook(notebook, [out("1\n"), out("2\n")]);
    expect(update).toEqual({ written: true, failures: [] });
    expect(await readFile(file, "utf8")).toBe(PYTHON);
    await writeFile(file, PYTHON.replace("n = 1", "n = 2"));
    const edited = await readNotebook(file);
    expect(edited.cells.map(({ outputs }) => outputs)).toEqual([[], out("2\n")]);
  });

  test("are converted both ways, with their outputs, and never over another", async () => {
    const told: string[] = [];
    const convert = async (name: string, ending: string, to = folder) =>
      convertCommand([await readNotebook(join(folder, name))], ending, to, {
        write: (text) => told.push(text),
      });
    await writeFile(join(folder, "n.py"), PYTHON);
    await convert("n.py", "ipynb");
    await convert("n.ipynb", "md");
    await convert("n.md", "ipynb", join(folder, "again"));
    const cellsOf = async (path: string) => (await readNotebook(join(folder, path))).cells;
    const plain = (cells: Awaited<ReturnType<typeof cellsOf>>) =>
      cells.map(({ source, tags, outputs }) => ({ source, tags, outputs }));
    expect(plain(await cellsOf("again/n.ipynb"))).toEqual(plain(await cellsOf("n.py")));
    expect((await readdir(folder)).toSorted()).toEqual([
      "again",
      "n.ipynb",
      "n.md",
      "n.md.outputs.json",
      "n.py",
      "n.py.outputs.json",
    ]);
    await expect(convert("n.py", "ipynb")).rejects.toThrow(UsageError);
    await expect(convert("n.py", "exe")).rejects.toThrow(/--to takes/);
  });
});

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { translateAll } from "#lab/translate/translate-all.js";
import { freshFolder } from "../fixtures.js";

const folder = freshFolder();
const english = (title = "# One\n\n[Next](two.ipynb)", prose = "Some prose.") => ({
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: title },
    {
      cell_type: "code",
      execution_count: 1,
      id: "b",
      metadata: { tags: ["x"] },
      outputs: [{ name: "stdout", output_type: "stream", text: ["Not yet.\n", "  got:      1\n"] }],
      source: ["await attempt(1, 2);"],
    },
    { cell_type: "markdown", id: "c", metadata: {}, source: [prose] },
  ],
  metadata: { kernelspec: { name: "typescript" } },
  nbformat: 4,
  nbformat_minor: 5,
});
const polish =
  "note\n<!-- cell a -->\n# Jeden\n\n[Dalej](two.ipynb)\n\n<!-- cell c -->\n\nProza.\n";

const put = async (name: string, content: string) => {
  const file = join(folder(), name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
};
const read = (name: string) => readFile(join(folder(), name), "utf8");
const putEnglish = (...args: Parameters<typeof english>) =>
  put("notebooks/one.ipynb", `${JSON.stringify(english(...args), undefined, 1)}\n`);
const putPolish = (text: string) => put("translations/pl/one.md", text);

/** Does what the command does, and gives the problems. */
async function translate(...accepted: string[]): Promise<readonly string[]> {
  const { changes, problems } = await translateAll({ root: folder(), accepted });
  for (const [file, content] of changes) {
    if (content === undefined) await rm(file);
    else await put(file.slice(folder().length + 1), content.toString());
  }
  return problems;
}

beforeEach(async () => {
  await putEnglish();
  await putPolish(polish);
  await put("translations/pl/GLOSSARY.md", "words");
});

test("the Polish notebook has the code, ids and metadata, Polish prose and messages, and links lead across", async () => {
  await put("notebooks/programs/one.cjs", "1;");
  expect(await translate()).toEqual([]);
  const made = JSON.parse(await read("notebooks/pl/one.ipynb")) as ReturnType<typeof english>;
  const [title, code, prose] = english().cells;
  expect(made).toEqual({
    ...english(),
    cells: [
      {
        ...title,
        source: ["# Jeden\n", "\n", "[Dalej](two.ipynb) · [In English](../one.ipynb)"],
      },
      {
        ...code,
        outputs: [
          {
            name: "stdout",
            output_type: "stream",
            text: ["Jeszcze nie.\n", "  otrzymano:  1\n"],
          },
        ],
      },
      { ...prose, source: ["Proza."] },
    ],
  });
  expect(await read("notebooks/one.ipynb")).toContain(
    '"[Next](two.ipynb) · [Po polsku](pl/one.ipynb)"',
  );
  expect(await read("notebooks/pl/programs/one.cjs")).toBe("1;");
  // All is done: nothing is left to write.
  expect((await translateAll({ root: folder(), accepted: [] })).changes.size).toBe(0);
});

test("a cell that changes in English is told of until its translation is accepted", async () => {
  await translate();
  expect(await read("translations/pl/one.md")).toMatch(
    /^note\n<!-- cell a [\da-f]{8} -->\n# Jeden/,
  );
  await putEnglish(undefined, "Other prose.");
  const stale = ["one: cell c has changed in English since it was translated"];
  expect(await translate()).toEqual(stale);
  expect(await translate("other")).toEqual(stale);
  expect(await translate("one")).toEqual([]);
  expect(await translate()).toEqual([]);
});

test("what is missing, too much or in another order is told, and stays English", async () => {
  await putPolish("<!-- cell c -->\nProza.\n<!-- cell a -->\n[a](b.ipynb)\n<!-- cell x -->\n?");
  await put("translations/pl/gone.md", "");
  await put("notebooks/two.ipynb", JSON.stringify(english()));
  await put("notebooks/pl/old.ipynb", "{}");
  expect(await translate()).toEqual([
    "one: cell a has other links than in English",
    "one: there is no Markdown cell x in English",
    "one: the cells are in another order than in English",
    "two: there is no translations/pl/two.md",
    "translations/pl/gone.md: there is no such notebook",
  ]);
  await expect(read("notebooks/pl/old.ipynb")).rejects.toThrow("ENOENT");
  await putPolish("<!-- cell a -->\n# Jeden\n<!-- cell a -->\n# Jeden");
  expect(await translate()).toEqual(
    expect.arrayContaining(["one: cell a is translated twice", "one: cell c is not translated"]),
  );
  expect(await read("notebooks/pl/one.ipynb")).toContain("Some prose.");
});

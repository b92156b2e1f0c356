import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isSolution, readExercises } from "#lab/class/exercises.js";
import { gradedNotebook } from "#lab/class/graded-notebook.js";
import { handOut } from "#lab/class/hand-out.js";
import { readHandIns } from "#lab/class/hand-ins.js";
import { csvOf, htmlOf } from "#lab/class/reports.js";
import type { Grade } from "#lab/class/verdict.js";
import { textOf, type NotebookJson } from "#lab/translate/notebook-json.js";
import { root } from "../../root.js";
import { freshFolder } from "../fixtures.js";

const folder = freshFolder();
const exercises = await readExercises(join(root, "notebooks"));

test("every exercise of the course is known, each once", () => {
  const ids = exercises.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(120);
  expect(new Set(ids).size).toBe(ids.length);
});

test("what is handed out has no solution, and writes over nothing", async () => {
  await handOut(join(root, "notebooks", "pl"), folder(), ["2-listy"]);
  const text = await readFile(join(folder(), "2-listy.ipynb"), "utf8");
  const { cells } = JSON.parse(text) as NotebookJson;
  expect(cells.some(isSolution)).toBe(false);
  expect(text).not.toContain("// Solution");
  expect(text).toContain("await attempt(");
  await expect(handOut(join(root, "notebooks"), folder(), ["2-listy"])).rejects.toThrow("EEXIST");
});

test("of a hand-in only the answer's cell is taken into the teacher's notebook", () => {
  const exercise = exercises.find(({ id }) => id === "1.2-4/2")!;
  const { text, judging } = gradedNotebook(exercise, "const raise = 1;", "judge_x");
  const sources = (JSON.parse(text) as NotebookJson).cells.map(({ source }) => textOf(source));
  expect(judging).toBe(sources.length - 1);
  expect(sources.slice(-2)).toEqual(["const raise = 1;", 'await judge_x("1.2-4/2", raise);']);
  expect(sources.join("\n")).not.toMatch(/Solution|Your turn/);
});

test("hand-ins are found by name or by their exercises; links and what is no notebook are not run", async () => {
  const put = async (name: string, content: string) => {
    await mkdir(join(folder(), name, ".."), { recursive: true });
    await writeFile(join(folder(), name), content);
  };
  const { notebook } = exercises.find(({ id }) => id === "1.2-4/1")!;
  await put("ala/1.2-key-4.ipynb", JSON.stringify(notebook));
  await put("ben.ipynb", JSON.stringify(notebook));
  await put("cyd.ipynb", "{ no");
  await put("dan/own.ipynb", JSON.stringify({ cells: [{ cell_type: "code", source: "1" }] }));
  await put("eva/1.2-key-4.ipynb", JSON.stringify({ cells: [] }));
  await mkdir(join(folder(), "fay"));
  await symlink(join(folder(), "ala", "1.2-key-4.ipynb"), join(folder(), "fay", "a.ipynb"));
  const found = await readHandIns(folder(), exercises);
  const told = found.map(({ student, answers, invalid }) => {
    const given = answers.filter(({ answer }) => answer !== undefined).length;
    return `${student}: ${given} of ${answers.length}${invalid === undefined ? "" : `, ${invalid}`}`;
  });
  expect(told).toEqual([
    "ala: 2 of 2",
    "ben: 2 of 2",
    "cyd: 0 of 0, The file is no notebook.",
    "dan: 0 of 0, It is no notebook of the course, or has no exercise.",
    "eva: 0 of 2",
  ]);
});

test("the tables quote what a student may have written, for spreadsheets and for browsers", () => {
  const grade: Grade = {
    student: '=HYPERLINK("x")',
    file: "a.ipynb",
    exercise: "1/1",
    kind: "not-yet",
    reason: "<script>\nlines",
  };
  expect(csvOf([grade])).toBe(
    '\ufeffstudent,file,exercise,kind,reason\r\n"\'=HYPERLINK(""x"")",a.ipynb,1/1,not-yet,"<script>\nlines"\r\n',
  );
  const html = htmlOf([grade, { ...grade, student: "b", kind: "solved", reason: "" }]);
  expect(html).not.toContain("<script>");
  expect(html).toContain("✔ solved");
  expect(html).toContain("&lt;script&gt;");
});

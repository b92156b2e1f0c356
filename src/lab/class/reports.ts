import { escapeHtml } from "notebook-runner/report/html/escape";
import type { Grade } from "./verdict.js";

const COLUMNS = ["student", "file", "exercise", "kind", "reason"] as const;

/** A line for each answer, as spreadsheets read it. */
export function csvOf(grades: readonly Grade[]): string {
  const lines = grades.map((grade) => COLUMNS.map((column) => field(grade[column])).join(","));
  return `\ufeff${[COLUMNS.join(","), ...lines].join("\r\n")}\r\n`;
}

/** A spreadsheet would calculate what begins like a formula. */
function field(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** One page: who has solved what, and below why not. */
export function htmlOf(grades: readonly Grade[]): string {
  const students = [...new Set(grades.map(({ student }) => student))];
  const exercises = [...new Set(grades.map(({ exercise }) => exercise))].filter(Boolean);
  const rows = students.map((student) => {
    const own = grades.filter((grade) => grade.student === student);
    const cells = exercises.map((exercise) => {
      const kinds = own.filter((grade) => grade.exercise === exercise).map(({ kind }) => kind);
      const kind = kinds.includes("solved") ? "solved" : (kinds[0] ?? "");
      return `<td class="${kind}">${kind === "solved" ? "✔ solved" : kind}</td>`;
    });
    const solved = new Set(own.filter(({ kind }) => kind === "solved").map((it) => it.exercise));
    return `<tr><th scope="row">${escapeHtml(student)}</th>${cells.join("")}<td>${solved.size}</td></tr>`;
  });
  const reasons = grades
    .filter(({ kind }) => kind !== "solved")
    .map(
      ({ student, file, exercise, kind, reason }) =>
        `<tr><th scope="row">${escapeHtml(student)}</th><td>${escapeHtml(exercise || file)}</td><td>${kind}</td><td><pre>${escapeHtml(reason)}</pre></td></tr>`,
    );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Grades</title>
<style>
:root { color-scheme: light dark; font-family: sans-serif }
table { border-collapse: collapse }
th, td { border: 1px solid #888; padding: 0.3em 0.6em; text-align: left; vertical-align: top }
pre { margin: 0; white-space: pre-wrap }
.solved { font-weight: bold }
</style>
<h1>Grades</h1>
<table>
<tr><th scope="col">student</th>${exercises.map((id) => `<th scope="col">${escapeHtml(id)}</th>`).join("")}<th scope="col">solved</th></tr>
${rows.join("\n")}
</table>
<h2>Why not</h2>
<table>
<tr><th scope="col">student</th><th scope="col">exercise</th><th scope="col">verdict</th><th scope="col">reason</th></tr>
${reasons.join("\n")}
</table>
</html>
`;
}

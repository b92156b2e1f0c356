import { textOf, written, type CellJson } from "../translate/notebook-json.js";
import type { Exercise } from "./exercises.js";
import { isSolution, isStarter } from "./exercises.js";

export interface GradedNotebook {
  /** In nbformat's JSON. */
  readonly text: string;
  /** Position, among all cells, of the one that judges: it ends well when the exercise is solved. */
  readonly judging: number;
}

/**
 * The teacher's notebook with one answer in it. All else that a hand-in says or shows does not count:
 * neither its other cells, nor what it prints.
 *
 * @param name a name for the judging function that nobody can know
 */
export function gradedNotebook(exercise: Exercise, answer: string, name: string): GradedNotebook {
  const cells: CellJson[] = [code("prelude", preludeOf(exercise, name))];
  let judging = -1;
  for (const cell of exercise.notebook.cells) {
    if (cell.id === exercise.cellId) {
      cells.push(code("answer", answer), code("judging", `await ${name}(${exercise.args});`));
      judging = cells.length - 1;
      break;
    }
    if (cell.cell_type !== "code" || isSolution(cell) || isStarter(cell)) continue;
    cells.push(code(cell.id, textOf(cell.source)));
  }
  const { notebook } = exercise;
  return { text: written({ ...notebook, cells }), judging };
}

/** The parts of the lib that judge are taken, and made unchangeable, before the answer's code runs. */
function preludeOf({ id }: Exercise, name: string): string {
  const [section = ""] = id.split("/");
  return `// @ts-nocheck
const ${name} = await (async () => {
  const { createRequire } = await import("node:module");
  const require = createRequire(process.cwd() + "/");
  const lab = require("redis-lab");
  const folder = require("node:path").dirname(require.resolve("redis-lab"));
  const { tasks } = require(folder + "/tasks/" + ${JSON.stringify(section)} + ".js");
  for (const one of Object.values(tasks)) Object.freeze(one);
  Object.freeze(tasks);
  for (const [file, { exports }] of Object.entries(require.cache)) {
    if (!file.startsWith(folder)) continue;
    for (const one of Object.values(exports)) if (typeof one === "function") Object.freeze(one.prototype);
    Object.freeze(exports);
  }
  const { check } = lab;
  return (exercise, answer) => check(exercise, answer);
})();`;
}

function code(id: string, source: string): CellJson {
  const empty = { execution_count: null, outputs: [] };
  return { cell_type: "code", id, metadata: {}, source, ...empty };
}

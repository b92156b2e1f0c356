import { task } from "../exercises/task.js";

export const tasks = {
  1: task("from where to where?", async (t, squares: (n: number) => unknown) => {
    for (const n of [10, 3, 1, 0]) {
      const run = await t.call("squares", squares, n);
      const wanted = Array.from({ length: n }, (_, i) => (i + 1) ** 2);
      run.gives(wanted, `The squares of 1 to ${n} should come back.`).uses(["EVAL", "EVALSHA"]);
      t.that((run.sent[0]?.args.length ?? 9) <= 3, "Right result, but the script did not compute.");
    }
  }),
  2: task("append, so that there are no gaps", async (t, evens: (numbers: number[]) => unknown) => {
    for (const numbers of [
      [2, 1, 3, 4, 6],
      [1, 3],
      [0, -2, 5],
      [7, 8],
    ]) {
      const run = await t.call("evens", evens, numbers);
      const wanted = numbers.filter((n) => n % 2 === 0);
      run.gives(wanted, "All even numbers should come back, as numbers, and no others.");
      run.uses(["EVAL", "EVALSHA"]);
      const args = run.sent[0]?.args.slice(2) ?? [];
      t.that(args.length >= numbers.length, "Right result, but the script did not choose.");
    }
  }),
  3: task("a table for each field", async (t, record: (name: string, age: number) => unknown) => {
    for (const [name, age] of [
      ["Ala", 24],
      ["Zoë", 0],
    ] as const) {
      const run = await t.call("record", record, name, age);
      run.gives({ name, age }, "The object should have the name and the age, which is a number.");
      run.uses(["EVAL", "EVALSHA"]);
    }
  }),
};

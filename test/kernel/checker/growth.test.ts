import { expect, test } from "vitest";

import { writeDocument } from "#kernel/checker/write-document.js";
import { readCell } from "#kernel/checker/read-cell.js";
import { Scope } from "#kernel/checker/scope.js";

/** The document of a cell after others ran. */
function documentOf(scope: Scope, code: string): string {
  return writeDocument(scope, readCell(code), ["redis-lab"]).text;
}

function run(scope: Scope, ...cells: readonly string[]): void {
  for (const code of cells) scope.accept(code, readCell(code).declarations);
}

const CELLS = [
  'import { connect } from "redis-lab"; const redis = await connect("x");',
  "class Item { constructor(readonly name: string) {} }",
  'const items = [new Item("a")]; let count = items.length;',
  "function total() { return items.length + count }",
];

test("200 cells run again and again leave the document as it was", () => {
  const scope = new Scope();
  run(scope, ...CELLS);
  const first = documentOf(scope, "total(); redis; Item");
  for (let round = 0; round < 50; round++) run(scope, ...CELLS);
  expect(documentOf(scope, "total(); redis; Item")).toBe(first);
  expect(scope.revision).toBe(CELLS.length);
});

test("a cell that is edited and run 200 times leaves its last version only", () => {
  const scope = new Scope();
  run(scope, ...CELLS);
  const size = documentOf(scope, "Item; total()").length;
  for (let edit = 0; edit < 200; edit++) {
    run(
      scope,
      `class Item { constructor(readonly name: string, readonly n = ${edit}) {} }`,
      ...CELLS.slice(2),
    );
  }
  expect(documentOf(scope, "Item; total()").length).toBeLessThan(size + 200);
});

test("a cell is given what it mentions, not the whole notebook", () => {
  const scope = new Scope();
  for (let n = 0; n < 200; n++)
    run(scope, `const value${n} = ${n}; console.log("a long line that does something", ${n});`);
  expect(documentOf(scope, "value150").length).toBeLessThan(documentOf(scope, "").length + 40);
});

test("declarations that each need the one before are kept to a bound", () => {
  const scope = new Scope();
  run(scope, "let left = 1; let right = 2;");
  const sizes: number[] = [];
  for (let n = 0; n < 1000; n++) {
    run(scope, n % 2 === 0 ? `const left = right + ${n}` : `const right = left + ${n}`);
    if (n % 200 === 199) sizes.push(documentOf(scope, "left; right").length);
  }
  const [first = 0, ...others] = sizes;
  for (const size of others) expect(size).toBeLessThan(2 * first + 1000);
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { typeCheck } from "#lab/check/type-check.js";
import { parseNotebook } from "#runner/read/notebook.js";
import { notebookText } from "../../runner/fixtures.js";
import { root } from "../../root.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "notebooks żółw "));
  await writeFile(join(folder, "helper.ts"), "export const helper = (n: number) => `${n}`;\n");
});
afterAll(() => rm(folder, { recursive: true }));

/** Checks a notebook of these cells; gives `cell line:column code` for each error. */
function check(...sources: string[]): string[] {
  return checkAll([sources]);
}

function checkAll(notebooks: readonly (readonly string[])[]): string[] {
  const read = notebooks.map((sources, index) => {
    const cells = sources.map((source) => ({ source }));
    return parseNotebook(join(folder, `zeszyt ${index}.ipynb`), notebookText(cells));
  });
  return typeCheck(read, root).map(
    ({ cell, line, column, code }) => `${cell.index + 1} ${line}:${column} TS${code}`,
  );
}

describe("cells of one module", () => {
  test("see what those before them declare, with its type", () => {
    expect(
      check("const a = 1;\nfunction f() { return a; }", "f().toFixed();\nf().trim();"),
    ).toEqual(["2 2:5 TS2339"]);
  });

  test("may await at their top", () => {
    expect(check("const a = await Promise.resolve('a');", "await 0;\na.toFixed();")).toEqual([
      "2 2:3 TS2551",
    ]);
  });

  test.each(["const", "let", "var"])("may declare a %s anew, as something else", (keyword) => {
    expect(check(`${keyword} x = 1;`, `${keyword} x = "one";`, "x.trim();\nx.toFixed();")).toEqual([
      "3 2:3 TS2551",
    ]);
  });

  test("may declare functions, classes, interfaces and types anew", () => {
    const first =
      "function f() { return 1; }\nclass C { a = 1; }\ninterface I { a: 1 }\ntype T = 1;";
    const again = first.replaceAll("1", '"one"');
    const use = 'f().trim();\nnew C().a.trim();\nconst i: I = { a: "one" };\nconst t: T = "one";';
    expect(check(first, again, use)).toEqual([]);
    expect(check(first, use)).toHaveLength(4);
  });

  test("may import the same again, another thing of that name, and what a variable hid", () => {
    const fs = 'import { join } from "node:path";';
    const use = 'join("a", "b").trim();';
    expect(check(fs, `${fs}\n${use}`)).toEqual([]);
    expect(check(fs, "const join = 1;", use)).toEqual(["3 1:1 TS2349"]);
    expect(check(fs, "const join = 1;", `${fs}\n${use}`)).toEqual([]);
    const other = 'import { basename as join } from "node:path";';
    expect(check(fs, other, "join('a', 'b', 'c');")).toEqual(["3 1:16 TS2554"]);
    const types = 'import type { ConnectOptions } from "redis-lab";\nlet o: ConnectOptions = {};';
    expect(check("class ConnectOptions {}", `${types}\no.url = 1;`)).toEqual(["2 3:1 TS2322"]);
  });

  test("may export", () => {
    expect(check("export const a = 1;\nexport function f() {}", "f();\na.trim();")).toEqual([
      "2 2:3 TS2339",
    ]);
  });

  test("are checked also behind one that throws", () => {
    expect(check("throw new Error('expected');", "const a: number = 'a';")).toEqual([
      "2 1:7 TS2322",
    ]);
  });
});

describe("a place", () => {
  test("is counted in the cell, behind letters of two units and lines of CRLF as well", () => {
    const cell = 'const elephant = "🐘 żółw";\r\n\r\n  elephant.nothing;';
    expect(check("1;", `/* 🐘 */ 1 as string;\n`, cell)).toEqual([
      "2 1:10 TS2352",
      "3 3:12 TS2339",
    ]);
  });

  test("in an import is found in its cell, once for all its names", () => {
    expect(check("1;", 'import { a, b } from "no-such-package";')).toEqual(["2 1:22 TS2307"]);
    expect(check('import { nothing } from "redis-lab";')).toEqual(["1 1:10 TS2305"]);
  });

  test("in a cell that does not parse is told, and the other cells are checked", () => {
    expect(check("const a = 1;", "if (a {", "a.trim();")).toEqual([
      "2 1:7 TS1005",
      "2 1:8 TS1005",
      "3 1:3 TS2339",
    ]);
  });
});

describe("a notebook", () => {
  test("outside of the project finds redis-lab, Node and files of its own folder", () => {
    const imports =
      'import { connect } from "redis-lab";\nimport { helper } from "./helper";\nimport { join } from "node:path";';
    const use =
      'const redis = await connect();\n(await redis.get(join("a"))).trim();\nhelper("1");';
    expect(check(imports, use)).toEqual(["2 2:1 TS2531", "2 3:8 TS2345"]);
  });

  test("does not see the names of another", () => {
    expect(checkAll([["const mine = 1;"], ["mine;"]])).toEqual(["1 1:1 TS2304"]);
  });
});

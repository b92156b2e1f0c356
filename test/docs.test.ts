import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { VERDICTS } from "#runner/judge/verdicts.js";
import { root } from "./root.js";

// What the docs say of the code, as far as a program can tell. All of this only reads files.

const read = (file: string) => readFile(join(root, file), "utf8");
const filesIn = async (folder: string) =>
  (await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\/(?:dist|node_modules)\b/.test(entry.parentPath))
    .map(({ parentPath, name }) => join(parentPath, name));

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  ...(await filesIn("docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.slice(root.length + 1)),
];

test.each(PAGES)("%s names files that there are", async (page) => {
  const folders = await Promise.all(
    ["src", "scripts", "test", "bench/packages", ".github"].map(filesIn),
  );
  const files = folders.flat();
  const named = [...(await read(page)).matchAll(/`([\w./-]+\.(?:ts|mjs|cjs|yml))`/g)];
  const missing = named
    .map(([, name = ""]) => name)
    .filter((name) => name !== "NAME.ts" && !/^(?:NAME|SECTION)|\/(?:NAME|SECTION)/.test(name))
    .filter((name) => !files.some((file) => file.endsWith(`/${name.replace(/^\.\.\//, "")}`)))
    .filter((name) => !["docker-compose.yml", "action.yml", "notebooks.test.ts"].includes(name));
  expect(missing).toEqual([]);
});

test.each(PAGES)("links of %s lead to files and headings", async (page) => {
  const broken: string[] = [];
  for (const [, target = ""] of (await read(page)).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
    const [path = "", heading] = target.split("#");
    const file = path === "" ? page : join(dirname(page), path);
    const found = await stat(join(root, file)).catch(() => undefined);
    const headings = heading === undefined || !found?.isFile() ? [] : anchorsOf(await read(file));
    if (found === undefined || (heading !== undefined && !headings.includes(heading)))
      broken.push(target);
  }
  expect(broken).toEqual([]);
});

/** As GitHub makes them. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replace(/\s/g, "-"),
  );

test("the page of verdicts has a row for each, and no other", async () => {
  const page = await read("docs/way-of-a-verdict.md");
  const table = page.slice(page.indexOf("## Verdicts"), page.indexOf("## When outputs"));
  const rows = table.split("\n").filter((line) => line.startsWith("| `"));
  const codes = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([\w-]+)`/g)]);
  expect(codes.map(([, code = ""]) => code).toSorted()).toEqual(Object.keys(VERDICTS).toSorted());
});

test("README counts the notebooks", async () => {
  const names = (await readdir(join(root, "notebooks"))).filter(
    (name) => name.endsWith(".ipynb") && name !== "index.ipynb",
  );
  expect(await read("README.md")).toContain(`${names.length} notebooks`);
});

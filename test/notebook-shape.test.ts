import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { cellCommands, cliNames } from "#lab/check/command-calls.js";
import { readNotebook } from "#runner/read/notebook.js";
import type { Output } from "#runner/read/output.js";
import { selectFiles } from "#runner/read/select-files.js";
import { root } from "./root.js";

// The shape of a notebook, as CONTRIBUTING.md gives it. All of this only reads files.
const folder = join(root, "notebooks");
const MAX_OUTPUT = 10_000;

interface Cell {
  readonly isCode: boolean;
  readonly source: string;
  readonly outputs: readonly Output[];
  readonly isFolded: boolean;
}

async function readCells(name: string): Promise<Cell[]> {
  const { text, cells } = await readNotebook(join(folder, name));
  const json = JSON.parse(text) as {
    cells: {
      cell_type: string;
      source: string | string[];
      metadata: { jupyter?: { source_hidden?: boolean } };
    }[];
  };
  return json.cells.map(({ cell_type, source, metadata }, index) => ({
    isCode: cell_type === "code",
    source: [source].flat().join(""),
    outputs: cells.find((cell) => cell.index === index)?.outputs ?? [],
    isFolded: metadata.jupyter?.source_hidden === true,
  }));
}

const proseOf = (cells: readonly Cell[]) =>
  cells
    .filter(({ isCode }) => !isCode)
    .map(({ source }) => source)
    .join("\n\n");
const linksOf = (text: string) => [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to ?? "");
const localLinks = (text: string) => linksOf(text).filter((to) => !/^(https?:|#)/.test(to));
const linesOf = ({ source }: Cell) => source.trimEnd().split("\n").length;

const files = (await selectFiles(["notebooks/*.ipynb"], [root])).map((file) => basename(file));
const notebooks = new Map(
  await Promise.all(files.map(async (name) => [name, await readCells(name)] as const)),
);
/** The notebooks in the order in which the index tells to read them; its other language is none. */
const order = [...new Set(localLinks(proseOf(notebooks.get("index.ipynb") ?? [])))].filter(
  (to) => to.endsWith(".ipynb") && to !== "pl/index.ipynb",
);
const sections = files.filter((name) => name !== "index.ipynb");

describe("the index", () => {
  test("lists every notebook", () => {
    expect(sections.filter((name) => !order.includes(name))).toEqual([]);
  });

  test("tells the minutes of each as its title does, and what it needs, which comes before it", () => {
    const text = proseOf(notebooks.get("index.ipynb") ?? []);
    const rows = [...text.matchAll(/^\|[^|]*\]\(([^)]+)\)[^|]*\|[^|]*\| (\d+) \| ([^|]+) \|$/gm)];
    expect(rows.map(([, name]) => name)).toEqual(order);
    for (const [, name = "", minutes, needs = ""] of rows) {
      const title = notebooks.get(name)?.[0]?.source;
      expect(title).toContain(`*${minutes} minutes.*`);
      const late = linksOf(needs).filter((to) => order.indexOf(to) >= order.indexOf(name));
      expect(late).toEqual([]);
    }
  });
});

test.each(files)("every link in %s leads to a file", (name) => {
  const links = localLinks(proseOf(notebooks.get(name) ?? []));
  const path = (to: string) => join(folder, decodeURIComponent(to.replace(/#.*/, "")));
  expect(links.filter((to) => !existsSync(path(to)))).toEqual([]);
});

test.each(files)(
  "no answer in %s begins with a number and a dot, which would be a list",
  (name) => {
    expect(proseOf(notebooks.get(name) ?? []).match(/^\d+[.)] .*$/gm) ?? []).toEqual([]);
  },
);

describe.each(sections)("%s", (name) => {
  const cells = notebooks.get(name) ?? [];
  const code = cells.filter(({ isCode }) => isCode);
  const title = cells[0]?.source ?? "";

  test("begins with titles, outcome, goals, minutes and the way on", () => {
    expect(cells[0]?.isCode).toBe(false);
    expect(title).toMatch(
      /^# [^\n]+\n\*[^*\n]+\*\n\n\*\*[^*\n]+\*\*\n\n(- [^\n]+\n){3,5}\n\*\d+ minutes\.\*/,
    );
    const at = order.indexOf(name);
    const [previous, next] = [order[at - 1], order[at + 1]];
    const others = [previous, next, "index.ipynb"].filter((to) => to);
    expect(localLinks(title).filter((to) => to !== `pl/${name}`)).toEqual(others);
    expect(/Previous: \[[^\]]+\]\(([^)]+)\)/.exec(title)?.[1]).toBe(previous);
    expect(/Next: \[[^\]]+\]\(([^)]+)\)/.exec(title)?.[1]).toBe(next);
  });

  test("begins its code with import, connection and clean keys, in six lines", () => {
    const [first] = code;
    expect(first?.source).toMatch(/from "redis-lab"/);
    expect(first?.source).toMatch(/clearKeys\("lab:|jobs\.clear\(/);
    expect(first && linesOf(first)).toBeLessThanOrEqual(6);
  });

  test("ends with a recap that tells costs, and a cell that clears and closes", () => {
    expect(proseOf(cells)).toMatch(/^## Recap$[\s\S]+\bO\(/m);
    const last = cells.at(-1);
    expect(last?.source).toMatch(/(clearKeys\("lab:|jobs\.clear\()[\s\S]*closeAll\(\);?\s*$/);
  });

  test("has cells of twelve lines at most", () => {
    expect(code.filter((cell) => linesOf(cell) > 12).map(({ source }) => source)).toEqual([]);
  });

  test("has two or three exercises, each with a starter and a folded, checked solution", () => {
    const solutions = cells.filter(({ isFolded }) => isFolded);
    expect(solutions.length).toBeGreaterThanOrEqual(2);
    for (const solution of solutions) {
      expect(solution.source).toMatch(/\bcheck\(/);
      expect(textOf(solution)).toMatch(/✔ correct/);
      const starter = cells[cells.indexOf(solution) - 1];
      expect(starter?.isFolded).toBe(false);
      expect(starter?.source).toMatch(/\battempt\(/);
      expect(starter && textOf(starter)).toMatch(/^Not yet\./m);
    }
    const starters = cells.filter(({ isCode, source }) => isCode && /\battempt\(/.test(source));
    expect(starters).toHaveLength(solutions.length);
  });

  test("links each command, here or in a notebook before it", () => {
    const before = [...order.slice(0, order.indexOf(name)), name];
    const prose = before.map((one) => proseOf(notebooks.get(one) ?? [])).join("\n");
    const pages = linksOf(prose).flatMap((to) => {
      const page = /^https:\/\/redis\.io\/docs\/latest\/commands\/([\w.-]+)\/?$/.exec(to)?.[1];
      return page === undefined ? [] : [page, page.replace(/-.*/, "")];
    });
    expect([...new Set(code.flatMap(commandsOf))].filter((it) => !pages.includes(it))).toEqual([]);
  });

  test("stores no long output, and nothing of the machine it ran on", () => {
    const outputs = code.flatMap(({ outputs: all }) => all).map(withoutPictures);
    expect(outputs.filter((output) => output.length > MAX_OUTPUT)).toEqual([]);
    const text = outputs.join("\n");
    expect(text).not.toMatch(/\/(home|root|Users|tmp|private|var)\/|[A-Z]:\\\\Users/);
    expect(text).not.toContain(root);
    // A host that is called localhost, or by one letter, says nothing.
    const hosts = [hostname()].filter((host) => host.length > 3 && host !== "localhost");
    expect(hosts.filter((host) => text.includes(host))).toEqual([]);
  });
});

/** `exec` sends what was queued, whose methods are found themselves. */
function commandsOf({ source }: Cell): string[] {
  const { calls, cliLines } = cellCommands(source);
  const names = [...calls.map(({ command }) => command), ...cliLines.flatMap(cliNames)];
  return names.filter((command) => command !== "exec");
}

function textOf({ outputs }: Cell): string {
  return outputs.map((output) => (output.output_type === "stream" ? output.text : "")).join("");
}

function withoutPictures(output: Output): string {
  if (!("data" in output)) return JSON.stringify(output);
  const kept = Object.entries(output.data).filter(([type]) => !type.startsWith("image/"));
  return JSON.stringify(kept).replace(/data:image\/[^"\\]*/g, "");
}

test("no file of a notebook names this folder", async () => {
  for (const name of files) expect(await readFile(join(folder, name), "utf8")).not.toContain(root);
});

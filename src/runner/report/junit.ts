import type { CellResult } from "../run/cell-result.js";
import type { RunResult } from "../run/run-events.js";
import { shortPath } from "../read/select-files.js";
import { VERDICTS, type Failure } from "../judge/verdicts.js";
import { fileLine } from "./github.js";

/** What CI servers show of a text, in characters; more only slows them. */
const LONGEST = 20_000;

/**
 * JUnit XML: a suite for each notebook, a case for each code cell, and one for the notebook as a
 * whole, which fails when no cell is to blame. The failure's type is the verdict's code.
 */
export function junitXml(results: readonly RunResult[], milliseconds: number): string {
  const suites = results.map(suite);
  const sum = (key: "tests" | "failures" | "skipped") =>
    suites.reduce((total, one) => total + one[key], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="notebooks" tests="${sum("tests")}" failures="${sum("failures")}" skipped="${sum("skipped")}" time="${time(milliseconds)}">`,
    ...suites.map(({ xml }) => xml),
    "</testsuites>\n",
  ].join("\n");
}

function suite(result: RunResult) {
  const { notebook, cells, failures } = result;
  const name = shortPath(notebook.file);
  const whole = failures.filter(({ cellIndex }) => cellIndex === undefined);
  const ofCell = (cell: CellResult) =>
    failures.filter(({ cellIndex }) => cellIndex === cell.cell.index);
  const cases = [
    ...cells.map((cell, position) =>
      testCase(result, {
        name: `code cell ${position + 1}: ${title(cell.cell.source)}`,
        milliseconds: cell.milliseconds,
        failures: ofCell(cell),
        skipped: skipReason(cell),
      }),
    ),
    testCase(result, {
      name: "the kernel: start and end",
      milliseconds: result.startMilliseconds,
      failures: whole,
      skipped: undefined,
    }),
  ];
  const failed =
    cells.filter((cell) => ofCell(cell).length > 0).length + (whole.length > 0 ? 1 : 0);
  const skipped = cells.filter((cell) => skipReason(cell) && ofCell(cell).length === 0).length;
  const counts = `tests="${cases.length}" failures="${failed}" skipped="${skipped}"`;
  const xml = [
    `  <testsuite name="${escapeXml(name)}" ${counts} time="${time(result.milliseconds)}">`,
    ...cases,
    "  </testsuite>",
  ].join("\n");
  return { xml, tests: cases.length, failures: failed, skipped };
}

interface Case {
  readonly name: string;
  readonly milliseconds: number;
  readonly failures: readonly Failure[];
  readonly skipped: string | undefined;
}

function testCase({ notebook }: RunResult, { name, milliseconds, failures, skipped }: Case) {
  const file = shortPath(notebook.file);
  const line = failures[0] === undefined ? "" : ` line="${fileLine(notebook, failures[0])}"`;
  const open = `    <testcase classname="${escapeXml(file)}" name="${escapeXml(name)}" file="${escapeXml(file)}"${line} time="${time(milliseconds)}"`;
  const inside = failures.map(
    ({ verdict, message, detail }) =>
      `      <failure type="${verdict}" message="${escapeXml(`${VERDICTS[verdict].title}: ${message}`)}">` +
      `${escapeXml((detail ?? message).slice(0, LONGEST))}</failure>`,
  );
  if (inside.length === 0 && skipped !== undefined) {
    inside.push(`      <skipped message="${escapeXml(skipped)}"/>`);
  }
  return inside.length === 0 ? `${open}/>` : [`${open}>`, ...inside, "    </testcase>"].join("\n");
}

function skipReason({ status }: CellResult): string | undefined {
  if (status === "skipped") return "its tag says so";
  return status === "not-run" ? "an earlier cell failed" : undefined;
}

/** The first line of code that is no comment. */
function title(source: string): string {
  const lines = source.split("\n").map((line) => line.trim());
  return (lines.find((line) => line !== "" && !/^(?:\/\/|#|\/\*|\*)/.test(line)) ?? "").slice(
    0,
    80,
  );
}

function time(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

export function escapeXml(text: string): string {
  const names: Record<string, string> = { "<": "lt", ">": "gt", "&": "amp", '"': "quot" };
  return (
    text
      // XML has no way to write these, not even escaped.
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
      .replace(/[<>&"]/g, (character) => `&${names[character]};`)
      .replace(/\n/g, "&#10;")
  );
}

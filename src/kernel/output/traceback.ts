import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { inspect } from "node:util";
import { withSourceNames } from "../cell-names.js";
import { CompileError, KeyboardInterrupt } from "../errors.js";
import type { CellError } from "../link.js";
import { codeFrame, heading, placeOf } from "./code-frame.js";
import { bold, red } from "./colours.js";
import { isOwnFile } from "./own-package.js";
import { sourceOf } from "./stack.js";

export interface Frame {
  readonly name?: string | undefined;
  readonly file: string;
  readonly line: number;
}

/** Deeper frames help nobody who reads a notebook. */
const MAX_FRAMES = 8;
/** So many causes of causes. */
const MAX_CAUSES = 5;

/**
 * Puts what was thrown into the protocol's words: the user's own frames, each with its source.
 *
 * @param fallback where the cell was, for an error without a frame of the user's
 */
export function describeError(thrown: unknown, fallback?: Frame): CellError {
  try {
    return describe(thrown, fallback);
  } catch {
    return describeUnreadable(thrown);
  }
}

function describe(thrown: unknown, fallback?: Frame): CellError {
  if (thrown instanceof KeyboardInterrupt) {
    return { ename: thrown.name, evalue: "", traceback: [red(thrown.name)] };
  }
  if (!isError(thrown)) {
    const evalue = typeof thrown === "string" ? thrown : inspect(thrown);
    return { ename: "Thrown", evalue, traceback: [`${red("Thrown")}: ${evalue}`] };
  }
  const [ename, evalue] = [nameOf(thrown), textOf(thrown, "message", "")];
  return { ename, evalue, traceback: lines(thrown, MAX_CAUSES, fallback) };
}

/** For an error whose getters throw, and after a cell has broken what describing needs. */
function describeUnreadable(thrown: unknown): CellError {
  const [ename, evalue] = [textOf(thrown, "name", "Error"), textOf(thrown, "message", "")];
  return { ename, evalue, traceback: [`${ename}: ${evalue}`] };
}

/** Name or message, whatever was put there instead of a text. */
function textOf(thrown: unknown, key: "name" | "message", otherwise: string): string {
  try {
    const value = (thrown as Record<string, unknown>)[key];
    if (!value) return otherwise;
    return withSourceNames(typeof value === "string" ? value : inspect(value));
  } catch {
    return otherwise;
  }
}

function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

function nameOf(error: Error): string {
  return textOf(error, "name", error.constructor.name || "Error");
}

function lines(error: Error, causes: number, fallback?: Frame): string[] {
  const shown = [`${red(nameOf(error))}: ${textOf(error, "message", "")}`, ...details(error)];
  if (error instanceof CompileError) {
    const place = placeOf(error.source, error.offset);
    shown.push(codeFrame(error.source, place));
  }
  const frames = withAwait(stackOf(error), fallback);
  for (const frame of frames.slice(0, MAX_FRAMES)) {
    shown.push("", heading(shortFile(frame.file), frame.line, frame.name));
    const source = sourceOf(frame.file) ?? read(frame.file);
    if (source !== undefined) shown.push(codeFrame(source, { line: frame.line }));
  }
  const rest = frames.length - MAX_FRAMES;
  if (rest > 0) shown.push("", `... and ${rest} more frames`);
  if (causes === 0) return shown;
  // That of a compiler tells the same once more.
  if (error.cause !== undefined && !(error instanceof CompileError)) {
    shown.push("", bold("Caused by:"), ...describeCause(error.cause, causes - 1));
  }
  const { errors } = error as { readonly errors?: unknown };
  // Some libraries keep an object there.
  for (const inner of Array.isArray(errors) ? (errors as unknown[]) : []) {
    shown.push("", bold("One of the errors:"), ...describeCause(inner, causes - 1));
  }
  return shown;
}

/** Anyone may put anything there. */
function stackOf(error: { readonly stack?: unknown }): string {
  return typeof error.stack === "string" ? withSourceNames(error.stack) : "";
}

function describeCause(cause: unknown, causes: number): readonly string[] {
  return isError(cause) ? lines(cause, causes) : [inspect(cause)];
}

const SHOWN_ELSEWHERE = ["name", "message", "stack", "cause", "source", "offset"];

/** What else the error holds, such as a code or a command. */
function details(error: Error): string[] {
  // It says itself how it is to be shown.
  if (inspect.custom in error) return [];
  const own = Object.entries(error).filter(
    ([key, value]) => !SHOWN_ELSEWHERE.includes(key) && !(key === "errors" && Array.isArray(value)),
  );
  if (own.length === 0) return [];
  return [fields(Object.fromEntries(own))];
}

/** More lines of an error's own fields than these hide what it says. */
const MAX_FIELD_LINES = 40;
const MAX_FIELD_DEPTH = 4;

/** As deep as there is room for: a command with its arguments, not all that a request holds. */
function fields(own: object): string {
  for (let depth = MAX_FIELD_DEPTH; ; depth--) {
    const text = inspect(own, {
      depth,
      breakLength: 100,
      maxArrayLength: 20,
      maxStringLength: 1000,
    });
    if (depth <= 1 || text.split("\n").length <= MAX_FIELD_LINES) return text;
  }
}

const FRAME = /^\s+at (?:(?:async )?(.*?) \()?((?:file:|[A-Za-z]:|\/|Cell ).*?):(\d+):\d+\)?$/;

function userFrames(stack: string): Frame[] {
  const frames: Frame[] = [];
  for (const text of stack.split("\n")) {
    const [, name, file = "", line] = FRAME.exec(text) ?? [];
    if (line === undefined || !(file.startsWith("Cell ") || isOwnFile(file))) continue;
    const known = name === undefined || /<anonymous>/.test(name) ? undefined : name;
    const frame = { name: known, file, line: Number(line) };
    const last = frames.at(-1);
    // The parts of one line are one place to a reader.
    if (last?.file !== file || last.line !== frame.line) frames.push(frame);
  }
  return frames;
}

/** The frames of a stack, and where the cell was if they do not tell. */
function withAwait(stack: string, place: Frame | undefined): Frame[] {
  const found = userFrames(stack);
  if (place === undefined) return found;
  const last = found.findLast(({ file }) => file.startsWith("Cell "));
  if (last === undefined) return [place, ...found];
  // V8 does not tell of a cell that waits for a function. A stack that was cut short ends in one, too.
  const isWhole = stack.split("\n    at ").length <= Error.stackTraceLimit;
  return last.name !== undefined && isWhole ? [...found, place] : found;
}

function shortFile(file: string): string {
  if (file.startsWith("Cell ")) return file;
  const short = relative(process.cwd(), file.replace(/^file:\/\//, ""));
  return short.startsWith("../../..") ? file : short;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file.startsWith("file:") ? new URL(file) : file, "utf8");
  } catch {
    return undefined;
  }
}

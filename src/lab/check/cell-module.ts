import { parseSync, type Program } from "oxc-parser";
import { ImportHoister } from "./cell-imports.js";

/** A place in the source of a cell. */
export interface CellPosition {
  /** Position among the cells given, from 0. */
  readonly cell: number;
  /** In UTF-16 units from the start of the cell's source. */
  readonly offset: number;
}

/** A module made of cells; `locate` finds the place in a cell, undefined for words of ours. */
export interface CellModule {
  readonly text: string;
  readonly locate: (position: number) => CellPosition | undefined;
}

/**
 * Makes one module of cells, such that a cell sees what those before it declare and may declare it
 * anew: each cell is a block inside the block of the one before, and imports are put on top.
 *
 * @param sources TypeScript that `parses`
 */
export function cellModule(sources: readonly string[]): CellModule {
  const top = new Writer();
  const blocks = new Writer();
  const imports = new ImportHoister();
  for (const [cell, source] of sources.entries()) {
    const { program } = parse(source);
    const { hoisted, glue } = imports.take(source, program);
    for (const part of hoisted) {
      if (typeof part === "string") top.add(part);
      else top.add(source.slice(part.start, part.end), { cell, offset: part.start });
    }
    blocks.add(`{ ${glue}\n`);
    blocks.add(blockBody(source, program), { cell, offset: 0 });
    blocks.add("\n");
  }
  blocks.add("}".repeat(sources.length));
  // Without it a notebook that imports nothing would be a script, and share its names with others.
  top.add("export {};\n");
  return {
    text: top.text + blocks.text,
    locate: (position) =>
      position < top.text.length ? top.locate(position) : blocks.locate(position - top.text.length),
  };
}

/** Whether a cell can be put into a module: unbalanced brackets would reach into other cells. */
export function parses(source: string): boolean {
  return parse(source).errors.length === 0;
}

function parse(source: string) {
  return parseSync("cell.ts", source, { lang: "ts", sourceType: "module" });
}

/**
 * The statements of a cell as they may stand in a block, character for character in their places:
 * imports and the word `export` are blanked; `var`, which would leave its block, is `let`; and a
 * bare `throw` is `void`, because cells that follow it are run, too.
 */
function blockBody(source: string, { body }: Program): string {
  let text = source;
  const put = (start: number, end: number, word = "") => {
    const blank = source.slice(start + word.length, end).replace(/[^\r\n]/g, " ");
    text = text.slice(0, start) + word + blank + text.slice(end);
  };
  for (const node of body) {
    if (node.type === "ImportDeclaration" || node.type === "ExportAllDeclaration") {
      put(node.start, node.end);
    } else if (node.type === "ExportNamedDeclaration" || node.type === "ExportDefaultDeclaration") {
      put(node.start, node.declaration?.start ?? node.end);
    } else if (node.type === "VariableDeclaration" && node.kind === "var") {
      put(node.start, node.start + 3, "let");
    } else if (node.type === "ThrowStatement") {
      put(node.start, node.start + 5, "void");
    }
  }
  return text;
}

/** Collects a text and remembers which of its parts come from which cell. */
class Writer {
  text = "";
  readonly #parts: { start: number; end: number; from: CellPosition }[] = [];

  add(text: string, from?: CellPosition): void {
    const start = this.text.length;
    this.text += text;
    if (from) this.#parts.push({ start, end: this.text.length, from });
  }

  /** An error may point behind the last character of its cell. */
  locate(position: number): CellPosition | undefined {
    const part = this.#parts.find(({ start, end }) => position >= start && position <= end);
    return part && { ...part.from, offset: part.from.offset + position - part.start };
  }
}

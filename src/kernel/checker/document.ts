/** A stretch of the cell's own text within the document. */
interface Run {
  readonly inDocument: number;
  readonly inCell: number;
  readonly length: number;
}

/** What the type checker is given as one file, and where in it the cell is. */
export class Document {
  /** Whether it is to be read with JSX. */
  isJsx = false;
  readonly #runs: Run[] = [];
  #text = "";

  get text(): string {
    return this.#text;
  }

  add(text: string): void {
    this.#text += text;
  }

  /** Adds a stretch of the cell as it is. */
  addCell(code: string, start: number, end: number): void {
    this.#runs.push({ inDocument: this.#text.length, inCell: start, length: end - start });
    this.#text += code.slice(start, end);
  }

  /** @returns the offset in the cell, or undefined where the document is not the cell's text */
  toCell(offset: number): number | undefined {
    const run = this.#runs.find((r) => offset >= r.inDocument && offset <= r.inDocument + r.length);
    return run && run.inCell + offset - run.inDocument;
  }

  /** @returns the offset in the document of an offset in the cell */
  toDocument(offset: number): number {
    const run = this.#runs.find((r) => offset >= r.inCell && offset <= r.inCell + r.length);
    return run ? run.inDocument + offset - run.inCell : this.#text.length;
  }
}

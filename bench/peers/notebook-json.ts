import type { PeerCell, PeerNotebook } from "./peer-notebook.js";

const PYTHON = { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } };

/** The text of a notebook, as Jupyter would have stored it. */
export function notebookJson({ cells, metadata = PYTHON }: Omit<PeerNotebook, "name">): string {
  const json = {
    cells: cells.map((cell, index) => ({ id: `cell-${index}`, ...cellJson(cell, index) })),
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(json, undefined, 1)}\n`;
}

function cellJson(cell: PeerCell, index: number): object {
  const whole = typeof cell === "string" ? { source: cell } : cell;
  const { source, stdout, stderr, result, tags, metadata = {}, ran, outputs = [] } = whole;
  const stored = [
    ...(stdout === undefined ? [] : [stream("stdout", stdout)]),
    ...(stderr === undefined ? [] : [stream("stderr", stderr)]),
    ...outputs,
    ...(result === undefined ? [] : [resultOf(result)]),
  ];
  return {
    cell_type: "code",
    // A cell without a count was never run: then its outputs are not compared.
    execution_count: ran === true || stored.length > 0 ? index + 1 : null,
    metadata: { ...metadata, ...(tags ? { tags } : {}) },
    outputs: stored,
    source,
  };
}

const stream = (name: string, text: string) => ({ output_type: "stream", name, text });

const resultOf = (text: string) => ({
  output_type: "execute_result",
  execution_count: 1,
  data: { "text/plain": text },
  metadata: {},
});

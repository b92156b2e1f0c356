/** As much of nbformat's JSON as translating looks at; whatever else is in it stays. */
export interface NotebookJson {
  readonly cells: readonly CellJson[];
}

export interface CellJson {
  readonly id: string;
  readonly cell_type: string;
  readonly metadata: {
    readonly tags?: readonly string[];
    readonly jupyter?: { readonly source_hidden?: boolean };
  };
  readonly source: string | readonly string[];
  readonly outputs?: readonly OutputJson[] | undefined;
}

export interface OutputJson {
  readonly output_type: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
}

/** nbformat stores a text as its lines. */
export const textOf = (text: string | readonly string[]) => [text].flat().join("");
export const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+/g) ?? [];

/** As JupyterLab and the runner write a notebook. */
export const written = (notebook: NotebookJson) => `${JSON.stringify(notebook, undefined, 1)}\n`;

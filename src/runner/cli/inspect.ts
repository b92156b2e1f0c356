import { declaredParameters } from "../read/inspect.js";
import type { Notebook } from "../read/notebook.js";
import { shortPath } from "../read/select-files.js";
import { harmless } from "../report/harmless.js";
import type { TerminalTarget } from "../report/terminal.js";

/** Lists the parameters of notebooks: names, types, defaults and what comments say of them. */
export async function inspectCommand(
  notebooks: readonly Notebook[],
  languageOf: (notebook: Notebook) => Promise<string>,
  { write }: Pick<TerminalTarget, "write">,
): Promise<number> {
  for (const notebook of notebooks) {
    const found = declaredParameters(notebook, await languageOf(notebook));
    const lines = found.map(({ name, type, value, help }) => {
      const told = type === "" ? "" : `: ${type}`;
      return `  ${name}${told} = ${value}${help === "" ? "" : `  (${help})`}`;
    });
    const name = shortPath(notebook.file);
    const none = '  no parameters: no cell tagged "parameters" declares any';
    write(harmless(`${name}\n${lines.length > 0 ? lines.join("\n") : none}\n`));
  }
  return notebooks.some(({ invalid }) => invalid !== undefined) ? 2 : 0;
}

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface NotebookFolder {
  readonly path: string;
  write(file: string, text: string): void;
  remove(): void;
}

/** A notebook's folder of its own, with the files given; its name has a space and is not English. */
export function notebookFolder(files: Readonly<Record<string, string>>): NotebookFolder {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "zeszyt ćwiczeń ")));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  return { path: folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

import type { Notebook } from "./notebook.js";

/** Imports at the start of a line: those within a block may be meant to fail. */
const PYTHON =
  /^(?:from[ \t]+[\w.]+[ \t]+import[ \t]+(?:\([^)]*\)|[^\n#;]+)|import[ \t]+[^\n#;]+)/gm;
const SCRIPT =
  /^import\s+(?!type\b)(?:[^"';]*?\bfrom\s*)?["']([^"'\n]+)["']|\b(?:import|require)\(\s*["']([^"'\n]+)["']\s*\)/gm;

/**
 * The notebook with only the imports of its cells, each tried even if others fail; a cell fails with
 * all its import errors at once.
 *
 * @param language that of its kernel, in lower case
 * @returns one without cells for a language whose imports are not known
 */
export function importsOnly(notebook: Notebook, language: string): Notebook {
  const cells = notebook.cells.flatMap((cell) => {
    const source = importsOf(cell.source, language);
    if (source === undefined || cell.tags.some((tag) => tag.startsWith("raises-exception")))
      return [];
    return [{ ...cell, source, outputs: [], isUnrun: true, mocks: {}, afterwards: "" }];
  });
  return { ...notebook, cells };
}

function importsOf(source: string, language: string): string | undefined {
  if (language === "python") {
    const statements = [...source.matchAll(PYTHON)].map(([statement]) =>
      statement.trim().replace(/\s+/g, " "),
    );
    return statements.length === 0 ? undefined : triedInPython(statements);
  }
  if (!/^(?:typescript|javascript|deno)$/.test(language)) return undefined;
  const names = [...source.matchAll(SCRIPT)].map(([, fixed, called]) => fixed ?? called ?? "");
  return names.length === 0 ? undefined : triedInScript([...new Set(names)]);
}

function triedInPython(statements: readonly string[]): string {
  return [
    "def _try_imports(statements):",
    "    errors = []",
    "    for statement in statements:",
    "        try:",
    "            exec(statement, {})",
    "        except ImportError as error:",
    "            errors.append(f'{error} ({statement})')",
    "    return errors",
    `if _errors := _try_imports(${JSON.stringify(statements)}):`,
    "    raise ImportError('; '.join(_errors))",
  ].join("\n");
}

function triedInScript(names: readonly string[]): string {
  const tries = names.map((name) => {
    const text = JSON.stringify(name);
    // The first line of the message: the others tell from where it was required.
    // tslab checks types all the same.
    return `// @ts-ignore\ntry { await import(${text}); } catch (error) { errors.push(${text} + ": " + String(error).split("\\n")[0]); }`;
  });
  const lines = [
    // tslab does not compile an await of a bracket.
    "const triedImports = (async () => {",
    "const errors = [];",
    ...tries,
    'if (errors.length > 0) throw new Error(errors.join("; "));',
    "})();",
    "await triedImports;",
  ];
  // Its types are of no interest, and a check would stop at the first that is missing.
  return ["// @ts-nocheck", ...lines].join("\n");
}

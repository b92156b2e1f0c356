import { createRequire } from "node:module";
import { dirname } from "node:path";
import type * as GetTsconfig from "get-tsconfig";
import { jsxSettings, type JsxSettings } from "./jsx-settings.js";

const require = createRequire(import.meta.url);

export interface ProjectSettings {
  /** `experimentalDecorators`. */
  readonly legacyDecorators: boolean;
  readonly jsx: JsxSettings;
  /** Files that `paths` and `baseUrl` name for a specifier, without the endings. */
  readonly candidates: (specifier: string) => readonly string[];
}

const byFolder = new Map<string, ProjectSettings>();

/** The settings of the tsconfig.json nearest to a file; a broken one counts as none. */
export function projectSettings(file: string): ProjectSettings {
  const folder = dirname(file);
  let settings = byFolder.get(folder);
  if (settings === undefined) byFolder.set(folder, (settings = read(folder)));
  return settings;
}

/** Looks again at the next question: the files may have changed. */
export function forgetSettings(): void {
  byFolder.clear();
}

function read(folder: string): ProjectSettings {
  const { getTsconfig, createPathsMatcher } = require("get-tsconfig") as typeof GetTsconfig;
  try {
    const found = getTsconfig(folder);
    const matcher = found && createPathsMatcher(found);
    const options = found?.config.compilerOptions ?? {};
    return {
      legacyDecorators: options.experimentalDecorators === true,
      jsx: jsxSettings(options, folder),
      candidates: (specifier) => matcher?.(specifier) ?? [],
    };
  } catch {
    // The checker tells what is wrong with it.
    return { legacyDecorators: false, jsx: jsxSettings({}, folder), candidates: () => [] };
  }
}

import { createRequire } from "node:module";
import { join } from "node:path";

/** How JSX is compiled; the names are those of oxc. */
export interface JsxSettings {
  readonly runtime: "automatic" | "classic";
  readonly importSource?: string;
  readonly pragma?: string;
  readonly pragmaFrag?: string;
}

/** The part of `compilerOptions` that is about JSX. */
export interface JsxOptions {
  readonly jsx?: string | undefined;
  readonly jsxFactory?: string | undefined;
  readonly jsxFragmentFactory?: string | undefined;
  readonly jsxImportSource?: string | undefined;
}

/** Packages whose automatic runtime is looked for, in this order. */
const RUNTIMES = ["react", "preact"];

/** As a tsconfig.json says; else by the installed react or preact; else `React.createElement`. */
export function jsxSettings(options: JsxOptions, folder: string): JsxSettings {
  const { jsx, jsxFactory, jsxFragmentFactory, jsxImportSource } = options;
  const isClassic = jsx === "react" || (jsxFactory !== undefined && !jsx?.startsWith("react-jsx"));
  if (isClassic) {
    return {
      runtime: "classic",
      ...(jsxFactory !== undefined && { pragma: jsxFactory }),
      ...(jsxFragmentFactory !== undefined && { pragmaFrag: jsxFragmentFactory }),
    };
  }
  const importSource = jsxImportSource ?? installedRuntime(folder);
  if (importSource !== undefined) return { runtime: "automatic", importSource };
  return jsx?.startsWith("react-jsx")
    ? { runtime: "automatic", importSource: "react" }
    : { runtime: "classic" };
}

/** The package whose `jsx-runtime` a file in the folder would find. */
function installedRuntime(folder: string): string | undefined {
  const { resolve } = createRequire(join(folder, "_.js"));
  return RUNTIMES.find((name) => {
    try {
      resolve(`${name}/jsx-runtime`);
      return true;
    } catch {
      return false;
    }
  });
}

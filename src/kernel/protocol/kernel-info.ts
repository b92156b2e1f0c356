import { createRequire } from "node:module";
import type { Language } from "../settings.js";

/** `text/x.typescript` is what Deno's kernel says, and what front ends know. */
const LANGUAGES = {
  typescript: (version: string) => ({
    name: "typescript",
    version,
    mimetype: "text/x.typescript",
    file_extension: ".ts",
    // The name by which JupyterLab and Notebook 7 find the language; an object named "javascript",
    // as CodeMirror 5 had it, gives JavaScript.
    codemirror_mode: "typescript",
    pygments_lexer: "typescript",
    nbconvert_exporter: "script",
  }),
  javascript: (_version: string) => ({
    name: "javascript",
    version: process.versions.node,
    mimetype: "text/javascript",
    file_extension: ".js",
    codemirror_mode: "javascript",
    pygments_lexer: "javascript",
    nbconvert_exporter: "script",
  }),
} as const;

/** The answer to a kernel_info_request. */
export function kernelInfo(language: Language): Record<string, unknown> {
  const version = typescriptVersion();
  return {
    status: "ok",
    protocol_version: "5.4",
    implementation: "typescript-kernel",
    implementation_version: ownVersion(),
    language_info: LANGUAGES[language](version),
    banner:
      language === "javascript"
        ? `JavaScript on Node.js ${process.version}`
        : `TypeScript ${version} on Node.js ${process.version}`,
    debugger: true,
    help_links: [
      { text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/" },
      { text: "Node.js", url: `https://nodejs.org/docs/${process.version}/api/` },
    ],
    supported_features: ["debugger"],
  };
}

function typescriptVersion(): string {
  try {
    const require = createRequire(import.meta.url);
    return (require("typescript/package.json") as { version: string }).version;
  } catch {
    return "unknown";
  }
}

function ownVersion(): string {
  const require = createRequire(import.meta.url);
  return (require("typescript-kernel/package.json") as { version: string }).version;
}

import { createRequire } from "node:module";
import type { Language } from "../link.js";

/** `text/x.typescript` is what Deno's kernel says, and what front ends know. */
const LANGUAGES = {
  typescript: (version: string) => ({
    name: "typescript",
    version,
    mimetype: "text/x.typescript",
    file_extension: ".ts",
    codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    pygments_lexer: "typescript",
    nbconvert_exporter: "script",
  }),
  javascript: (_version: string) => ({
    name: "javascript",
    version: process.versions.node,
    mimetype: "text/javascript",
    file_extension: ".js",
    codemirror_mode: { name: "javascript" },
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
    implementation_version: "0.1.0",
    language_info: LANGUAGES[language](version),
    banner:
      language === "javascript"
        ? `JavaScript on Node.js ${process.version}`
        : `TypeScript ${version} on Node.js ${process.version}`,
    debugger: false,
    help_links: [
      { text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/" },
      { text: "Node.js", url: `https://nodejs.org/docs/${process.version}/api/` },
    ],
    supported_features: [],
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

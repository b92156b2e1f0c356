import { createRequire } from "node:module";

/** The answer to a kernel_info_request. */
export function kernelInfo(): Record<string, unknown> {
  const version = typescriptVersion();
  return {
    status: "ok",
    protocol_version: "5.4",
    implementation: "typescript-kernel",
    implementation_version: "0.1.0",
    language_info: {
      name: "typescript",
      version,
      mimetype: "text/typescript",
      file_extension: ".ts",
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
      pygments_lexer: "typescript",
    },
    banner: `TypeScript ${version} on Node.js ${process.version}`,
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

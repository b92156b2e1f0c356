import { createRequire } from "node:module";
import type { CheckMode, Language } from "../settings.js";

/** The kernelspecs; the names of their folders are those of the languages. */
export const LANGUAGES: readonly Language[] = ["typescript", "javascript"];

const DISPLAY_NAMES: Readonly<Record<Language, string>> = {
  typescript: "TypeScript (Node.js)",
  javascript: "JavaScript (Node.js)",
};

/**
 * The content of kernel.json.
 *
 * Interrupts come by message: it works in every front end and on every system, while Node takes
 * signals from no other process on Windows.
 *
 * @param check how cells' types are checked
 */
export function kernelSpec(language: Language, check: CheckMode): Record<string, unknown> {
  const program = createRequire(import.meta.url).resolve("typescript-kernel/runtime");
  const options = [
    ...(language === "typescript" ? [] : [`--language=${language}`]),
    ...(check === "error" ? [] : [`--check=${check}`]),
  ];
  return {
    // Node by its path: `node` may be missing from the PATH with which Jupyter was started.
    argv: [process.execPath, program, "{connection_file}", ...options],
    display_name: DISPLAY_NAMES[language],
    language,
    interrupt_mode: "message",
    metadata: { debugger: true },
  };
}

/** Drawn by hand: two letters on a square. */
export const LOGOS: Readonly<Record<Language, string>> = {
  typescript: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="8" fill="#2f6f9f"/>
  <path d="M12 30h20v6h-7v20h-6V36h-7z" fill="#fff"/>
  <path d="M52 35c-3-2-9-1-9 2 0 4 11 3 11 11 0 9-11 10-17 6v-6c4 3 11 4 11 0 0-4-11-3-11-11 0-8 9-9 15-7z" fill="#fff"/>
</svg>
`,
  javascript: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="8" fill="#e8c63a"/>
  <path d="M22 30h7v19c0 8-13 9-16 2l5-4c1 3 4 2 4-1z" fill="#222"/>
  <path d="M52 35c-3-2-9-1-9 2 0 4 11 3 11 11 0 9-11 10-17 6v-6c4 3 11 4 11 0 0-4-11-3-11-11 0-8 9-9 15-7z" fill="#222"/>
</svg>
`,
};

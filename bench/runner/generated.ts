import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Twelve cells that compute, print and wait a little, as notebooks do. */
const CELLS = 12;
const SOURCES: Readonly<Record<string, (number: number, i: number) => string>> = {
  typescript: (number, i) =>
    `const value${i} = ${i} * ${i};\n` +
    `await new Promise((resolve) => setTimeout(resolve, 20));\n` +
    `console.log(\`${number}: \${value${i}}\`);`,
  python: (number, i) =>
    `import time\nvalue${i} = ${i} * ${i}\ntime.sleep(0.02)\nprint(f"${number}: {value${i}}")`,
};

export interface Kernelspec {
  readonly name: string;
  readonly language: string;
}

/** Writes notebooks and gives their paths. */
export function generate(
  folder: string,
  kernel: Kernelspec,
  { count, cells = CELLS }: { count: number; cells?: number },
): string[] {
  return Array.from({ length: count }, (_, number) => {
    const file = join(folder, `${kernel.name}-${cells}-${number}.ipynb`);
    writeFileSync(file, notebook(kernel, number, cells));
    return file;
  });
}

function notebook({ name, language }: Kernelspec, number: number, count: number): string {
  const source = SOURCES[language];
  const cells = Array.from({ length: count }, (_, i) => ({
    cell_type: "code",
    execution_count: null,
    id: `cell-${i}`,
    metadata: {},
    outputs: [{ name: "stdout", output_type: "stream", text: [`${number}: ${i * i}\n`] }],
    source: source?.(number, i),
  }));
  const kernelspec = { name, display_name: name, language };
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}

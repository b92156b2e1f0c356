/**
 * Declarations of what the kernel gives to every cell.
 *
 * @param hasTslab whether the package tslab is installed near the notebook, and so declares itself
 */
export function globalDeclarations(hasTslab: boolean): string {
  return hasTslab ? "" : TSLAB;
}

const TSLAB = `
declare module "tslab" {
  export const display: {
    html(text: string): void;
    javascript(text: string): void;
    markdown(text: string): void;
    latex(text: string): void;
    svg(text: string): void;
    png(data: Uint8Array): void;
    jpeg(data: Uint8Array): void;
    gif(data: Uint8Array): void;
    pdf(data: Uint8Array): void;
    text(text: string): void;
    raw(contentType: string, data: string | Uint8Array): void;
  };
}
`;

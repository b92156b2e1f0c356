/** Declarations of what the kernel gives to every cell: global functions, and modules of its own. */
export function globalDeclarations(): string {
  return KERNEL + TSLAB;
}

/** See `runtime/input.ts` and `runtime/kernel-module.ts`. */
const KERNEL = `
/** The last value that a cell has shown. */
declare var _: any;
/** Asks the user for a line; empty means the fallback, null a front end that does not ask. */
declare function prompt(message?: string, fallback?: string): string | null;
/** Asks the user for yes or no. */
declare function confirm(message?: string): boolean;
/** Shows a message until the user presses Enter. */
declare function alert(message?: string): void;
declare module "typescript-kernel" {
  interface DisplayHandle {
    readonly id: string;
    /** Shows another value in place of the last one. */
    update(value: unknown): Promise<void>;
  }
  type Data = Record<string, unknown>;
  interface Comm {
    readonly id: string;
    readonly target: string;
    onMessage: (data: Data, buffers: readonly Uint8Array[]) => unknown;
    onClose: (data: Data, buffers: readonly Uint8Array[]) => unknown;
    send(data: Data, buffers?: readonly Uint8Array[]): void;
    close(data?: Data): void;
  }
  /** Shows any value as rich as it can be shown; of a bundle by MIME types, what is in it. */
  export function display(value: unknown, id?: string): Promise<DisplayHandle>;
  /** Clears the outputs of the cell; with \`wait\`, when the next one comes. */
  export function clearOutput(options?: { wait?: boolean }): void;
  /** Says what happens when the front end opens a comm of a target. */
  export function registerComm(target: string, onOpen: (comm: Comm, data: Data) => unknown): void;
  export function openComm(target: string, data?: Data, buffers?: readonly Uint8Array[]): Comm;
  /** Asks the user for a line that is not shown. */
  export function askPassword(prompt?: string): string;
}
`;

/** See `runtime/tslab-module.ts`. It counts before a package of this name, as it does in the kernel. */
const TSLAB = `
declare module "tslab" {
  interface Display {
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
  }
  export const display: Display;
  /** What it shows replaces what it showed before. */
  export function newDisplay(): Display;
  export const versions: { readonly tslab: string; readonly typescript: string; readonly node: string };
}
`;

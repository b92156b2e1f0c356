import type { Header } from "jupyter-wire/messages";
import type { CheckMode, Language } from "./settings.js";

/**
 * What the two threads of the kernel say to each other. The protocol thread holds the sockets,
 * compiles and checks; the runtime, the process's main thread, runs the cells. So the kernel answers
 * while a cell keeps the runtime busy, and nothing that a cell changes in its globals reaches the
 * protocol.
 */
export interface CompiledCell {
  /** JavaScript for V8's REPL mode. */
  readonly code: string;
  /** Source maps from the last step to the first, as JSON. */
  readonly maps: readonly string[];
  /** Specifiers that are not paths and of which the cell imports names. */
  readonly packages: readonly string[];
  /** Names that the cell declares, as the user calls them. */
  readonly declared: readonly string[];
  /** Names that it uses and nobody has declared so far. */
  readonly undeclared: readonly string[];
}

/** One request to run a cell. */
export interface CellRun {
  /** Counts all runs, also silent ones; names the script. */
  readonly id: number;
  /** The execution count that the user sees. */
  readonly count: number;
  readonly parent: Header;
  readonly silent: boolean;
  readonly allowStdin: boolean;
}

/** Has packages loaded while the types of the cell that imports them are checked. */
export interface PreloadRequest {
  readonly type: "preload";
  readonly cell: CellRun;
  readonly packages: readonly string[];
}

export interface RunRequest extends CompiledCell, CellRun {
  readonly type: "run";
  readonly source: string;
  readonly expressions: Readonly<Record<string, CompiledCell | CellError>>;
}

/** An error as the protocol shows it. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export interface CommEvent {
  readonly type: "comm";
  readonly kind: "comm_open" | "comm_msg" | "comm_close";
  readonly content: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  readonly buffers: readonly Uint8Array[];
  readonly parent: Header;
}

/** From the protocol thread to the runtime. */
export type ToRuntime =
  | RunRequest
  | PreloadRequest
  | CommEvent
  | { readonly type: "interrupt"; readonly sequence: number }
  | { readonly type: "comm-info"; readonly id: number; readonly target: string | undefined }
  /** The answer to an input that was asked for later; undefined when it was refused. */
  | { readonly type: "input-reply"; readonly text: string | undefined }
  | { readonly type: "watch-signal" }
  | { readonly type: "exit" };

export interface Publication {
  readonly type: "publish";
  readonly parent: Header | undefined;
  readonly kind: string;
  readonly content: Record<string, unknown>;
  readonly metadata?: Record<string, unknown>;
  readonly buffers?: readonly Uint8Array[];
}

/** How a run ended. */
export interface RunEnd {
  readonly type: "done";
  readonly id: number;
  readonly error?: CellError;
  readonly expressions: Readonly<Record<string, unknown>>;
}

/** From the runtime to the protocol thread. */
export type ToProtocol =
  | Publication
  | RunEnd
  | {
      readonly type: "raw-output";
      readonly outputs: RawOutput;
      /** The heap that the cells may have, in bytes. */
      readonly heapLimit: number;
    }
  | { readonly type: "comm-done" }
  | { readonly type: "debug-log"; readonly id: number; readonly text: string }
  | { readonly type: "signal" }
  /** The runtime stands still for a process; these are the others that cells have started. */
  | { readonly type: "blocked"; readonly others: readonly number[] }
  | { readonly type: "unblocked" }
  | { readonly type: "end-children"; readonly pids: readonly number[] }
  | { readonly type: "comm-info"; readonly id: number; readonly comms: Record<string, unknown> }
  | {
      readonly type: "input";
      readonly parent: Header;
      readonly prompt: string;
      readonly password: boolean;
      /** Whether the answer is to come as a message: then the runtime does not stand still. */
      readonly isLater: boolean;
    }
  | { readonly type: "exit"; readonly code: number };

/** Cells of the shared Int32Array, for what cannot wait for a turn of the event loop. */
export const SHARED = {
  /** The last interrupt that the runtime has seen. */
  interruptSeen: 0,
  /** Set to 1 by the protocol thread when the sockets are flushed before the end. */
  flushed: 1,
  /** 0 while an input is awaited, then its length in bytes + 1, or -1 when it was refused. */
  input: 2,
  /** 1 while text that was printed waits in the runtime. */
  textWaits: 3,
  /** 1 once the protocol thread runs and waits. */
  protocolWaits: 4,
  /** 1 once the protocol thread may open files: see `raw-output.ts`. */
  protocolMayGo: 5,
  /** The last interrupt that the user has asked for. */
  interruptAsked: 6,
  /** How many bytes of `ProtocolThreadData.text` count: what was printed and waits in the runtime. */
  textBytes: 7,
  /** Of which stream they are: 1 for stderr. */
  textIsError: 8,
} as const;

/** Room for the text that waits, in bytes. */
export const TEXT_BYTES = 1 << 18;

/** The longest line that `prompt` can get, in bytes. */
export const INPUT_BYTES = 1 << 16;

/** Descriptors from which what is written to stdout and stderr can be read. */
export type RawOutput = readonly { readonly name: "stdout" | "stderr"; readonly fd: number }[];

/** What the runtime gives the protocol thread at its start. */
export interface ProtocolThreadData {
  readonly connectionFile: string;
  readonly cwd: string;
  readonly shared: Int32Array;
  readonly input: Uint8Array;
  /** See `SHARED.textBytes`. */
  readonly text: Uint8Array;
  readonly check: CheckMode;
  readonly language: Language;
  /** Whether inputs are kept over restarts. */
  readonly keepsHistory: boolean;
}

import type { KernelConnection } from "./kernel-connection.js";

/** A kernel that is ready, wherever it runs. */
export interface Kernel {
  readonly connection: KernelConnection;
  /** What the kernel wrote to its own stdout and stderr; empty where nobody can tell. */
  readonly log: string;
  /** How many messages about outputs the kernel has sent that never came. */
  readonly lostMessages: number;
  /** Resolves, with how it ended in words, when the kernel has ended. */
  readonly died: Promise<string>;
  /** Asks the kernel to stop what it runs. */
  interrupt(): Promise<void>;
  /** Asks the kernel to shut down, waits for its end and forces it when it does not come. */
  shutdown(): Promise<Shutdown>;
  /** Ends the kernel at once. */
  kill(): Promise<void>;
}

export interface Shutdown {
  /** It had to be forced: something in it was still open. */
  readonly leaked: boolean;
  /** Processes it had started that outlived it, and were ended: their commands. */
  readonly leftProcesses: readonly string[];
}

export interface KernelOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly startupTimeoutSeconds: number;
  /** Ends the start, and with it the kernel. */
  readonly signal: AbortSignal;
}

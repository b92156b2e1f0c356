import type { KernelConnection } from "./kernel-connection.js";

/** A kernel that is ready, wherever it runs. */
export interface Kernel {
  readonly connection: KernelConnection;
  /** In lower case, where its kernelspec tells. */
  readonly language?: string | undefined;
  /** What the kernel wrote to its own stdout and stderr; empty where nobody can tell. */
  readonly log: string;
  /** How many messages about outputs the kernel has sent that never came. */
  readonly lostMessages: number;
  /** Resolves when the kernel has ended. */
  readonly died: Promise<KernelEnd>;
  /** Asks the kernel to stop what it runs. */
  interrupt(): Promise<void>;
  /**
   * Asks the kernel to shut down, waits for its end and forces it when it does not come.
   *
   * @param mayLeak whether something may still be open: then its end is not waited for as long
   */
  shutdown(mayLeak?: boolean): Promise<Shutdown>;
  /** Ends the kernel at once. */
  kill(): Promise<void>;
}

export interface KernelEnd {
  /** In words that follow "the kernel". */
  readonly how: string;
  /** It ended by itself, with exit code 0. */
  readonly isClean: boolean;
}

export interface Shutdown {
  /** It had to be forced: something in it was still open. */
  readonly leaked: boolean;
  /** Processes it had started that outlived it, and were ended: their commands. */
  readonly leftProcesses: readonly string[];
  /** What kept it from ending, where that is known. */
  readonly open?: readonly string[];
}

export interface KernelOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly startupTimeoutSeconds: number;
  /** Ends the start, and with it the kernel. */
  readonly signal: AbortSignal;
}

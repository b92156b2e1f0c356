import type { PictureDifference } from "./compare/pictures.js";

/** Why a notebook fails: a stable code, the words a person reads, and what they mean. */
export const VERDICTS = {
  "cell-error": {
    title: "cell error",
    meaning: "A cell threw, or did not compile, and is not tagged raises-exception.",
  },
  "expected-error-missing": {
    title: "expected error missing",
    meaning:
      "A cell tagged raises-exception ended without an error, or with another one than told.",
  },
  "output-mismatch": {
    title: "output mismatch",
    meaning: "A cell's outputs differ from the stored ones, after masking.",
  },
  "cell-timeout": {
    title: "cell time-out",
    meaning: "A cell ran longer than --cell-timeout.",
  },
  "notebook-timeout": {
    title: "notebook time-out",
    meaning: "All cells together ran longer than --notebook-timeout.",
  },
  "startup-timeout": {
    title: "start-up time-out",
    meaning: "The kernel was not ready within --startup-timeout.",
  },
  "kernel-died": {
    title: "kernel died",
    meaning: "The kernel's process ended while it was needed.",
  },
  aborted: {
    title: "aborted",
    meaning: "The kernel refused to run a cell, so the cell did not run.",
  },
  "output-lost": {
    title: "output lost",
    meaning: "The kernel finished a cell, but messages it had sent about it never came.",
  },
  "unhandled-rejection": {
    title: "unhandled rejection",
    meaning: "A promise was rejected and nobody handled it, though the cell ended ok.",
  },
  "unhandled-exception": {
    title: "unhandled exception",
    meaning:
      "A callback threw outside any cell, or with some kernels a promise was rejected, though the " +
      "cell ended ok.",
  },
  "leaked-handle": {
    title: "leaked handle",
    meaning:
      "The kernel did not end after its shutdown: a timer, server or connection is open. Or a process " +
      "that it had started outlived it.",
  },
  "invalid-notebook": {
    title: "invalid notebook",
    meaning: "The file is not a notebook of format 4 or later.",
  },
  "no-kernel": {
    title: "no kernel",
    meaning: "The notebook's kernel is not installed, or could not be started.",
  },
  "not-updated": {
    title: "not updated",
    meaning:
      "The notebook ran, but --update could not write all outputs: it was edited meanwhile, is " +
      "read-only, or the disk is full.",
  },
} as const;

export type Verdict = keyof typeof VERDICTS;

/** One thing that went wrong in a notebook. */
export interface Failure {
  readonly verdict: Verdict;
  /** What happened, in a sentence. */
  readonly message: string;
  /** Position among all cells of the notebook, from 0; undefined when no cell is to blame. */
  readonly cellIndex?: number;
  /** Line of the cell's source, from 1, where it is known. */
  readonly line?: number;
  /** Which of `--rerun` rounds, from 1. */
  readonly round?: number;
  /** It did not fail in an earlier round of the same run. */
  readonly isFlaky?: true;
  /** A longer text: the error's output, or a diff of the outputs. */
  readonly detail?: string;
  /** Pictures that differ, where the detail is a diff. */
  readonly pictures?: readonly PictureDifference[];
}

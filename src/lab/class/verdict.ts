/** What an answer came to. */
export interface Verdict {
  readonly kind: "solved" | "not-yet" | "error" | "too-long" | "stopped" | "missing" | "invalid";
  /** Why not, as a learner is told; empty when it is solved. */
  readonly reason: string;
}

/** A row of the table. */
export interface Grade extends Verdict {
  readonly student: string;
  /** The name of the file that was handed in, within the folder. */
  readonly file: string;
  /** Such as `2a/1`; empty for a file that is no notebook of the course. */
  readonly exercise: string;
}

/** Two values that should be the same. */
export interface Comparison {
  readonly expected: unknown;
  readonly got: unknown;
}

/** Ends the judging of an answer: a requirement is not met. Learners see a CheckError or a text. */
export class Unmet extends Error {
  override readonly name = "Unmet";
  constructor(
    /** The requirement that failed, as a plain sentence. */
    readonly requirement: string,
    readonly comparison?: Comparison,
  ) {
    super(requirement);
  }
}

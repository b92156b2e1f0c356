/** A code cell: its code alone, or with what its notebook stores of it. */
export type PeerCell =
  | string
  | {
      readonly source: string;
      /** What it printed, or what it gave. */
      readonly stdout?: string;
      readonly stderr?: string;
      readonly result?: string;
      /** Other stored outputs, as nbformat has them. */
      readonly outputs?: readonly object[];
      readonly tags?: readonly string[];
      readonly metadata?: object;
      /** It was run, and gave nothing. */
      readonly ran?: true;
    };

/** A notebook of a peer's tests: what it does, in our own cells, and what a runner must make of it. */
export interface PeerNotebook {
  /** The file of the peer's whose behaviour this is, without its ending. */
  readonly name: string;
  readonly cells: readonly PeerCell[];
  /** Its verdicts, as `verdict code-cell`, from 1; none: it passes. */
  readonly gives: readonly string[];
  /** Why that is right. */
  readonly why: string;
  /** How many of its code cells are to run; default: all that are not empty. */
  readonly runs?: number;
  /** Options of the runner, as the peer's own test sets them. */
  readonly args?: readonly string[];
  /** What the runner is to print of it. */
  readonly prints?: RegExp;
  /** Of the notebook. Default: it names python3. */
  readonly metadata?: object;
  /** Files beside it. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** What the peer does besides, which no other runner has: it is left out here. */
  readonly ownFeature?: string;
}

/** An error as a notebook stores it. */
export const raised = (ename: string, evalue: string): object => ({
  output_type: "error",
  ename,
  evalue,
  traceback: [`${ename}: ${evalue}`],
});

/** What `display` stored. */
export const shown = (data: Readonly<Record<string, unknown>>): object => ({
  output_type: "display_data",
  data,
  metadata: {},
});

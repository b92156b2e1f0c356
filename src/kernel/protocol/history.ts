interface Entry {
  readonly count: number;
  readonly input: string;
}

interface HistoryRequest {
  readonly hist_access_type?: string;
  readonly output?: boolean;
  readonly n?: number;
  readonly session?: number;
  readonly start?: number;
  readonly stop?: number;
  readonly pattern?: string;
  readonly unique?: boolean;
}

/** One session, the running one. */
const SESSION = 1;

/** The inputs of this kernel's life. */
export class History {
  readonly #entries: Entry[] = [];

  add(count: number, input: string): void {
    this.#entries.push({ count, input });
  }

  /** The answer to a history_request, as the messaging protocol describes it. */
  answer(request: HistoryRequest): unknown[] {
    const { output = false } = request;
    return this.#select(request).map(({ count, input }) => [
      SESSION,
      count,
      output ? [input, null] : input,
    ]);
  }

  #select({ hist_access_type: type, ...request }: HistoryRequest): Entry[] {
    const all = this.#entries;
    if (type === "tail") return last(all, request.n);
    if (type === "range") {
      const { session = 0, start = 0, stop } = request;
      if (session !== 0 && session !== SESSION) return [];
      return all.filter(
        ({ count }) => count >= start && (typeof stop !== "number" || count < stop),
      );
    }
    if (type !== "search") return [];
    const pattern = globExpression(request.pattern ?? "*");
    const found = all.filter(({ input }) => pattern.test(input));
    if (request.unique !== true) return last(found, request.n);
    const latest = new Map(found.map((entry) => [entry.input, entry]));
    return last(
      [...latest.values()].toSorted((a, b) => a.count - b.count),
      request.n,
    );
  }
}

function last(entries: readonly Entry[], n: number | undefined): Entry[] {
  return typeof n === "number" && n > 0 ? entries.slice(-n) : [...entries];
}

/** `*` and `?` as in file names; all else is itself. */
function globExpression(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`);
}

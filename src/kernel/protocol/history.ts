import type { Entry, HistoryFile } from "./history-file.js";

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

/** Inputs are written when nobody waits for a cell. */
const WRITE_MS = 500;

/** The inputs of this kernel's life, and of those before it. */
export class History {
  readonly #entries: Entry[] = [];
  readonly #unwritten: Entry[] = [];
  #earlier: readonly Entry[] | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param file undefined: nothing is kept over restarts */
  constructor(private readonly file: HistoryFile | undefined) {}

  add(count: number, input: string): void {
    this.#entries.push({ session: 0, count, input });
    if (this.file === undefined || input.trim() === "") return;
    this.#unwritten.push({ session: 0, count, input });
    this.#timer ??= setTimeout(() => this.write(), WRITE_MS).unref();
  }

  /** Keeps what is not written yet. */
  write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#unwritten.length === 0) return;
    const session = this.#session();
    this.file?.append(this.#unwritten.splice(0).map((entry) => ({ ...entry, session })));
  }

  /** The answer to a history_request, as the messaging protocol describes it. */
  answer(request: HistoryRequest): unknown[] {
    const { output = false } = request;
    return this.#select(request).map(({ session, count, input }) => [
      session,
      count,
      output ? [input, null] : input,
    ]);
  }

  #select({ hist_access_type: type, ...request }: HistoryRequest): Entry[] {
    const all = this.#all();
    if (type === "tail") return last(all, request.n);
    if (type === "range") {
      const { session = 0, start = 0, stop } = request;
      // 0 is the running one, those before it are counted back from there.
      const wanted = session > 0 ? session : this.#session() + session;
      return all.filter(
        (entry) =>
          entry.session === wanted &&
          entry.count >= start &&
          (typeof stop !== "number" || entry.count < stop),
      );
    }
    if (type !== "search") return [];
    const pattern = globExpression(request.pattern ?? "*");
    const found = all.filter(({ input }) => pattern.test(input));
    if (request.unique !== true) return last(found, request.n);
    // The latest of each, where it stands.
    const latest = new Map(found.map((entry) => [entry.input, entry]));
    return last(
      found.filter((entry) => latest.get(entry.input) === entry),
      request.n,
    );
  }

  #all(): Entry[] {
    const session = this.#session();
    return [...this.#before(), ...this.#entries.map((entry) => ({ ...entry, session }))];
  }

  /** The number of the running session. */
  #session(): number {
    return (this.#before().at(-1)?.session ?? 0) + 1;
  }

  /** Read once: what other kernels add meanwhile is theirs. */
  #before(): readonly Entry[] {
    return (this.#earlier ??= this.file?.read() ?? []);
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

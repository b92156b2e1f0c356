import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/**
 * Twenty lines of shell, since a Node process for each child would cost 40 MB. Hears `pid N` when the
 * child has started, `gone` when it has ended, `done` when there is nothing left to guard. When its
 * input ends without that, it ends the child's group and whatever carries the owner in its environment,
 * however far it has got, and then removes the folder.
 */
const GUARD = `
trap '' HUP INT QUIT TERM
pid=
while read -r word number; do
  case $word in
    pid) pid=$number ;;
    gone) pid= ;;
    done) exit ;;
  esac
done
owned() {
  [ -z "$2" ] || grep -lsF -- "$2" /proc/[0-9]*/environ | sed 's#/proc/##; s#/environ##'
}
alive() {
  { [ -n "$pid" ] && kill -0 "-$pid"; } || [ -n "$(owned "$@")" ]
}
end_all() {
  signal=$1
  shift
  [ -n "$pid" ] && kill "-$signal" "-$pid"
  for one in $(owned "$@"); do kill "-$signal" "$one"; done
}
for signal in TERM KILL; do
  tries=0
  while alive "$@" && [ "$tries" -lt 20 ]; do
    end_all "$signal" "$@"
    sleep 0.1
    tries=$((tries + 1))
  done
done
[ -n "$1" ] && rm -rf -- "$1"
`;

/** How often one guard is replaced: where each ends at once, there is no use in more. */
const MOST_GUARDS = 20;

/**
 * Ends a process, and removes a file or folder, when this process dies without saying so. A guard that
 * is killed is replaced by another. On Windows there is none.
 */
export class Guard {
  #shell: ChildProcess | undefined;
  #watched: number | undefined;
  #isReleased = false;
  #guards = 0;

  /**
   * @param path removed at a sudden end; empty for nothing
   * @param owner `NAME=VALUE` in the environment of what is ended as well
   */
  constructor(
    private readonly path: string,
    private readonly owner = "",
  ) {
    this.#start();
  }

  /** Names the process that is guarded from now on; undefined when it has ended. */
  watch(pid: number | undefined): void {
    this.#watched = pid;
    this.#shell?.stdin?.write(pid === undefined ? "gone\n" : `pid ${pid}\n`);
  }

  /** Tells that there is nothing left to guard, and waits for the guard's end; may be called again. */
  async release(): Promise<void> {
    this.#isReleased = true;
    const shell = this.#shell;
    if (shell?.pid === undefined || shell.exitCode !== null || shell.signalCode !== null) return;
    shell.stdin?.end("done\n");
    await once(shell, "exit");
  }

  #start(): void {
    if (process.platform === "win32") return;
    this.#guards++;
    const shell = spawn("/bin/sh", ["-c", GUARD, "guard", this.path, this.owner], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    this.#shell = shell;
    // The guard may be gone already when the last word is written to it.
    shell.stdin.on("error", () => {});
    shell.on("error", () => {});
    shell.on("exit", () => {
      if (this.#isReleased || this.#guards === MOST_GUARDS) return;
      this.#start();
      if (this.#watched !== undefined) this.watch(this.#watched);
    });
  }
}

import { execFile } from "node:child_process";
import { sep } from "node:path";
import { promisify } from "node:util";
import { findProgram } from "guarded-processes/programs";

/** What a program sees of the machine, apart from its rights. */
export interface OwnSpace {
  /** The program and arguments that run a command in it. */
  readonly command: (command: readonly string[]) => readonly string[];
  readonly hidesFolder: boolean;
  readonly hasNoNetwork: boolean;
}

const NONE: OwnSpace = { command: (inner) => inner, hidesFolder: false, hasNoNetwork: false };

/** An empty folder of its own lies over the one that is hidden; loopback is down in a new network. */
const HIDE = 'mount -t tmpfs -o ro,size=4k,mode=755 none "$1" && shift';
const LOOPBACK = "ip link set lo up";
/** How long finding out may take, in milliseconds. */
const PROBE_MS = 10_000;

/**
 * Linux's namespaces, where this process may make them (as root, and not in every container): programs
 * started in them see an empty folder in the place of `hidden`, and no network but loopback.
 *
 * @param hidden an absolute path; what contains `needed` is not hidden
 * @param needed absolute paths that the programs have to see
 */
export async function ownSpace(hidden: string, needed: readonly string[]): Promise<OwnSpace> {
  const path = process.env["PATH"] ?? "";
  const unshare = await findProgram("unshare", path);
  if (process.getuid?.() !== 0 || unshare === undefined) return NONE;
  const canHide = !needed.some((one) => `${one}${sep}`.startsWith(`${hidden}${sep}`));
  const canCut = (await findProgram("ip", path)) !== undefined;
  const wanted = [
    { hidesFolder: canHide, hasNoNetwork: canCut },
    { hidesFolder: canHide, hasNoNetwork: false },
    { hidesFolder: false, hasNoNetwork: canCut },
  ];
  for (const { hidesFolder, hasNoNetwork } of wanted) {
    if (!hidesFolder && !hasNoNetwork) continue;
    const script = [hidesFolder ? HIDE : "shift", hasNoNetwork ? LOOPBACK : "true", 'exec "$@"'];
    const command = (inner: readonly string[]) => [
      unshare,
      "--mount",
      ...(hasNoNetwork ? ["--net"] : []),
      "sh",
      "-c",
      script.join(" && "),
      "sh",
      hidden,
      ...inner,
    ];
    const [program = "", ...args] = command(["true"]);
    const isAllowed = await promisify(execFile)(program, args, { timeout: PROBE_MS }).then(
      () => true,
      () => false,
    );
    if (isAllowed) return { command, hidesFolder, hasNoNetwork };
  }
  return NONE;
}

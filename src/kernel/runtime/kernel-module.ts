import { randomUUID } from "node:crypto";
import { completed, mimeBundle } from "../output/mime-bundle.js";
import { isRawBundle } from "../output/raw-bundle.js";
import { currentCell } from "./cell.js";
import type { Comms } from "./comms.js";
import type { Outbox } from "./outbox.js";
import type { Input } from "./input.js";

/** What is shown under an id, and can be shown anew. */
interface DisplayHandle {
  readonly id: string;
  /** Shows another value in place of the last one. */
  update(value: unknown): Promise<void>;
}

/** What `display` returns: as the last value of a cell it says nothing. */
const quiet = new WeakSet<object>();

export function isQuiet(value: unknown): boolean {
  return typeof value === "object" && value !== null && quiet.has(value);
}

/**
 * The module `typescript-kernel`, for what goes beyond tslab's interface: any value can be displayed
 * and updated, outputs cleared, comms opened, passwords asked for.
 */
export function kernelModule(outbox: Outbox, comms: Comms, input: Input): Record<string, unknown> {
  const publish = async (kind: string, value: unknown, id: string) => {
    const { data, metadata } = isRawBundle(value) ? completed(value) : await mimeBundle(value);
    outbox.publish(kind, { data, metadata, transient: { display_id: id } });
  };
  const show = async (value: unknown, id: string): Promise<DisplayHandle> => {
    await publish("display_data", value, id);
    const handle = { id, update: (next: unknown) => publish("update_display_data", next, id) };
    quiet.add(handle);
    return handle;
  };
  const module = {
    display(value: unknown, id: string = randomUUID()): Promise<DisplayHandle> {
      const shown = show(value, id);
      quiet.add(shown);
      // Its cell ends when it is to be seen, awaited or not.
      currentCell()?.shows.push(shown);
      return shown;
    },
    clearOutput({ wait = false } = {}): void {
      outbox.publish("clear_output", { wait });
    },
    registerComm: comms.register.bind(comms),
    openComm: comms.open.bind(comms),
    askPassword: (prompt = "Password: ") => input.ask(prompt, true),
  };
  return { ...module, default: module };
}

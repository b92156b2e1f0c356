import { randomUUID } from "node:crypto";
import { mimeBundle } from "../output/mime-bundle.js";
import type { Comms } from "./comms.js";
import type { Outbox } from "./outbox.js";
import type { Input } from "./input.js";

/** What is shown under an id, and can be shown anew. */
export interface DisplayHandle {
  readonly id: string;
  /** Shows another value in place of the last one. */
  update(value: unknown): Promise<void>;
}

/**
 * The module `typescript-kernel`, for what goes beyond tslab's interface: any value can be displayed
 * and updated, outputs cleared, comms opened, passwords asked for.
 */
export function kernelModule(outbox: Outbox, comms: Comms, input: Input): Record<string, unknown> {
  const publish = async (kind: string, value: unknown, id: string) => {
    const { data, metadata } = await mimeBundle(value);
    outbox.publish(kind, { data, metadata, transient: { display_id: id } });
  };
  const module = {
    async display(value: unknown, id: string = randomUUID()): Promise<DisplayHandle> {
      await publish("display_data", value, id);
      return { id, update: (next) => publish("update_display_data", next, id) };
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

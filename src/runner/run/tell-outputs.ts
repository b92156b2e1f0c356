import { randomUUID } from "node:crypto";
import type { Kernel } from "./kernel/kernel.js";
import type { TellOutputs } from "./widgets.js";

/** Tells a kernel what its Output widgets hold, so that later cells can read it (`output.outputs`). */
export function tellOutputs({ connection }: Kernel): TellOutputs {
  return (commId, outputs) => {
    const data = { method: "update", state: { outputs }, buffer_paths: [] };
    const header = {
      date: new Date().toISOString(),
      msg_id: randomUUID(),
      msg_type: "comm_msg" as const,
      session: connection.clientId,
      username: "",
      version: "5.3",
    };
    connection.sendShellMessage(
      {
        buffers: [],
        channel: "shell",
        content: { comm_id: commId, data },
        header,
        metadata: {},
        parent_header: {},
      },
      false,
      true,
    );
  };
}

import { workerData } from "node:worker_threads";
import { SHARED, type ProtocolThreadData } from "../link.js";

/** What the runtime gives this thread. */
export const data = workerData as ProtocolThreadData;

// Imported before all else: until the runtime has put its pipes in place of stdout and stderr,
// no file must be opened here, since it could get their numbers.
Atomics.store(data.shared, SHARED.protocolWaits, 1);
Atomics.notify(data.shared, SHARED.protocolWaits);
Atomics.wait(data.shared, SHARED.protocolMayGo, 0);

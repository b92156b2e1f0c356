import { workerData } from "node:worker_threads";
import { SHARED, type FrontData } from "../link.js";

/** What the main thread gives the front. */
export const data = workerData as FrontData;

// Imported before all else: until the main thread has put its pipes in place of stdout and stderr,
// no file must be opened here, since it could get their numbers.
Atomics.store(data.shared, SHARED.frontWaits, 1);
Atomics.notify(data.shared, SHARED.frontWaits);
Atomics.wait(data.shared, SHARED.frontMayGo, 0);

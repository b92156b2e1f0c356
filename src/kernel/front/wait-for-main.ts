import { workerData } from "node:worker_threads";
import { SHARED, type FrontData } from "../link.js";

// Imported before all else: until the main thread has put its pipes in place of stdout and stderr,
// no file must be opened here, since it could get their numbers.
const { shared } = workerData as FrontData;
Atomics.store(shared, SHARED.frontWaits, 1);
Atomics.notify(shared, SHARED.frontWaits);
Atomics.wait(shared, SHARED.frontMayGo, 0);

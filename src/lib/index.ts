export { check } from "./check.js";
export { cli } from "./cli.js";
export { closeAll, connect, type ConnectOptions } from "./connections.js";
export { CheckError, ConnectionFailedError, NoRedisUrlError, TimeoutError } from "./errors.js";
export { clearKeys } from "./keys.js";
export { formatReply, showReply } from "./reply.js";
export { table } from "./table.js";
export { nextEvent, until, within } from "./waiting.js";

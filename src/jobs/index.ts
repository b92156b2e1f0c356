export { JobClient, type ClientOptions, type EnqueueOptions, type JobHandle } from "./client.js";
export {
  checkPayload,
  checkResult,
  isJobName,
  MAX_SIZES,
  QUEUE_NAMES,
  queueOf,
  type JobName,
  type PayloadOf,
  type QueueName,
  type ResultOf,
  type Size,
  type Thumbnail,
} from "./contract.js";
export {
  InvalidPayloadError,
  InvalidResultError,
  JobFailedError,
  MediaPathError,
  NoRedisUrlError,
  QueueUnavailableError,
  SettingError,
  TimeoutError,
  UnknownJobError,
} from "./errors.js";
export {
  ARCHIVES,
  archiveOf,
  INCOMING,
  mediaPath,
  newIncoming,
  removeMedia,
  storeIncoming,
  WORKING,
} from "./media.js";
export { newestEvent, QueueListener, retryStrategy } from "./queue-listener.js";
export { jobSettings, KEEP_SECONDS, numberSetting, PREFIX, type JobSettings } from "./settings.js";
export {
  taskStatus,
  type Progress,
  type TaskResults,
  type TaskState,
  type TaskStatus,
} from "./status.js";

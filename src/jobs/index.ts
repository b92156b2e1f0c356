export { JobClient, type ClientOptions } from "./client.js";
export type { EnqueueOptions, FormHandle, JobHandle } from "./enqueue-options.js";
export { closeForm, openForm, type OpenedForm } from "./form-job.js";
export {
  checkPayload,
  checkResult,
  FITS,
  isJobName,
  MAX_SIZES,
  OUTPUT_FORMATS,
  QUEUE_NAMES,
  queueOf,
  UPKEEP,
  type Fit,
  type JobName,
  type OutputFormat,
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
  OtherStorageError,
  QueueUnavailableError,
  RedisUnusableError,
  RedisUrlError,
  SettingError,
  StorageAwayError,
  StoredTooLargeError,
  TimeoutError,
  UnknownJobError,
} from "./errors.js";
export {
  ARCHIVES,
  archiveOf,
  INCOMING,
  mediaPath,
  newIncoming,
  UPLOADS,
  WORKING,
} from "./media.js";
export { newestEvent, QueueListener } from "./queue-listener.js";
export { bullConnection, type BullConnection } from "./redis/bull-connection.js";
export { checkRedis, type RedisFacts } from "./redis/check-redis.js";
export { openRedis, redisOptions } from "./redis/open-redis.js";
export {
  foreignFormat,
  FORMAT_NAMES,
  HEAD_BYTES,
  pictureFormat,
  type PictureFormat,
} from "./picture-format.js";
export {
  parseRedisUrl,
  queuePrefix,
  withoutPassword,
  type RedisTarget,
} from "./redis/redis-target.js";
export { reasonOf, troubleOf, type RedisTrouble } from "./redis/redis-trouble.js";
export { RedisWatch } from "./redis/redis-watch.js";
export { jobSettings, KEEP_SECONDS, numberSetting, PREFIX, type JobSettings } from "./settings.js";
export { FolderStorage } from "./storage/folder-storage.js";
export { isBucket, openStorage } from "./storage/open-storage.js";
export { sameStorage } from "./storage/same-storage.js";
export { removeMedia, storeIncoming, withStorage } from "./storage/with-storage.js";
export type { Content, Storage, StoredFile } from "./storage/storage.js";
export {
  allArchives,
  taskStatus,
  type FormResults,
  type Progress,
  type TaskResults,
  type TaskState,
  type TaskStatus,
  type ThumbnailStatus,
} from "./status.js";
export {
  cancelChannel,
  keepRefused,
  placeInQueue,
  refusedPicture,
  takeOut,
  type RefusedPicture,
} from "./task-desk.js";
export { openTracing, telemetry, traced } from "./tracing.js";
export { priorityOf } from "./urgency.js";
export { readZipHeader, ZIP_HEADER_BYTES, type ZipHeader } from "./zip-header.js";

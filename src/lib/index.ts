export { barChart, type BarChartOptions } from "./chart.js";
export { attempt, check } from "./exercises/check.js";
export { cli } from "./cli.js";
export { closeAll, connect, type ConnectOptions } from "./connections.js";
export {
  CheckError,
  ConnectionFailedError,
  NoRedisUrlError,
  NoServerError,
  ServerFailedError,
  SettingRefusedError,
  TimeoutError,
} from "./errors.js";
export { clearKeys } from "./keys.js";
export { listen, type Message } from "./listen.js";
export { progress } from "./exercises/progress.js";
export { nextEvents } from "./next-events.js";
export { jobs, type JobProgress, type JobStatus, type JobTypes } from "./jobs.js";
export { keepOpen } from "./keep-open.js";
export { pictures, type Picture } from "./pictures.js";
export { formatReply, showReply } from "./reply.js";
export { entryRows, scoreBars, scoreRows, type ScoreRow } from "./rows.js";
export { redisUrl } from "./redis-url.js";
export { type LabServer } from "./started/lab-server.js";
export { startProgram, type LabProgram } from "./started/start-program.js";
export { startCluster, type LabCluster } from "./started/start-cluster.js";
export { startSentinel, type LabSentinel } from "./started/start-sentinel.js";
export { startTls, type LabTls } from "./started/start-tls.js";
export { startRedis, type StartOptions } from "./started/start-redis.js";
export { table } from "./table.js";
export { untilBlocked } from "./until-blocked.js";
export { timeline, type Span } from "./timeline.js";
export { type ZipEntry } from "./read-zip.js";
export { nextEvent, until, within } from "./waiting.js";
export { wire } from "./wire.js";
export { withConfig } from "./with-config.js";
export { withOpen, type Open } from "./with-open.js";

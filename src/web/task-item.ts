import type { TaskStatus, ThumbnailStatus } from "redis-lab-jobs";
import { html, type Html } from "./html.js";
import { shownBytes } from "./limits.js";
import type { Accepted, Task } from "./tasks.js";

type State = "waiting" | "working" | "done" | "failed" | "gone";

interface Item {
  readonly id?: string;
  readonly name: string;
  readonly state: State;
  /** A word for the state. */
  readonly label: string;
  /** A sentence about it. */
  readonly text: string;
  readonly more?: Html | false;
}

const STATES: Record<TaskStatus["task_status"], State> = {
  PENDING: "waiting",
  STARTED: "working",
  PROGRESS: "working",
  SUCCESS: "done",
  FAILURE: "failed",
};

export const isRunning = ({ status }: Task): boolean =>
  status !== undefined && ["waiting", "working"].includes(STATES[status.task_status]);

/** A picture in the list, as far as its task has come. */
export function taskItem({ id, name = "A task", status, lacksWorker }: Task): Html {
  if (status === undefined) {
    const text = "There is no such task. Finished ones are forgotten after a day.";
    return item({ id, name: "Unknown task", state: "gone", label: "Unknown", text });
  }
  const { progress, results, error } = status;
  const common = { id, name, state: STATES[status.task_status] };
  switch (status.task_status) {
    case "PENDING": {
      const text = lacksWorker
        ? "In the queue, but no worker is running. Start one with: npm run worker"
        : "In the queue, waiting for a free worker.";
      return item({ ...common, label: "Queued", text, more: bar(name) });
    }
    case "STARTED":
      return item({
        ...common,
        label: "Working",
        text: "A worker is reading the picture.",
        more: bar(name),
      });
    case "PROGRESS": {
      const text = `${progress?.done ?? 0} of ${progress?.total ?? 0} sizes are made.`;
      return item({ ...common, label: "Working", text, more: bar(name, progress) });
    }
    case "FAILURE":
      return item({ ...common, label: "Failed", text: sentence(error ?? "unknown error") });
    case "SUCCESS":
      if (results === null || typeof results === "number") {
        return item({ ...common, label: "Done", text: `Result: ${results}` });
      }
      return item({
        ...common,
        label: "Done",
        text: thumbnailCount(results.thumbnails.length),
        more: finished(name, results.archive_path, results.thumbnails),
      });
  }
}

/** A picture in the answer to a form: refused, or just queued. */
export function acceptedItem(accepted: Accepted): Html {
  const { name } = accepted;
  if ("id" in accepted) {
    return item({
      id: accepted.id,
      name,
      state: "waiting",
      label: "Queued",
      text: "In the queue.",
    });
  }
  return item({ name, state: "failed", label: "Refused", text: accepted.refused.message });
}

/** What the script copies for each picture that it sends. */
export const blankItem = (): Html =>
  item({ name: "", state: "waiting", label: "", text: "", more: bar("") });

function item({ id, name, state, label, text, more = false }: Item): Html {
  return html`<li class="task ${state}" ${id !== undefined && html`data-task="${id}"`}>
    <div class="picture" aria-hidden="true"></div>
    <div class="about">
      <h3 class="name"><bdi>${name}</bdi></h3>
      <span class="label">${label}</span>
      <p class="text">${text}</p>
      ${more}
    </div>
  </li>`;
}

const bar = (name: string, progress?: TaskStatus["progress"]): Html =>
  html`<progress
    aria-label="Progress of ${name}"
    ${progress && html`max="${progress.total}" value="${progress.done}"`}
  ></progress>`;

function finished(name: string, archive: string, thumbnails: readonly ThumbnailStatus[]): Html {
  return html`<ul class="thumbnails" aria-label="Thumbnails of ${name}">
      ${thumbnails.map(
        (one) =>
          html`<li>
            <span class="file"><bdi>${one.name}</bdi></span>
            <span class="size">${one.width} × ${one.height}</span>
            <span class="bytes">${shownBytes(one.bytes)}</span>
          </li>`,
      )}
    </ul>
    <a class="download" href="${archive}" download
      >Download zip<span class="unseen"> of ${name}</span></a
    >`;
}

const thumbnailCount = (count: number) =>
  count === 1
    ? "1 thumbnail, and the picture itself."
    : `${count} thumbnails, and the picture itself.`;

/** The worker's reason is a clause; a page has sentences. */
function sentence(reason: string): string {
  const text = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

import type { FormResults, TaskResults, TaskStatus } from "redis-lab-jobs";
import { html, type Html } from "./html.js";
import { shownBytes } from "./limits.js";
import { REFUSED, type Accepted, type Task } from "./tasks.js";

type PictureResults = Exclude<TaskResults, number | FormResults>;
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
  /** Path of a picture to show beside it. */
  readonly preview?: string | undefined;
  /** What the button that removes it says; none where there is nothing to remove. */
  readonly remove?: "Cancel" | "Delete";
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
export function taskItem(task: Task): Html {
  const { id, isForm, status, lacksWorker, place } = task;
  const name = task.name ?? (isForm ? "All pictures of a form" : "A task");
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
        : waiting(place);
      return item({ ...common, label: "Queued", text, more: bar(name), remove: "Cancel" });
    }
    case "STARTED":
      return item({
        ...common,
        label: "Working",
        text: "A worker is reading the picture.",
        more: bar(name),
        remove: "Cancel",
      });
    case "PROGRESS": {
      const what = isForm ? "pictures are done" : "sizes are made";
      const text = `${progress?.done ?? 0} of ${progress?.total ?? 0} ${what}.`;
      const more = bar(name, progress);
      return item({ ...common, label: "Working", text, more, remove: "Cancel" });
    }
    case "FAILURE":
      return failedItem(common, error ?? "unknown error");
    case "SUCCESS":
      if (results === null || typeof results === "number") {
        return item({ ...common, label: "Done", text: `Result: ${results}` });
      }
      if ("done" in results) return formItem(common, results);
      return item({
        ...common,
        label: "Done",
        text: thumbnailCount(results.thumbnails.length),
        more: finished(name, results),
        preview: results.thumbnails[0]?.path,
        remove: "Delete",
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
  const { refused, refusedId } = accepted;
  const known = refusedId !== undefined && ({ id: refusedId, remove: "Delete" } as const);
  return item({ name, state: "failed", label: "Refused", text: refused.message, ...known });
}

/** What the script copies for each picture that it sends. */
export const blankItem = (): Html =>
  item({ name: "", state: "waiting", label: "", text: "", more: bar("") });

/** The form as a whole; each of its pictures has an item of its own. */
function formItem(
  common: Pick<Item, "name" | "state"> & { id: string },
  { archive_path, done, failed }: FormResults,
): Html {
  const all = `${done.length} of ${done.length + failed.length} pictures have thumbnails.`;
  const more =
    archive_path !== null &&
    html`<a class="download" href="${archive_path}" download>Download all in one zip</a>`;
  return item({ ...common, label: "Done", text: all, more, remove: "Delete" });
}

function failedItem(common: Pick<Item, "name" | "state"> & { id: string }, error: string): Html {
  const label = error.startsWith(REFUSED) ? "Refused" : "Failed";
  const text = sentence(error.replace(REFUSED, ""));
  return item({ ...common, label, text, remove: "Delete" });
}

const waiting = (place: number | undefined) =>
  place === undefined || place === 1
    ? "Next in the queue, when a worker is free."
    : `Number ${place} in the queue.`;

function item({ id, name, state, label, text, more = false, preview, remove }: Item): Html {
  return html`<li class="task ${state}" ${id !== undefined && html`data-task="${id}"`}>
    <div class="picture" aria-hidden="true">
      ${preview !== undefined && html`<img src="${preview}" alt="" />`}
    </div>
    <div class="about">
      <h3 class="name" title="${name}"><bdi>${name}</bdi></h3>
      <span class="label">${label}</span>
      <p class="text">${text}</p>
      ${more}
      ${
        id !== undefined &&
        remove !== undefined &&
        html`<form class="remove" method="post" action="/task/${id}/delete">
          <button type="submit" class="quiet">${remove}<span class="unseen"> ${name}</span></button>
        </form>`
      }
    </div>
  </li>`;
}

const bar = (name: string, progress?: TaskStatus["progress"]): Html =>
  html`<progress
    aria-label="Progress of ${name}"
    ${progress && html`max="${progress.total}" value="${progress.done}"`}
  ></progress>`;

function finished(name: string, { archive_path, thumbnails, notes }: PictureResults): Html {
  return html`${notes.map((note) => html`<p class="note">${note}</p>`)}
    <ul class="thumbnails" aria-label="Thumbnails of ${name}">
      ${thumbnails.map(
        ({ path, name: file, width, height, bytes }) =>
          html`<li>
            <a class="file" href="${path}"><bdi>${file}</bdi></a>
            <span class="size">${width} × ${height}</span>
            <span class="bytes">${shownBytes(bytes)}</span>
          </li>`,
      )}
    </ul>
    <a class="download" href="${archive_path}" download
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

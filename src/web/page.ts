import { html, type Html } from "./html.js";
import { shownBytes, type Limits } from "./limits.js";
import { OFFERED_SIZES, SIZES_PATTERN, STANDARD_SIZE } from "./sizes.js";
import { blankItem } from "./task-item.js";

/** Seconds between two looks of a page without JavaScript. */
const REFRESH = html`<meta http-equiv="refresh" content="2" />`;

export interface Problem {
  readonly message: string;
  readonly field?: "image_file" | "sizes" | undefined;
}

export interface PageOptions {
  readonly limits: Limits;
  /** The pictures of the list. */
  readonly items?: readonly Html[];
  /** Something in the list will still change: the page looks again by itself. */
  readonly isRunning?: boolean;
  /** Leads to the list without the form's errors. */
  readonly listUrl?: string | undefined;
  readonly problem?: Problem | undefined;
}

/** The whole page: the form, and the pictures that were sent. */
export function page({ limits, items = [], isRunning, listUrl, problem }: PageOptions): string {
  const results = html`<section id="results" class="results" aria-labelledby="results-title">
    <h2 id="results-title">Your pictures</h2>
    <p id="live" class="unseen" role="status"></p>
    <ol id="tasks" class="tasks">
      ${items}
    </ol>
    ${
      listUrl !== undefined &&
      html`<p><a href="${listUrl}">Follow the pictures that were accepted</a></p>`
    }
    ${explanation()}
    <template id="blank">${blankItem()}</template>
  </section>`;
  // Whoever comes for the list on a phone sees it first.
  const sections = [form(limits, problem), results];
  const body = html`<main>${items.length > 0 ? sections.toReversed() : sections}</main>`;
  return documentOf({ title: "Thumbnails", body, refreshes: isRunning === true, hasScript: true });
}

/** A page that says why there is nothing else to see. */
export function errorPage(
  problem: Problem & { readonly title: string },
  refreshes = false,
): string {
  const body = html`<main class="error-page">
    <section>
      <h2>${problem.title}</h2>
      ${alert(problem)}
      <p><a href="/">Back to the upload page</a></p>
    </section>
  </main>`;
  return documentOf({ title: `${problem.title} · Thumbnails`, body, refreshes });
}

const alert = ({ message }: Problem) => html`<p class="problem" role="alert">${message}</p>`;

interface DocumentOptions {
  readonly title: string;
  readonly body: Html;
  readonly refreshes: boolean;
  readonly hasScript?: boolean;
}

function documentOf({ title, body, refreshes, hasScript = false }: DocumentOptions): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/page.css" />
        ${refreshes && (hasScript ? html`<noscript>${REFRESH}</noscript>` : REFRESH)}
        ${hasScript && html`<script type="module" src="/assets/page.js"></script>`}
      </head>
      <body>
        <header>
          <h1><a href="/">Thumbnails</a></h1>
          <p>Pictures go into a Redis queue, a worker makes thumbnails, you get a zip.</p>
          <nav aria-label="More"><a href="/queues">Queue dashboard</a></nav>
        </header>
        ${body}
      </body>
    </html>`.text;
}

function form(limits: Limits, problem: Problem | undefined): Html {
  const wrong = (field: Problem["field"]) =>
    problem?.field === field &&
    html`<p class="problem" id="${field}-problem" role="alert">${problem?.message}</p>`;
  const marks = (field: Problem["field"]) =>
    problem?.field === field
      ? html`aria-invalid="true" aria-describedby="${field}-problem ${field}-help"`
      : html`aria-describedby="${field}-help"`;
  return html`<form
    id="upload"
    class="upload"
    action="/"
    method="post"
    enctype="multipart/form-data"
    data-file-bytes="${limits.fileBytes}"
    data-files="${limits.files}"
  >
    <div class="drop">
      <label for="image_file">Drop pictures here, or choose them</label>
      <p id="image_file-help">
        JPEG, PNG, WebP, GIF or AVIF; up to ${limits.files} pictures of
        ${shownBytes(limits.fileBytes)}
      </p>
      <input
        id="image_file"
        name="image_file"
        type="file"
        multiple
        required
        accept="image/jpeg,image/png,image/webp,image/gif,image/avif"
        ${marks("image_file")}
      />
      <ul id="chosen" class="chosen" aria-label="Chosen pictures"></ul>
    </div>
    ${wrong("image_file")}
    <fieldset>
      <legend>Sizes</legend>
      <div class="sizes">
        ${OFFERED_SIZES.map(
          (size) =>
            html`<label class="size-choice"
              ><input
                type="checkbox"
                name="sizes"
                value="${size}"
                ${size === STANDARD_SIZE && html`checked`}
              />${size.replace("x", " × ")}</label
            >`,
        )}
      </div>
      <label for="sizes">Other sizes</label>
      <input
        id="sizes"
        name="sizes"
        type="text"
        autocomplete="off"
        placeholder="800x600, 32x32"
        maxlength="400"
        pattern="${SIZES_PATTERN}"
        title="Width and height in pixels, such as 800x600; commas between several"
        ${marks("sizes")}
      />
      <p id="sizes-help" class="help">
        Each thumbnail fits into its box and keeps its shape. Nothing chosen: 128 × 128.
      </p>
      ${wrong("sizes")}
    </fieldset>
    <button type="submit">Make thumbnails</button>
  </form>`;
}

function explanation(): Html {
  return html`<ol class="explanation" aria-label="What will happen">
    <li><b>Queued</b> Your picture is stored, and a job for it waits in Redis.</li>
    <li><b>Working</b> A worker takes the job and makes each size.</li>
    <li><b>Done</b> You download a zip: your picture, and its thumbnails.</li>
  </ol>`;
}

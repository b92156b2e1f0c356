import { form, type Problem } from "./form.js";
import { html, type Html } from "./html.js";
import type { Limits } from "./limits.js";
import { blankItem } from "./task-item.js";

/** Seconds between two looks of a page without JavaScript. */
const REFRESH = html`<meta http-equiv="refresh" content="2" />`;

export interface PageOptions {
  readonly limits: Limits;
  /** The pictures of the list. */
  readonly items?: readonly Html[];
  /** How many in the list will still change: the page looks again by itself. */
  readonly open?: number;
  /** Leads to all archives in one, where there are several. */
  readonly allUrl?: string | undefined;
  /** Leads to the list without the form's errors. */
  readonly listUrl?: string | undefined;
  readonly problem?: Problem | undefined;
}

/** The whole page: the form, and the pictures that were sent. */
export function page({ limits, items = [], open = 0, ...rest }: PageOptions): string {
  const { allUrl, listUrl, problem } = rest;
  const results = html`<section id="results" class="results" aria-labelledby="results-title">
    <h2 id="results-title" tabindex="-1">Your pictures</h2>
    <p id="live" class="unseen" role="status"></p>
    <ol id="tasks" class="tasks">
      ${items}
    </ol>
    <a
      id="all"
      class="download"
      href="${allUrl ?? "/"}"
      download
      ${allUrl === undefined && html`hidden`}
      >Download all in one zip</a
    >
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
  const title = open > 0 ? `(${open}) Thumbnails` : "Thumbnails";
  return documentOf({ title, body, refreshes: open > 0, hasScript: true });
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

function explanation(): Html {
  return html`<ol class="explanation" aria-label="What will happen">
    <li><b>Queued</b> Your picture is stored, and a job for it waits in Redis.</li>
    <li><b>Working</b> A worker takes the job and makes each size.</li>
    <li><b>Done</b> You download a zip: your picture, and its thumbnails.</li>
  </ol>`;
}

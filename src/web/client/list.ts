import { element } from "./elements.js";
import { forgetUnsent, keepUnsent, unsent } from "./unsent.js";

const list = element("#tasks", HTMLOListElement);
const live = element("#live", HTMLParagraphElement);
const blank = element("#blank", HTMLTemplateElement);
const all = element("#all", HTMLAnchorElement);

/** How soon the page looks again, in milliseconds: while something changes, and when nothing has. */
const SOON = 400;
const LATER = 1500;

const previews = new Map<string, string>();
let timer: number | undefined;

/** A picture that is on its way to the server, at the top of the list. */
export class SendingItem {
  readonly #item: HTMLElement;

  constructor(readonly file: File) {
    const copy = blank.content.cloneNode(true) as DocumentFragment;
    this.#item = element("li", HTMLLIElement, copy);
    element("bdi", HTMLElement, this.#item).textContent = file.name;
    element("progress", HTMLProgressElement, this.#item).ariaLabel = `Progress of ${file.name}`;
    this.#preview(URL.createObjectURL(file));
    list.prepend(this.#item);
    this.waits();
  }

  waits(): void {
    this.#say("waiting", "Waiting", "It will be sent after those before it.");
  }

  sends(share: number): void {
    const bar = element("progress", HTMLProgressElement, this.#item);
    bar.value = share;
    this.#say("working", "Sending", `${Math.floor(share * 100)} % is sent.`);
  }

  /** It has become a task: from here on the server tells how it is doing. */
  isTask(id: string): void {
    const url = this.#item.dataset["preview"];
    if (url !== undefined) previews.set(id, url);
    this.#item.dataset["task"] = id;
    this.#say("waiting", "Queued", "In the queue.");
    this.#item.querySelector("progress")?.removeAttribute("value");
    showState();
    look();
  }

  /** @param id under which the server remembers it, if it does */
  fails(reason: string, { id, retry }: { id?: string | undefined; retry?: () => void } = {}): void {
    this.#item.querySelector("progress")?.remove();
    this.#say("failed", "Refused", reason);
    announce(`${this.file.name}: ${reason}`);
    if (id === undefined) keepUnsent({ name: this.file.name, reason });
    else this.#item.dataset["task"] = id;
    showState();
    if (!retry) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "retry";
    button.textContent = "Try again";
    button.addEventListener("click", () => {
      forgetUnsent(this.file.name);
      this.remove();
      retry();
    });
    element(".about", HTMLDivElement, this.#item).append(button);
  }

  remove(): void {
    this.#item.remove();
  }

  #say(state: string, label: string, text: string): void {
    this.#item.className = `task ${state}`;
    element(".label", HTMLElement, this.#item).textContent = label;
    element(".text", HTMLElement, this.#item).textContent = text;
  }

  #preview(url: string): void {
    this.#item.dataset["preview"] = url;
    showPreview(this.#item, url);
  }
}

/** Asks the server how the tasks of the list are doing, again and again until all have ended. */
export function look(delay = SOON): void {
  clearTimeout(timer);
  if (tasks().some((item) => !hasEnded(item))) timer = setTimeout(() => void lookNow(), delay);
}

async function lookNow(): Promise<void> {
  const running = tasks().filter((item) => !hasEnded(item));
  const query = running.map((item) => `task=${item.dataset["task"]}`).join("&");
  try {
    const answer = await fetch(`/?${query}`, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const changed = running.map((item) => update(item, page));
    look(changed.includes(true) ? SOON : LATER);
  } catch {
    for (const item of running) {
      element(".text", HTMLElement, item).textContent =
        "The server does not answer. Asking again …";
    }
    look(LATER);
  }
}

/** Puts the server's item in the place of an older one, if they differ. */
function update(item: HTMLElement, page: Document): boolean {
  const id = item.dataset["task"] ?? "";
  const fresh = page.querySelector<HTMLElement>(`[data-task="${CSS.escape(id)}"]`);
  if (fresh === null) return false;
  const preview = previews.get(id);
  if (fresh.className === item.className && fresh.textContent === item.textContent) return false;
  const adopted = document.adoptNode(fresh);
  // The thumbnail itself is the better one.
  if (preview !== undefined && !adopted.querySelector(".picture img")) {
    showPreview(adopted, preview);
  }
  const label = (one: HTMLElement) => one.querySelector(".label")?.textContent;
  if (label(adopted) !== label(item)) {
    const text = [".name", ".label", ".text"].map(
      (part) => adopted.querySelector(part)?.textContent,
    );
    announce(`${text[0]}: ${text[1]}. ${text[2]}`);
  }
  const hadFocus = item.contains(document.activeElement);
  item.replaceWith(adopted);
  // Who is there by keyboard stays there.
  if (hadFocus) adopted.querySelector<HTMLElement>("button, a")?.focus();
  showState();
  return true;
}

const tasks = () => [...list.querySelectorAll<HTMLElement>("[data-task]")];
/** The item that shows a task now. */
export const taskItem = (id: string) =>
  list.querySelector<HTMLElement>(`[data-task="${CSS.escape(id)}"]`);
const hasEnded = ({ classList }: HTMLElement) =>
  ["done", "failed", "gone"].some((state) => classList.contains(state));

/** A picture that the browser cannot show leaves its frame empty. */
function showPreview(item: HTMLElement, url: string): void {
  const image = new Image();
  image.alt = "";
  image.src = url;
  image.addEventListener("error", () => image.remove());
  element(".picture", HTMLDivElement, item).replaceChildren(image);
}

/** Loading the page again, or coming back to it, shows the same list; the title tells what is open. */
export function showState(): void {
  const query = (items: readonly HTMLElement[]) =>
    items
      .slice(0, 50)
      .map((item) => `task=${item.dataset["task"]}`)
      .join("&");
  history.replaceState(null, "", `/?${query(tasks())}`);
  const open = list.querySelectorAll(".waiting, .working").length;
  document.title = open > 0 ? `(${open}) Thumbnails` : "Thumbnails";
  const done = tasks().filter((item) => item.querySelector(".thumbnails"));
  all.hidden = done.length < 2;
  all.href = `/media/all.zip?${query(done)}`;
}

/** For those who hear the page. */
export function announce(text: string): void {
  live.textContent = text;
}

/** Pictures that never reached the server are remembered here, for as long as the tab is open. */
export function showUnsent(): void {
  for (const { name, reason } of unsent()) {
    new SendingItem(new File([], name)).fails(reason);
  }
}

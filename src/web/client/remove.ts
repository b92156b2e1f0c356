import { element } from "./elements.js";
import { announce, showState, taskItem } from "./list.js";
import { forgetUnsent } from "./unsent.js";

/** Cancels and deletes without leaving the page. */
export function watchRemoves(): void {
  element("#tasks", HTMLOListElement).addEventListener("submit", (event) => {
    const form = event.target;
    const item = form instanceof HTMLFormElement && form.closest<HTMLElement>(".task");
    if (!item) return;
    event.preventDefault();
    void remove(item);
  });
}

async function remove(item: HTMLElement): Promise<void> {
  const name = item.querySelector(".name")?.textContent ?? "";
  const button = item.querySelector<HTMLButtonElement>(".remove button");
  if (button) button.disabled = true;
  const id = item.dataset["task"];
  if (id !== undefined && !(await isDeleted(id))) {
    if (button) button.disabled = false;
    return announce(`${name} could not be removed. Try again.`);
  }
  if (id === undefined) forgetUnsent(name);
  // Meanwhile news of the task may have put another item in this one's place.
  const shown = id === undefined ? item : (taskItem(id) ?? item);
  const next = shown.nextElementSibling?.querySelector<HTMLElement>(".remove button");
  shown.remove();
  showState();
  announce(`${name} is removed.`);
  // Who came by keyboard goes on from there.
  (next ?? element("#results-title", HTMLHeadingElement)).focus();
}

async function isDeleted(id: string): Promise<boolean> {
  try {
    const { ok, status } = await fetch(`/task/${id}`, { method: "DELETE" });
    return ok || status === 404;
  } catch {
    return false;
  }
}

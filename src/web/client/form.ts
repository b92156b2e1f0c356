import { element, shownBytes } from "./elements.js";
import { SendingItem, showState } from "./list.js";
import { send } from "./send.js";

const form = element("#upload", HTMLFormElement);
const input = element("#image_file", HTMLInputElement);
const drop = element(".drop", HTMLDivElement);
const chosen = element("#chosen", HTMLUListElement);

const MAX_BYTES = Number(form.dataset["fileBytes"]);
const MAX_FILES = Number(form.dataset["files"]);
/** Pictures on their way at a time. */
const AT_ONCE = 2;

const waiting: (() => Promise<void>)[] = [];
let sending = 0;

/** Sends the form's pictures one by one, and shows each at once. */
export function watchForm(): void {
  input.addEventListener("change", showChosen);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearProblems();
    const files = [...(input.files ?? [])];
    if (files.length > MAX_FILES) return showProblem("image_file", tooMany());
    // The last one made is on top of the list, and the first one chosen should be.
    const items = files.toReversed().map((file) => new SendingItem(file));
    for (const item of items.toReversed()) enqueue(item, fields());
    showState();
    input.value = "";
    showChosen();
    // On a phone the list is below the form.
    element("#results", HTMLElement).scrollIntoView({ block: "nearest" });
  });
  watchDrops();
}

type Fields = readonly (readonly [name: string, value: string])[];

function enqueue(item: SendingItem, wanted: Fields): void {
  const { file } = item;
  if (file.size > MAX_BYTES) {
    return item.fails(`This picture is too large: the limit is ${shownBytes(MAX_BYTES)}.`);
  }
  waiting.push(async () => {
    item.sends(0);
    const sent = await send(file, wanted, (share) => item.sends(share));
    if ("task" in sent) return item.isTask(sent.task);
    const { error, field, id, mayRetry } = sent;
    if (field !== undefined && field !== "image_file") showProblem(field, error);
    const retry = () => enqueue(new SendingItem(file), wanted);
    item.fails(error, { id, ...(mayRetry && { retry }) });
  });
  sendNext();
}

function sendNext(): void {
  while (sending < AT_ONCE) {
    const work = waiting.shift();
    if (work === undefined) return;
    sending++;
    void work().finally(() => {
      sending--;
      sendNext();
    });
  }
}

/** All that goes with each picture. */
const fields = (): Fields =>
  [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );

/** Pictures can be dropped anywhere; without this the browser would leave the page for them. */
function watchDrops(): void {
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    drop.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) drop.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    drop.classList.remove("over");
    const files = event.dataTransfer?.files;
    if (!hasFiles(event) || files === undefined) return;
    event.preventDefault();
    input.files = files;
    showChosen();
  });
}

function showChosen(): void {
  clearProblems();
  const files = [...(input.files ?? [])];
  drop.classList.toggle("filled", files.length > 0);
  chosen.replaceChildren(
    ...files.map((file) => {
      const item = document.createElement("li");
      const name = document.createElement("bdi");
      name.textContent = file.name;
      item.append(name, ` ${shownBytes(file.size)}`);
      item.classList.toggle("too-large", file.size > MAX_BYTES);
      return item;
    }),
  );
  if (files.length > MAX_FILES) showProblem("image_file", tooMany());
}

const tooMany = () => `At most ${MAX_FILES} pictures at a time, please.`;

function showProblem(field: string, text: string): void {
  const control = element(`#${CSS.escape(field)}`, HTMLElement);
  const problem = document.createElement("p");
  problem.className = "problem";
  problem.id = `${field}-problem`;
  problem.setAttribute("role", "alert");
  problem.textContent = text;
  document.querySelector(`#${problem.id}`)?.remove();
  (field === "image_file" ? drop : control).after(problem);
  control.setAttribute("aria-invalid", "true");
  const help = control.getAttribute("aria-describedby") ?? "";
  control.setAttribute("aria-describedby", `${problem.id} ${help}`);
  control.focus();
}

function clearProblems(): void {
  for (const problem of form.querySelectorAll(".problem")) problem.remove();
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    const help = control.getAttribute("aria-describedby") ?? "";
    control.setAttribute("aria-describedby", help.replace(/\S+-problem ?/g, ""));
  }
}

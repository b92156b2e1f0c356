/** What the page does: show only what failed, unfold all, open what a link leads to, fit frames. */
export const SCRIPT = `
const notebooks = [...document.querySelectorAll("details.notebook")];
for (const button of document.querySelectorAll("[data-show]")) {
  button.addEventListener("click", () => {
    for (const other of document.querySelectorAll("[data-show]")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    for (const one of notebooks) {
      one.hidden = button.dataset.show === "failed" && !one.classList.contains("failed");
    }
  });
}
const unfold = document.querySelector("[data-unfold]");
unfold.addEventListener("click", () => {
  const open = notebooks.some((one) => !one.open);
  for (const one of notebooks) one.open = open;
  unfold.textContent = open ? "Fold all" : "Unfold all";
});
const openTarget = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) {
    target.hidden = false;
    target.open = true;
    target.scrollIntoView();
  }
};
addEventListener("hashchange", openTarget);
openTarget();
const fit = (frame) => {
  const root = frame.contentDocument?.documentElement;
  if (root) frame.style.height = Math.min(600, root.scrollHeight + 4) + "px";
};
for (const frame of document.querySelectorAll("iframe")) {
  frame.addEventListener("load", () => fit(frame));
  fit(frame);
}
for (const one of notebooks) {
  one.addEventListener("toggle", () => one.querySelectorAll("iframe").forEach(fit));
}
`;

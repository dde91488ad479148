// What a click in the list, on a tab or on a finding opens, without a new page.

import { closed } from "./editor-around.js";
import { open } from "./editor-form.js";
import { tell } from "./words.js";

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-open], a.day-tab, a#found, a.piece-back");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (new URL(link.href).pathname !== location.pathname) return;
  event.preventDefault();
  if (link.matches(".piece-back")) {
    document.getElementById("agenda").scrollIntoView({ block: "start" });
    document.querySelector("#agenda [aria-current]")?.focus({ preventScroll: true });
    return;
  }
  // Whoever opens something with the keyboard is where he can write in it, and Escape leads back. The caret is behind the
  // title and nothing is selected: he asked to open it, not to rename it, and a letter must not replace what stands there.
  const keyed = event.detail === 0 && link.matches("[data-open]");
  open(link.href).then(() => {
    const title = !closed(document.getElementById("form")) && document.getElementById("f-title");
    if (keyed) (title || document.getElementById("piece")).focus({ preventScroll: true });
    if (keyed && title) title.setSelectionRange(title.value.length, title.value.length);
    if (link.dataset.finding) tell("found", link.dataset);
  });
});

// While everything is stopped for a real emergency, the page below is out of reach; what was typed there stays.

import { hear } from "./words.js";

let stopped = false;

function show() {
  const stop = document.getElementById("stop");
  const now = stop?.dataset.stopped !== undefined;
  if (now === stopped) return;
  stopped = now;
  if (now) for (const open of document.querySelectorAll("dialog[open]:not(#lock)")) open.close();
  for (const one of document.body.children) {
    if (one === stop || one.id === "lock" || one.id === "said" || one.id === "toasts") continue;
    one.inert = now;
  }
  if (now) stop.querySelector("button")?.focus({ preventScroll: true });
}

hear("drawn", show);
show();

// From a page that is not live the address leads straight to the question.
function asked() {
  if (location.hash === "#stop-all") document.getElementById("stop-all")?.showModal();
}
addEventListener("hashchange", asked);
asked();

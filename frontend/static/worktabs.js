// The tabs of the console's work pane: a `role=tab` button for each `role=tabpanel` it controls. Which one was open is
// remembered, since picking an inject brings the page anew. A region in a panel that carries `data-tells` has its
// tab tell it, such as how many have voted.

import { hear } from "./words.js";

const tabs = Array.from(document.querySelectorAll(".work-tabs [role=tab]"));
const KEPT = `ttx-work-${document.body.dataset.exercise}`;

/** Open the tab that controls this panel. */
export function open(panel) {
  for (const tab of tabs) {
    const chosen = tab.getAttribute("aria-controls") === panel;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
  try { sessionStorage.setItem(KEPT, panel); } catch { /* Then the first one is open next time. */ }
}

for (const tab of tabs) {
  tab.addEventListener("click", () => open(tab.getAttribute("aria-controls")));
  tab.addEventListener("keydown", (event) => {
    const back = getComputedStyle(tab).direction === "rtl" ? "ArrowRight" : "ArrowLeft";
    const step = { [back]: -1, [back === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"]: 1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    open(next.getAttribute("aria-controls"));
    next.focus();
    event.preventDefault();
  });
}

let kept = null;
try { kept = sessionStorage.getItem(KEPT); } catch { /* As above. */ }
open(tabs.some((tab) => tab.getAttribute("aria-controls") === kept) ? kept : tabs[0].getAttribute("aria-controls"));

function tellAll() {
  for (const tab of tabs) {
    const place = tab.querySelector("[data-tells]");
    const told = document.getElementById(tab.getAttribute("aria-controls")).querySelector("[data-tells]")?.dataset.tells ?? "";
    if (place && place.textContent !== told) place.textContent = told;
  }
}
hear("drawn", tellAll);
tellAll();

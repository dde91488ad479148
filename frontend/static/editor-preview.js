// The preview beside the form: drawn by the server from what is typed, a moment after the last key. And coordinates
// that are picked on the drawn map.

import { base } from "./author-link.js";
import { changed } from "./editor-lists.js";

const WAIT = 350; // ms after the last key
let timer = 0;
let asked = 0;

const READS = `ttx-reads-${document.body.dataset.draft}`;
const reads = () => document.querySelector("[data-reads]");
const body = () => document.getElementById("preview-body");

/** Draw the preview anew with these fields, soon. */
export function preview(form, fields) {
  if (document.getElementById("preview").hidden || !form) return;
  clearTimeout(timer);
  timer = setTimeout(() => draw(form, fields), WAIT);
}

async function draw(form, fields) {
  const number = ++asked;
  const language = reads()?.value ? `?language=${encodeURIComponent(reads().value)}` : "";
  const url = form.dataset.inject ? `${base}/inject/${encodeURIComponent(form.dataset.inject)}/preview${language}` : `${base}/map/preview`;
  try {
    const reply = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ fields }) });
    const html = await reply.text();
    if (number !== asked || !reply.ok) return;
    const top = body().scrollTop;
    body().replaceChildren(document.createRange().createContextualFragment(html));
    body().scrollTop = top;
    dress();
  } catch {
    if (number === asked) body().setAttribute("aria-busy", "true");
  }
}

/** Pictures get their address, and the map shows whether a click would fill a field. */
export function dress() {
  const place = body();
  const chosen = reads() && kept();
  if (chosen && Array.from(reads().options).some((one) => one.value === chosen)) reads().value = chosen;
  place.removeAttribute("aria-busy");
  for (const one of place.querySelectorAll("[data-picture]")) {
    const url = `${base}/pictures/${one.dataset.picture}`;
    if (one.tagName === "IMG") one.src = url;
    else one.href = url;
  }
  for (const one of place.querySelectorAll("a.picture-frame")) one.removeAttribute("id");
  mark();
}

/** The language that was chosen last in this tab; nothing where it is the scenario's own. */
function kept() {
  try { return sessionStorage.getItem(READS) ?? ""; } catch { return ""; }
}
document.addEventListener("change", (event) => {
  if (event.target !== reads()) return;
  try { sessionStorage.setItem(READS, event.target.value); } catch { /* Then it holds for this inject. */ }
  changed(document.getElementById("form")); // which draws the preview anew, with what is typed
});

let point = null; // the field for coordinates that had the focus last

function mark() {
  const wanted = point?.isConnected && !point.disabled;
  for (const map of document.querySelectorAll(".seen .map")) map.toggleAttribute("data-js-picking", Boolean(wanted));
}

document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("[data-point]")) point = event.target;
  else if (event.target.matches?.("input, textarea, select, button, a")) point = null;
  mark();
  // Whoever works on the map sees the map, however long the text above it is.
  if (event.target.closest?.("#g-map")) body().querySelector(".map")?.scrollIntoView({ block: "nearest" });
});

document.addEventListener("pointerdown", (event) => {
  if (event.target.closest?.(".seen .map") && point?.isConnected) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const chart = event.target.closest?.(".seen .chart");
  if (!chart || !point?.isConnected) return;
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse());
  const [x, y] = [Math.round(at.x), Math.round(at.y)];
  point.value = point.dataset.point === "points" ? `${point.value.trim()} ${x},${y}`.trim() : `${x}, ${y}`;
  changed(point);
});

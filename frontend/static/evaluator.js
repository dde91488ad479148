// The evaluator's own: whom he watches goes with everything he records; his last ratings are marked; his notes can
// be found again. Recording itself is posting.js.

import { draftOf, keepDraft } from "./keeping.js";
import "./parts.js";
import "./posting.js";
import { unsent } from "./outbox.js";
import "./talk.js";
import { hear } from "./words.js";

const watching = document.getElementById("watching");
const filter = document.getElementById("note-filter");
const notes = () => Array.from(document.querySelectorAll("#notes > .note"));

function watched() {
  return Object.fromEntries(Array.from(new FormData(watching)).filter(([, value]) => value));
}

const before = draftOf("watching");
if (before) {
  for (const name of ["table", "delegation"]) {
    const select = watching.elements[name];
    if (Array.from(select.options).some((one) => one.value === (before[name] ?? ""))) select.value = before[name] ?? "";
  }
}
watching.addEventListener("submit", (event) => event.preventDefault());
watching.addEventListener("change", () => { keepDraft("watching", watched()); mark(); });
hear("posting", ({ request }) => Object.assign(request, watched()));

/** Mark the letter that was given last, to whom is watched now. */
function markRatings() {
  const whom = watched();
  const given = notes().reverse().map((one) => ({ ...one.dataset }));
  for (const { request } of unsent()) {
    if (request.do === "rate") given.push({ ...request, rates: request.objective ?? request.capability });
  }
  for (const form of document.querySelectorAll("form[data-rates]")) {
    const last = given.findLast((one) => one.rating && one.rates === form.dataset.rates && one.inject === form.elements.inject.value
      && (one.table ?? "") === (whom.table ?? "") && (one.delegation ?? "") === (whom.delegation ?? ""));
    for (const button of form.querySelectorAll("[name=rating]")) button.setAttribute("aria-pressed", String(button.value === last?.rating));
  }
}

/** Mark the tap that was given last to each expected action, of whom is watched now. */
function markTaps() {
  const whom = watched();
  const given = notes().reverse().map((one) => ({ ...one.dataset, text: one.querySelector(".said")?.textContent }));
  for (const { request } of unsent()) if (request.do === "observe") given.push(request);
  const here = given.filter((one) => (one.table ?? "") === (whom.table ?? "") && (one.delegation ?? "") === (whom.delegation ?? ""));
  for (const group of document.querySelectorAll(".quick")) {
    const buttons = Array.from(group.querySelectorAll("[data-text]"));
    const { inject } = group.closest(".guide").dataset;
    const last = here.findLast((one) => one.inject === inject && buttons.some((button) => button.dataset.text === one.text));
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.text === last?.text));
  }
}

function showNotes() {
  const { text, kind, inject } = Object.fromEntries(new FormData(filter));
  const wanted = text.trim().toLocaleLowerCase();
  const all = notes();
  for (const one of all) {
    const fits = (!kind || one.dataset.kind === kind) && (!inject || one.dataset.inject === inject)
      && (!wanted || one.textContent.toLocaleLowerCase().includes(wanted));
    one.hidden = !fits;
  }
  const shown = all.filter((one) => !one.hidden).length;
  const place = filter.querySelector("[data-note-count]");
  const sentence = !all.length || shown === all.length ? "" : shown ? place.dataset.words.replace("%n", shown) : place.dataset.none;
  if (place.textContent !== sentence) place.textContent = sentence;
  filter.hidden = all.length === 0;
  document.querySelector("[data-note-total]").textContent = all.length || "";
}

filter.addEventListener("submit", (event) => event.preventDefault());
filter.addEventListener("input", showNotes);

/** The developments one can look for are those with a guide, in the order of the guides. */
function showDevelopments() {
  const select = filter.elements.inject;
  const chosen = select.value;
  const ways = Array.from(document.querySelectorAll(".guide"), (one) => new Option(`${one.dataset.inject} ${one.dataset.title}`, one.dataset.inject));
  select.replaceChildren(select.options[0], ...ways);
  select.value = ways.some((one) => one.value === chosen) ? chosen : "";
}

// The newest guide is open; those before it are folded, and stay as one leaves them.
for (const fold of Array.from(document.querySelectorAll(".guide-fold")).slice(1)) fold.open = false;

function show() {
  showDevelopments();
  showNotes();
  mark();
}
function mark() {
  markRatings();
  markTaps();
}
hear("drawn", show);
hear("underway", mark);
show();

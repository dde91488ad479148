// The console's dialogs: filled from the button that opens them, so that a half-typed field is never redrawn.

import { word } from "./words.js";

const FIELDS = ["title", "text", "sender"];

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  if (!opener || opener.disabled) return;
  opener.closest("details[data-menu]")?.removeAttribute("open");
  FILL[opener.dataset.dialog]?.(document.getElementById(opener.dataset.dialog), opener.dataset);
}, true);

const FILL = {
  "reopen-day": (dialog, { day }) => {
    dialog.querySelector("[name=day]").value = day;
    dialog.querySelector("[data-slot=day]").textContent = day;
  },
  "to-tables": (dialog, { inject, title, reached, receives }) => {
    const who = JSON.parse(receives);
    const there = reached.split(" ").filter(Boolean);
    dialog.querySelector("[name=inject]").value = inject;
    dialog.querySelector("[data-slot=what]").textContent = `${inject} ${title}`;
    for (const box of dialog.querySelectorAll("[name=tables]")) {
      box.checked = false;
      box.disabled = there.includes(box.value) || !who[box.value];
      const place = box.parentElement.querySelector("[data-receives]");
      place.textContent = who[box.value]?.join(", ") ?? place.dataset.nobody;
    }
  },
  reword: (dialog, data) => {
    const form = dialog.querySelector("form");
    form.elements.inject.value = data.inject;
    written = { inject: data.inject, title: data.wasTitle, sender: data.wasSender, text: data.wasText };
    for (const name of FIELDS) form.elements[name].value = data[name];
    const mapped = JSON.parse(data.mapped);
    const onMap = dialog.querySelector("[data-on-map]");
    onMap.hidden = mapped.length === 0;
    onMap.querySelector("[data-slot=map]").replaceChildren(...mapped.map((one) => mapField(one, onMap.dataset)));
    for (const place of dialog.querySelectorAll("[data-looks]")) place.replaceChildren();
    look("then", written);
    look("now", typed(form));
  },
};

// What the server does not do before somebody is sure.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (!ctx.text?.startsWith('{"asks"')) return;
  const dialog = document.getElementById(JSON.parse(ctx.text).asks);
  dialog.querySelector("[name=day]").value = ctx.sourceElement.elements.day.value;
  dialog.showModal();
});

// To some tables: one has to be ticked.
const tables = document.querySelector("#to-tables form");
tables?.addEventListener("submit", (event) => {
  const box = tables.querySelector("[name=tables]:not(:disabled)");
  const none = !tables.querySelector("[name=tables]:checked");
  box?.setCustomValidity(none ? word("picktable") : "");
  if (none) { event.preventDefault(); event.stopImmediatePropagation(); box?.reportValidity(); }
}, true);
tables?.addEventListener("change", () => tables.querySelector("[name=tables]:not(:disabled)")?.setCustomValidity(""));

// Other words: how they will look, drawn by the server a moment after the last key, and the way back to the scenario's.
const reword = document.querySelector("#reword form");
const typed = (form) => Object.fromEntries(["inject", ...FIELDS].map((name) => [name, form.elements[name].value]));
let written = {}; // as the scenario has it
let soon = 0;
let asked = 0;

/** A field for what one step of the inject says on the map: words, or a number of people. */
function mapField({ name, now, was }, says) {
  const [kind] = name.split("-");
  const field = document.createElement("label");
  field.className = "field";
  const said = document.createElement("span");
  said.textContent = says[kind];
  const input = document.createElement("input");
  Object.assign(input, { name, value: now, required: true, dir: "auto" });
  if (kind === "people") Object.assign(input, { inputMode: "numeric", pattern: "[0-9 ,.]+", maxLength: 12 });
  else input.maxLength = 40;
  input.dataset.was = was;
  field.append(said, input);
  return field;
}

async function look(which, words) {
  const number = which === "now" ? ++asked : 0;
  try {
    const reply = await fetch(`${location.pathname}/words`, { method: "POST", body: new URLSearchParams(words) });
    const html = await reply.text();
    if (!reply.ok || (number && number !== asked)) return;
    const drawn = document.createRange().createContextualFragment(html);
    document.querySelector(`#reword [data-looks=${which}]`).replaceChildren(drawn);
  } catch { /* Without a network what was drawn last stays, and nothing can be sent either. */ }
}

reword?.addEventListener("input", () => { clearTimeout(soon); soon = setTimeout(() => look("now", typed(reword)), 250); });
reword?.querySelector("[data-as-written]").addEventListener("click", () => {
  for (const name of FIELDS) reword.elements[name].value = written[name];
  for (const input of reword.querySelectorAll("[data-was]")) input.value = input.dataset.was;
  look("now", typed(reword));
});

// The ad-hoc dialog: to whom, and what it begins with.

const adhoc = document.querySelector("#adhoc form");
const all = adhoc?.querySelector("[data-to-all]");
const some = adhoc?.querySelector("[data-to-some]");
const from = adhoc?.querySelector("[data-case]");
const BLANK = /\[[^[\]\n]+\]/g;

function showTo() {
  some.hidden = all.checked;
}

/** How many blanks are left; a case is not told with a hole in it. */
function countBlanks() {
  const said = adhoc.querySelector("[data-blanks]");
  const left = FIELDS.flatMap((name) => adhoc.elements[name].value.match(BLANK) ?? []);
  said.textContent = left.length ? word("blanks", new Set(left).size) : "";
  adhoc.elements.text.setCustomValidity(left.length ? word("fillblanks", left[0]) : "");
}

function begin(told) {
  for (const name of FIELDS) if (told[name]) adhoc.elements[name].value = told[name];
  adhoc.elements.channel.value = told.channel ?? "briefing";
  adhoc.elements.questions.value = (told.questions ?? []).join("\n");
  all.checked = told.to?.all ?? true;
  for (const kind of ["tables", "groups", "delegations"]) {
    for (const box of adhoc.querySelectorAll(`[name=to_${kind}]`)) box.checked = told.to?.[kind]?.includes(box.value) ?? false;
  }
  showTo();
  countBlanks();
  for (const name of FIELDS) {
    const field = adhoc.elements[name];
    const blank = field.value.match(BLANK)?.[0];
    if (!blank) continue;
    field.focus();
    const at = field.value.indexOf(blank);
    field.setSelectionRange(at, at + blank.length);
    return;
  }
  adhoc.elements.title.focus();
}

if (adhoc) {
  all.addEventListener("change", showTo);
  adhoc.addEventListener("reset", () => setTimeout(() => { showTo(); countBlanks(); }));
  adhoc.addEventListener("input", countBlanks);
  from?.addEventListener("change", () => {
    const chosen = from.selectedOptions[0].dataset.told;
    if (chosen) begin(JSON.parse(chosen));
  });
}

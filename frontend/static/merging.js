// Merging gaps: those that are ticked, and what they say together, which is one of their texts, all of them as a list,
// or what somebody writes. It comes with the first tick as a line, which leaves the wall in sight; *Merge* asks for the
// words, below the wall, and pressed again merges.

import { linkState } from "./socket.js";

const form = document.getElementById("merge-gaps");
const label = form.querySelector("[data-merge-label]");
const wordings = form.querySelector("[data-wordings]");
const field = form.elements.text;
const button = form.querySelector("[data-merge]");

let offered = ""; // the texts that stand to choose from

const said = (pick) => pick.closest(".gap").querySelector("[data-gap-text]").textContent;

/** The texts as a list; one that is a list already gives its lines. */
function listed(texts) {
  const lines = texts.flatMap((text) => text.split("\n")).map((line) => line.replace(/^\u2022\s*/, "").trim());
  return Array.from(new Set(lines.filter(Boolean)), (line) => `\u2022 ${line}`).join("\n");
}

function choice(text, called) {
  const row = document.createElement("label");
  row.className = "check";
  row.dir = "auto";
  const radio = Object.assign(document.createElement("input"), { type: "radio", name: "wording", value: text });
  radio.setAttribute("form", "none"); // it fills the field, and is not sent with it
  const span = document.createElement("span");
  span.textContent = called;
  row.append(radio, span);
  radio.addEventListener("change", () => { field.value = text; });
  return row;
}

function offer(texts) {
  if (offered === texts.join("\0")) return;
  offered = texts.join("\0");
  const before = Array.from(wordings.querySelectorAll("input"), (one) => one.value);
  const own = field.value && !before.includes(field.value);
  const rows = [choice(listed(texts), wordings.dataset.list), ...texts.map((text) => choice(text, text))];
  wordings.replaceChildren(...rows);
  if (own) return;
  field.value = listed(texts);
  rows[0].querySelector("input").checked = true;
}

/** The form follows what is ticked, and goes when nothing is. */
export function showMerge() {
  const picked = Array.from(document.querySelectorAll("[data-merge-pick]:checked"));
  const few = picked.length < 2;
  if (few) delete form.dataset.jsWords;
  const asks = "jsWords" in form.dataset;
  form.hidden = picked.length === 0;
  label.textContent = asks ? label.dataset.many : label.dataset.one;
  field.hidden = wordings.hidden = !asks;
  if (asks) offer(picked.map(said));
  else {
    field.value = offered = "";
    wordings.replaceChildren();
  }
  button.toggleAttribute("data-off", few);
  button.disabled = few || linkState() !== "live";
}

button.addEventListener("click", (event) => {
  if ("jsWords" in form.dataset) return;
  event.preventDefault();
  form.dataset.jsWords = "";
  showMerge();
  form.scrollIntoView({ block: "nearest" });
  field.focus({ preventScroll: true });
});

form.addEventListener("reset", () => {
  delete form.dataset.jsWords;
  for (const one of document.querySelectorAll("[data-merge-pick]")) one.checked = false;
  setTimeout(showMerge);
});

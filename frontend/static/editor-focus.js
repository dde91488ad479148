// The field one types in keeps the focus and its caret while the form around it is brought up to date.

import { fieldsOf, itemsOf, read } from "./editor-fields.js";

const PARTS = "[data-field], [data-item]";
const CONTROLS = "input, select, textarea";
const keyOf = (item) => fieldsOf(item).filter((one) => ["@key", "id"].includes(one.dataset.field)).map(read)[0] ?? null;

/** Do this at once, and let the field that has the focus have it afterwards, though it may be another element then. */
export function steady(work) {
  const held = document.activeElement;
  const way = held?.closest("#form .piece-fields") && held.matches(CONTROLS) ? wayTo(held) : null;
  const [from, to] = way ? [held.selectionStart, held.selectionEnd] : [];
  work();
  if (!way) return;
  const control = document.activeElement === held ? held : followed(document.getElementById("form"), way);
  if (control && control !== held && control.value?.trim() === held.value?.trim()) control.value = held.value; // a blank at its end
  control?.focus({ preventScroll: true });
  control?.scrollIntoView({ block: "nearest" });
  if (control && control !== held && typeof from === "number") {
    try { control.setSelectionRange(from, to); } catch { /* A number has no caret that could be set. */ }
  }
}

/** The field of a form that a finding's dotted path names, such as `questions.q1.objectives`; else the nearest around it. */
export function fieldAt(form, path) {
  return path.split(".").reduce((at, part) => fieldsOf(at).find((one) => one.dataset.field === part)
    ?? itemsOf(at).find((one) => keyOf(one) === part) ?? itemsOf(at)[Number(part) - 1] ?? at, form);
}

/** Which field, item and control this is, from the form inwards. */
function wayTo(control) {
  const way = [];
  const inner = control.closest(PARTS);
  for (let one = inner; one?.closest("#form"); one = one.parentElement.closest(PARTS)) {
    const list = one.parentElement.closest(PARTS);
    if (one.dataset.field !== undefined) way.unshift({ field: one.dataset.field });
    else way.unshift({ key: keyOf(one), place: list ? itemsOf(list).indexOf(one) : 0 });
  }
  return { way, place: inner === control ? -1 : Array.from(inner?.querySelectorAll(CONTROLS) ?? []).indexOf(control) };
}

function followed(form, { way, place }) {
  let at = form;
  for (const step of way) {
    if (!at) return null;
    if ("field" in step) at = fieldsOf(at).find((one) => one.dataset.field === step.field);
    else at = itemsOf(at).find((one) => step.key !== null && keyOf(one) === step.key) ?? itemsOf(at)[step.place];
  }
  return place < 0 ? at : at?.querySelectorAll(CONTROLS)[place];
}

// A delegation or a table that gets another id has it in the seats below at once. What is typed as an id and can be none,
// such as "Republik Ardun", is its name as it was written, and an id is made from it.

import { fieldsOf, itemsOf } from "./editor-fields.js";
import { changed } from "./editor-lists.js";

let was = ""; // the id that is being changed

const list = (name) => document.querySelector(`#form [data-field=${name}]`);
const keys = (of) => itemsOf(of).map((one) => fieldsOf(one).find((field) => field.dataset.field === "@key")?.value.trim());

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("[data-field='@key']")) was = target.value.trim();
});

/** Make an id of a name that was typed as one: "Republik Ardun" is Republik-Ardun. */
function named(input) {
  const typed = input.value.trim();
  const of = input.closest("[data-type=map]");
  if (!["delegations", "tables"].includes(of?.dataset.field) || !typed || new RegExp(`^(?:${input.pattern})$`).test(typed)) return;
  const plain = typed.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^A-Za-z0-9_]+/g, "-").replace(/^[^A-Za-z]+|-+$/g, "");
  const stem = plain.slice(0, 36) || { delegations: "delegation-1", tables: "table-1" }[of.dataset.field];
  const others = itemsOf(of).flatMap(fieldsOf).filter((one) => one.dataset.field === "@key" && one !== input).map((one) => one.value.trim());
  let ident = stem;
  for (let n = 2; others.includes(ident); n += 1) ident = `${stem.replace(/-1$/, "")}-${n}`;
  input.value = ident;
  const name = fieldsOf(input.closest("[data-item]")).find((one) => ["name", "@value"].includes(one.dataset.field));
  if (name && !name.value.trim()) name.value = typed;
  changed(input);
}

// Ctrl+S saves before the field is left.
document.addEventListener("keydown", ({ target, key, ctrlKey, metaKey }) => {
  if ((ctrlKey || metaKey) && key.toLowerCase() === "s" && target.matches?.("[data-field='@key']")) target.dispatchEvent(new Event("change", { bubbles: true }));
}, true);

document.addEventListener("change", ({ target }) => {
  if (target.matches?.("[data-field='@key']")) named(target);
  const of = target.matches?.("[data-field='@key']") && target.closest("[data-type=map]");
  const field = { delegations: "delegation", tables: "table" }[of?.dataset?.field];
  const seats = list("seats");
  const now = target.value?.trim();
  if (!field || !seats || !was || !now || keys(of).includes(was)) return;
  for (const seat of itemsOf(seats)) {
    const named = fieldsOf(seat).find((one) => one.dataset.field === field);
    if (named?.value.trim() === was) named.value = now;
  }
  was = now;
  changed(seats);
});

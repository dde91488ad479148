// A delegation or a table that gets another id has it in the seats below at once.

import { fieldsOf, itemsOf } from "./editor-fields.js";
import { changed } from "./editor-lists.js";

let was = ""; // the id that is being changed

const list = (name) => document.querySelector(`#form [data-field=${name}]`);
const keys = (of) => itemsOf(of).map((one) => fieldsOf(one).find((field) => field.dataset.field === "@key")?.value.trim());

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("[data-field='@key']")) was = target.value.trim();
});

document.addEventListener("change", ({ target }) => {
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

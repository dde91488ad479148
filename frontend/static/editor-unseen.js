// What others wrote into the form that is open: told above it until the person says that he has seen it, or wrote
// something else there himself.

import { notice } from "./editor-around.js";
import { beside } from "./editor-conflict.js";
import { fieldsOf, read, same } from "./editor-fields.js";
import { word } from "./words.js";

const unseen = new Map(); // by a field's name what came into it and who wrote that, as `{held, by}`
let of = ""; // the form that they are fields of
let line = null; // where it is told

/** Whether something is still to be seen. */
export const unread = () => unseen.size > 0;

/** Others wrote these fields, which the form shows now; `by` wrote them, as far as is known. */
export function came(form, names, by) {
  still(form);
  for (const field of fieldsOf(form)) {
    const name = field.dataset.field;
    if (names.includes(name)) unseen.set(name, { held: read(field), by });
  }
  if (unseen.size) told(form);
}

/** Say it no longer of a field that holds something else by now, and of another form. */
export function still(form) {
  if (of !== form.dataset.kept) unseen.clear();
  of = form.dataset.kept;
  const before = unseen.size;
  const shown = new Map(fieldsOf(form).map((field) => [field.dataset.field, field]));
  for (const [name, { held }] of unseen) if (!shown.has(name) || !same(read(shown.get(name)), held)) unseen.delete(name);
  if (unseen.size === before || !line?.isConnected) return;
  if (unseen.size) told(form);
  else line.remove();
}

function told(form) {
  const fields = fieldsOf(form).filter((one) => unseen.has(one.dataset.field));
  const writers = new Set(Array.from(unseen.values(), (one) => one.by));
  const sentences = Array.from(writers, (by) => {
    const labels = fields.filter((one) => unseen.get(one.dataset.field).by === by).map((one) => beside(one) || one.dataset.field);
    return word(by ? "came" : "cameunnamed", labels.join(", ")).replace("%w", () => by);
  });
  line = notice(sentences.join(" "), word("seen"), () => unseen.clear());
}

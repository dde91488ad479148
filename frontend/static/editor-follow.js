// The form that is open follows what others saved: a field that nobody touches here shows what stands now.

import { fieldsOf, fill, read, readForm, same } from "./editor-fields.js";
import { arrange } from "./editor-lists.js";

/**
 * Bring the form up to the one that the server draws now. `begun` is what its fields held when they were last the
 * server's, and follows too. `{came, apart}`: the names of the fields that others wrote, and whether some field could
 * not follow, being half written here or not fit to be shown; then `begun` stays as it was and so must the base.
 */
export function follow(form, begun, there) {
  arrange(there);
  const [mine, theirs] = [readForm(form), readForm(there)];
  const changed = Object.keys(theirs).filter((name) => !same(theirs[name], begun[name]));
  const open = changed.filter((name) => !same(mine[name], begun[name]) && !same(mine[name], theirs[name]));
  const named = new Map(fieldsOf(form).map((field) => [field.dataset.field, field]));
  if (open.length || changed.some((name) => !named.has(name))) return { came: [], apart: true };
  const came = changed.filter((name) => !same(mine[name], theirs[name]));
  for (const name of came) fill(named.get(name), theirs[name]);
  arrange(form);
  if (came.some((name) => !same(read(named.get(name)), theirs[name]))) return { came: [], apart: true };
  for (const name of changed) begun[name] = theirs[name];
  return { came, apart: false };
}

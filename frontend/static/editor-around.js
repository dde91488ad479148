// What stands around the fields of a form that stays: it is taken from the page as the server draws it now.

import { forget } from "./editor-kept.js";
import { announce, word } from "./words.js";

const copies = (element) => Array.from(element?.childNodes ?? [], (node) => document.importNode(node, true));

/** A line in the head of the form, which stays in sight until its button is pressed. */
export function notice(text, label, act = () => {}) {
  const line = document.createElement("p");
  line.className = "notice-line warn";
  line.setAttribute("role", "status");
  const said = document.createElement("span");
  said.textContent = text;
  line.append(said);
  if (label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = label;
    button.addEventListener("click", () => { line.remove(); act(); });
    line.append(button);
  }
  document.getElementById("notices")?.replaceChildren(line);
  return line;
}

/** What this page says of a piece that is gone: who took it out and how, if it is known. */
export function lost(page) {
  const told = page.querySelector("[data-lost]")?.textContent.replace(/\s+/g, " ");
  return `${told ?? word("gone")} ${word("copyit")}`;
}

/** Take this part of the page, with its attributes but for its class. */
export function swap(id, page) {
  const [here, there] = [document.getElementById(id), page.getElementById(id)];
  if (!here || !there) return;
  for (const name of there.getAttributeNames()) if (!["class"].includes(name)) here.setAttribute(name, there.getAttribute(name));
  here.replaceChildren(...copies(there));
}

/** Findings beside the fields, the heading, what is asked of the piece, and whether it may still be written. */
export function around(form, page) {
  const other = page.getElementById("form");
  if (!form || !other || other.dataset.kept !== form.dataset.kept) return;
  for (const slot of form.querySelectorAll("[data-found]")) {
    const there = Array.from(other.querySelectorAll("[data-found]")).find((one) => one.dataset.found === slot.dataset.found && !one.closest("template"));
    slot.replaceChildren(...copies(there));
  }
  for (const selector of [".piece-head h2", ".piece-nav"]) {
    const [here, there] = [form.querySelector(selector), other.querySelector(selector)];
    if (here && there) here.replaceChildren(...copies(there));
  }
  form.querySelector(".finding-links")?.remove();
  const links = other.querySelector(".finding-links");
  if (links) form.querySelector(".piece-body > .slot").after(document.importNode(links, true));
  const [mine, theirs] = [document.querySelector(".comment-list"), page.querySelector(".comment-list")];
  if (mine && theirs) mine.replaceChildren(...copies(theirs));
  const fields = other.querySelector(".piece-fields");
  if (fields) lock(form, fields.disabled, other.querySelector(".piece-body > .locked"), other.querySelector(".piece-actions"));
}

/** A colleague gave this piece another id: the form is of that one from now on. */
export function renamed(form, there) {
  const { inject, kept } = there?.dataset ?? {};
  if (!inject || !form?.dataset.inject || form.dataset.kept === kept) return;
  forget(form.dataset.kept);
  Object.assign(form.dataset, { inject, kept });
  const url = new URL(location.href);
  url.searchParams.set("inject", inject);
  history.replaceState(null, "", url);
}

/** Whether the fields of this form are closed. */
export const closed = (form) => form?.querySelector(".piece-fields")?.disabled === true;

/** Close the form's fields or open them; `why` is the line that tells the reason, `actions` what may be done then. */
export function lock(form, shut, why = null, actions = null) {
  const fields = form?.querySelector(".piece-fields");
  if (!fields) return;
  const before = form.querySelector(".piece-body > .locked");
  before?.remove();
  const line = why && document.importNode(why, true);
  if (line) form.querySelector(".piece-body").prepend(line);
  if (fields.disabled === shut && before?.textContent.trim() === line?.textContent.trim()) return;
  fields.disabled = shut;
  document.getElementById("notices").replaceChildren();
  const hidden = line && line.getBoundingClientRect().bottom < form.querySelector(".piece-head").getBoundingClientRect().bottom;
  if (shut && hidden) notice(line.textContent.trim());
  else if (shut && line) announce(line.textContent.trim());
  form.querySelector(".piece-actions").replaceChildren(...copies(actions));
}

/** The row that is picked is in sight. */
export function inSight() {
  const [frame, row] = [document.querySelector(".blocks"), document.querySelector(".blocks [aria-current]")?.closest(".row-item, .block")];
  if (!frame || !row) return;
  const [box, one] = [frame.getBoundingClientRect(), row.getBoundingClientRect()];
  if (one.top < box.top + 34) frame.scrollTop -= box.top + 34 - one.top;
  if (one.bottom > box.bottom - 8) frame.scrollTop += one.bottom - box.bottom + 8;
}

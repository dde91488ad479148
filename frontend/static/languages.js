// Translating: a text is saved when it is left, kept on the device until it is, and compared with what others wrote.

import { ask, drawn, fetched, stands } from "./author-link.js";
import { undoable } from "./author-undo.js";
import { forget, keep, kept } from "./editor-kept.js";
import { toast } from "./toasts.js";
import { announce, hear, word } from "./words.js";

const list = document.getElementById("texts");
const { language, none } = list.dataset; // `none` is the base of a text that nobody has translated
const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

const forms = () => Array.from(list.querySelectorAll("form.text"));
const field = (form) => form.elements.namedItem("text");
const address = (form) => form.elements.namedItem("address").value;
const place = (form) => `text:${language}:${address(form)}`;
const changed = (form) => field(form).value.trim() !== form.dataset.text.trim();

/** How a text stands, in words and by its mark. */
function say(form, save, sentence) {
  if (save) form.dataset.jsSave = save;
  else delete form.dataset.jsSave;
  form.querySelector("[data-said]").textContent = sentence ?? word(form.dataset.state);
}

function keepTyped(form) {
  const text = field(form).value;
  keep(place(form), form.elements.namedItem("base").value, changed(form) ? { text } : {});
  say(form, changed(form) ? "unsaved" : "", changed(form) ? word("kept") : undefined);
  overall();
}

function overall() {
  const open = forms().some(changed);
  stands(open ? "unsaved" : "current", word(open ? "unsaved" : "current"));
}

/** Save one text, if it is another than it was; `anew` saves it though it is the same, as still right. */
async function save(form, anew = false) {
  if (field(form).readOnly || form.dataset.jsBusy !== undefined || !(anew || changed(form))) return;
  const { of, base } = Object.fromEntries(new FormData(form));
  const text = field(form).value.trim();
  if (!text && form.dataset.state === "missing") return;
  form.dataset.jsBusy = "";
  say(form, "saving", word("saving"));
  stands("saving", word("saving"));
  const { ok, data } = await ask({ do: "write_translation", language, address: address(form), text, of, base });
  delete form.dataset.jsBusy;
  if (!ok) {
    say(form, "failed", data.conflict ? word("unsaved") : data.refused);
    if (data.conflict) clash(form, data);
    else toast(data.refused);
    stands("failed", word("unsaved"));
    return;
  }
  drawn(data.seq);
  undoable(data.sentence ?? "");
  form.elements.namedItem("base").value = data.revision ?? none;
  form.dataset.text = text;
  form.dataset.state = text ? "fresh" : "missing";
  form.dataset.jsDone = "";
  form.querySelector("[data-clash]").hidden = true;
  if (changed(form)) keepTyped(form);
  else {
    forget(place(form));
    say(form, "", text ? word("saved", clock()) : word("missing"));
  }
  stands("saved", word("saved", clock()));
  count();
}

/** Both versions, and which of them it shall be. */
function clash(form, { refused, conflict }) {
  const box = form.querySelector("[data-clash]");
  const theirs = conflict.fields.text?.theirs ?? "";
  const base = conflict.revision ?? none;
  const said = document.createElement("p");
  said.textContent = theirs ? word("theirs") : word("removed");
  said.title = refused;
  const quote = document.createElement("blockquote");
  quote.dir = field(form).dir;
  quote.lang = field(form).lang;
  quote.textContent = theirs;
  const acts = document.createElement("div");
  const button = (label, act) => {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "button small";
    one.textContent = label;
    one.addEventListener("click", act);
    return one;
  };
  acts.append(
    button(word("mine"), () => { form.elements.namedItem("base").value = base; save(form, true); }),
    button(word("take"), () => {
      form.elements.namedItem("base").value = base;
      form.dataset.text = field(form).value = theirs;
      form.dataset.state = theirs ? "fresh" : "missing";
      box.hidden = true;
      forget(place(form));
      say(form, "");
      count();
      overall();
      field(form).focus();
    }),
  );
  box.replaceChildren(said, ...(theirs ? [quote] : []), acts);
  box.hidden = false;
  announce(refused);
}

/** How many texts of this page stand how, and how far the language is. */
function count() {
  const all = forms();
  const states = { all: all.length, missing: 0, stale: 0 };
  for (const one of all) if (one.dataset.state in states) states[one.dataset.state] += 1;
  for (const [name, number] of Object.entries(states)) {
    const shown = document.querySelector(`[data-count="${name}"]`);
    if (shown) shown.textContent = String(number);
  }
  const tab = document.querySelector("#days [aria-current]");
  const [told, behind] = [tab?.querySelector("[data-done]"), tab?.querySelector("[data-stale]")];
  if (told) told.textContent = String(all.length - states.missing);
  if (behind) behind.textContent = states.stale ? `, ${word("stalemany", states.stale)}` : "";
  const done = document.querySelector("[data-here] [data-done]");
  if (!done) return;
  const now = Number(done.dataset.done) + all.filter((one) => one.dataset.state !== "missing").length - begun;
  done.textContent = String(now);
  document.querySelector("[data-here] progress").value = now;
}

/** On to the next text that is missing or stale, or simply the next one. */
function onward(form) {
  const all = forms().filter((one) => one.offsetParent);
  const behind = all.slice(all.indexOf(form) + 1);
  const next = behind.find((one) => one.dataset.state !== "fresh") ?? behind[0];
  if (next) field(next).focus();
  else field(form).blur();
}

list.addEventListener("input", ({ target }) => { if (target.name === "text") keepTyped(target.form); });
list.addEventListener("change", ({ target }) => { if (target.name === "text") save(target.form); });
list.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const { form } = event.target;
  onward(form); // leaving the field saves it
});
list.addEventListener("submit", (event) => {
  event.preventDefault();
  save(event.target, true);
});
list.addEventListener("click", ({ target }) => {
  const taken = target.closest?.("[data-take]");
  if (!taken) return;
  const form = taken.closest("form");
  field(form).value = taken.dataset.take;
  save(form);
  onward(form);
});
addEventListener("beforeunload", (event) => { if (forms().some((one) => one.dataset.jsBusy !== undefined)) event.preventDefault(); });

// What others did comes into the texts that nobody here is writing.
hear("others", async () => {
  const page = await fetched(location.href);
  if (!page) return;
  drawn(page.body.dataset.head);
  let brought = false;
  for (const place of ["#days", "#languages", ".lang-hint"]) {
    const there = page.querySelector(place);
    if (there) document.querySelector(place)?.replaceChildren(...document.importNode(there, true).childNodes);
  }
  for (const form of forms()) {
    const fresh = page.getElementById(form.id);
    if (fresh) field(form).readOnly = field(fresh).readOnly; // The day may be frozen by now, or open again.
    const mine = changed(form) && field(form).value.trim() !== fresh?.dataset.text.trim();
    if (!fresh || mine || form.contains(document.activeElement) || form.dataset.jsBusy !== undefined) continue;
    if (fresh.elements.namedItem("base").value === form.elements.namedItem("base").value && fresh.dataset.source === form.dataset.source) continue;
    form.replaceWith(document.importNode(fresh, true));
    brought = true;
  }
  begun = Array.from(page.querySelectorAll("form.text")).filter((one) => one.dataset.state !== "missing").length;
  count();
  if (!brought) return;
  document.getElementById("notices").textContent = word("others");
});

let begun = forms().filter((one) => one.dataset.state !== "missing").length;
for (const form of forms()) {
  const held = kept(place(form));
  if (!held?.fields?.text) continue;
  if (held.fields.text.trim() === form.dataset.text.trim()) { forget(place(form)); continue; }
  field(form).value = held.fields.text;
  form.elements.namedItem("base").value = held.base;
  keepTyped(form);
}

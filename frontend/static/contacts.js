// Contacts: whom a delegation would turn to. A name is one tap, from the roster, the organisations of the scenario and
// the senders in the story so far; whoever is not among them is written. Then a channel, the hours, a basis.

import { fold } from "./fold.js";
import { announce, word } from "./words.js";

const BASES = "bases"; // the id of the list of what was written as a basis before, on this page

/** What the cards of a form hold. */
export const rows = (form) => Array.from(form.querySelectorAll(".contact"), row);

function row(card) {
  const field = (name) => card.querySelector(`[name="${name}"]`).value.trim();
  return { to: field("to"), channel: field("channel"), hours: field("hours"), basis: field("basis") };
}

/** Show these contacts, and no others. */
export function put(form, contacts) {
  form.querySelector("[data-rows]").replaceChildren();
  for (const one of contacts ?? []) if (one.to || one.channel || one.hours || one.basis) addRow(form, one);
}

/** One more card. */
export function addRow(form, values = {}) {
  const list = form.querySelector("[data-rows]");
  list.append(form.querySelector("[data-row]").content.cloneNode(true));
  return putRow(list.lastElementChild, values);
}

/** Put values into a card, as far as they are others. */
export function putRow(added, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = added.querySelector(`[name="${name}"]`);
    if (!field || field.value === value) continue;
    if (field.tagName === "SELECT" && value && !Array.from(field.options).some((one) => one.value === value)) {
      field.add(new Option(value, value));
    }
    field.value = value;
  }
  return added;
}

/** The contacts as the server takes them, or null where a card lacks something; that is marked, and gets the focus. */
export function settled(form, raw) {
  const wanting = [];
  const contacts = raw.map((one, n) => {
    const made = { ...one, to: keyOf(form, one.to), hours: Number(one.hours.replace(",", ".") || NaN) };
    if (!made.to) wanting.push([n, "to"]);
    if (!made.channel) wanting.push([n, "channel"]);
    if (!(made.hours >= 0 && made.hours <= 8760)) wanting.push([n, "hours"]);
    return made;
  });
  const cards = form.querySelectorAll(".contact");
  const fields = wanting.map(([n, name]) => cards[n]?.querySelector(`[name="${name}"]`)).filter(Boolean);
  for (const one of fields) one.setAttribute("aria-invalid", "true");
  explain(form, fields);
  fields[0]?.focus();
  return wanting.length ? null : contacts;
}

/** Below the first field that lacks something stands why, and every such field is read with it. */
function explain(form, fields) {
  form.querySelector(".contact > .why")?.remove();
  if (!fields.length) return;
  const said = Object.assign(document.createElement("p"), { id: `${form.id}-lacks`, className: "why", textContent: word("contact") });
  const [card, first] = [fields[0].closest(".contact"), fields[0].name === "to"];
  card.querySelector(first ? "[data-remove]" : ".within").after(said);
  for (const one of fields) one.setAttribute("aria-describedby", said.id);
}

/** A field that was put right is marked no more; the reason goes with the last of them. */
function mend(form, field) {
  field.removeAttribute("aria-invalid");
  field.removeAttribute("aria-describedby");
  if (!form.querySelector(".contact [aria-invalid]")) explain(form, []);
}

// A contact is kept by the key of who is known, so that the coordination network joins up, and shown by name.

const known = (form) => Array.from(form.querySelectorAll("datalist option"));

function keyOf(form, name) {
  const wanted = fold(name);
  return known(form).find((one) => fold(one.value) === wanted)?.dataset.key ?? name.trim();
}

/** The name of somebody who is kept by a key. */
export function nameOf(form, key) {
  return known(form).find((one) => one.dataset.key === key)?.value ?? key;
}

// The picker.

/** It stands open while nobody is named yet, and when it was asked for. */
export function showPicker(form) {
  const picker = form.querySelector("[data-picker]");
  const open = !form.querySelector(".contact") || "jsPicking" in form.dataset;
  if (open && picker.hidden) names(form);
  picker.hidden = !open;
  const add = form.querySelector("[data-add]");
  add.hidden = !form.querySelector(".contact");
  add.setAttribute("aria-expanded", String(open));
}

function names(form) {
  const found = new Map(known(form).filter((one) => one.dataset.key !== document.body.dataset.own).map((one) => [one.value, one.dataset.group]));
  for (const one of document.querySelectorAll("[data-sender]")) if (!found.has(one.dataset.sender)) found.set(one.dataset.sender, "cast");
  const taken = new Set(rows(form).map((one) => one.to));
  for (const group of form.querySelectorAll("[data-names]")) {
    const mine = Array.from(found).filter(([name, of]) => of === group.dataset.names && !taken.has(name));
    group.hidden = mine.length === 0;
    group.querySelector("div").replaceChildren(...mine.map(([name]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "pick-name";
      button.dataset.pick = name;
      button.dir = "auto";
      button.textContent = name;
      return button;
    }));
  }
  find(form);
}

function find(form) {
  const written = form.querySelector("[data-find]").value.trim();
  const wanted = fold(written);
  let exact = false;
  for (const one of form.querySelectorAll("[data-pick]")) {
    const name = fold(one.dataset.pick);
    one.hidden = !name.includes(wanted);
    exact ||= name === wanted;
  }
  const own = form.querySelector("[data-pick-written]");
  own.hidden = !written || exact;
  own.textContent = word("addname", written);
}

function pick(form, name, changed) {
  delete form.dataset.jsPicking;
  form.querySelector("[data-find]").value = "";
  const card = addRow(form, { to: name });
  showPicker(form);
  announce(word("added", name));
  card.querySelector("[name=channel]").focus();
  changed();
}

/** A name that is written and was not added is meant: before the answer is sent it becomes a card, whose gaps are marked. */
function addWritten(form, changed) {
  const written = form.querySelector("[data-find]").value.trim();
  const open = !form.querySelector("[data-picker]").hidden && !form.querySelector("[data-fields]").inert;
  if (written && open) pick(form, written, changed);
}

/** Let the cards and the picker work. */
export function enlivenContacts(form, changed) {
  for (const one of known(form)) one.disabled = one.dataset.key === document.body.dataset.own; // nobody is to call himself
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { dataset } = button;
    if ("add" in dataset) {
      if ("jsPicking" in form.dataset) delete form.dataset.jsPicking; else form.dataset.jsPicking = "";
      showPicker(form);
      form.querySelector("[data-find]").offsetParent && form.querySelector("[data-find]").focus();
    } else if ("pick" in dataset) pick(form, dataset.pick, changed);
    else if ("pickWritten" in dataset) pick(form, form.querySelector("[data-find]").value.trim(), changed);
    else if ("hours" in dataset) {
      const field = button.closest(".contact").querySelector("[name=hours]");
      field.value = dataset.hours;
      mend(form, field);
      changed();
    } else if ("remove" in dataset) {
      button.closest(".contact").remove();
      names(form);
      showPicker(form);
      (form.querySelector("[data-add]:not([hidden])") ?? form.querySelector("[data-find]")).focus();
      changed();
    }
  });
  form.addEventListener("input", (event) => {
    if ("find" in event.target.dataset) find(form);
    else mend(form, event.target);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !("find" in event.target.dataset)) return;
    const left = Array.from(form.querySelectorAll("[data-pick]:not([hidden])"));
    const name = left.length === 1 ? left[0].dataset.pick : event.target.value.trim();
    if (name) pick(form, name, changed);
  });
  form.addEventListener("submit", () => addWritten(form, changed)); // comes before what sends
  form.addEventListener("focusin", (event) => { if (event.target.name === "basis") remember(event.target); });
}

/** Offer what was written as a basis in other cards, so that nobody writes it twice. */
function remember(field) {
  let list = document.getElementById(BASES);
  if (!list) {
    list = document.createElement("datalist");
    list.id = BASES;
    document.body.append(list);
  }
  const written = Array.from(document.querySelectorAll("[name=basis]"), (one) => one.value.trim());
  list.replaceChildren(...Array.from(new Set(written.filter((one) => one && one !== field.value)), (one) => new Option(one, one)));
  field.setAttribute("list", BASES);
}

// Lists in the editor's form: items come, go and change places by buttons; parts that do not apply are hidden.

import { fieldsOf, fill, fresh, itemsOf, read } from "./editor-fields.js";
import { announce, word } from "./words.js";

const owner = (element) => element.closest("[data-type=list], [data-type=map]");
const control = (one) => (one.matches("input, select, textarea") ? one : one.querySelector("input, select, textarea"));

/** Tell the form that something in it changed without a key being pressed. */
export function changed(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Bring everything that follows from the fields up to date: what is hidden, numbers, counts, names behind ids. */
export function arrange(form) {
  for (const part of form.querySelectorAll("[data-when]")) part.hidden = !applies(form, part);
  for (const field of form.querySelectorAll("[data-type=audience], [data-type=next]")) {
    const how = field.querySelector("input[type=radio]:checked")?.value;
    field.querySelector("[data-some]").hidden = !["some", "these"].includes(how);
  }
  for (const list of form.querySelectorAll("[data-type=list], [data-type=map]")) number(list);
  for (const count of form.querySelectorAll("[data-count]")) {
    const text = count.closest(".field").querySelector("textarea").value.trim();
    count.textContent = word("words", text ? text.split(/\s+/).length : 0);
  }
  for (const field of form.querySelectorAll("[data-names]")) nameBehind(field);
}

function applies(form, part) {
  const [name, wanted] = part.dataset.when.split(":");
  const around = part.parentElement.closest("[data-item], [data-type=group]") ?? form;
  const field = fieldsOf(around).find((one) => one.dataset.field === name) ?? fieldsOf(form).find((one) => one.dataset.field === name);
  const value = field?.value ?? "";
  return wanted === "*" ? value !== "" : wanted.split(",").includes(value);
}

function number(list) {
  itemsOf(list).forEach((one, at, all) => {
    const place = one.querySelector("[data-number]");
    if (place && place.closest("[data-item]") === one) place.textContent = `${at + 1}.`;
    for (const [name, off] of [["up", at === 0], ["down", at === all.length - 1]]) {
      const button = Array.from(one.querySelectorAll(`[data-item-${name}]`)).find((each) => each.closest("[data-item]") === one);
      if (button) button.disabled = off;
    }
    if (one.getAttribute("role") === "group") {
      one.dataset.label ??= one.getAttribute("aria-label");
      one.setAttribute("aria-label", `${one.dataset.label} ${at + 1}`);
    }
  });
}

function nameBehind(field) {
  const place = field.parentElement.querySelector("output.names");
  const known = Array.from(document.getElementById(field.getAttribute("list"))?.options ?? []);
  if (place) place.textContent = known.find((one) => one.value === field.value.trim())?.dataset.name ?? "";
}

/** The next free key after those there are: q3 after q2, C after B, O5 after O4. */
function nextKey(how, keys) {
  if (how === "letter") {
    const letter = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].find((one) => !keys.includes(one));
    if (letter) return letter;
  }
  const last = /^(.*?)(\d+)$/.exec(keys.at(-1) ?? "");
  const [stem, width] = last ? [last[1], last[2].length] : [how || "new-", 1];
  let n = last ? Number(last[2]) : 0;
  do n += 1; while (keys.includes(stem + String(n).padStart(width, "0")));
  return stem + String(n).padStart(width, "0");
}

function add(list) {
  const keys = itemsOf(list).map((one) => keyField(one)?.value.trim()).filter(Boolean);
  const one = fresh(list);
  const key = keyField(one);
  if (key && key.dataset.key !== undefined) key.value = nextKey(key.dataset.key, keys);
  arrange(list.closest("form"));
  const open = fieldsOf(one).map(control).filter((each) => each && !each.closest("[hidden]"));
  const first = open.filter((each) => each !== key || !each.value);
  const wanted = first.find((each) => each === key || "first" in each.dataset) ?? first.find((each) => ["TEXTAREA", "INPUT"].includes(each.tagName)) ?? first[0] ?? key;
  wanted?.focus();
  one.scrollIntoView({ block: "nearest" });
  changed(list);
}

/** Put these items, by key, after those that stand there; a key that is taken stays as it is. */
function put(list, items) {
  const there = read(list) ?? {};
  fill(list, { ...there, ...items, ...there });
  arrange(list.closest("form"));
  itemsOf(list)[0]?.querySelector("textarea, input:not([data-key])")?.focus();
  changed(list);
}

const keyField = (one) => fieldsOf(one).find((field) => ["@key", "id"].includes(field.dataset.field));

function remove(one) {
  const list = owner(one.parentElement);
  const next = one.nextElementSibling ?? one.previousElementSibling;
  one.remove();
  const target = next ? next.querySelector("[data-item-remove]") : Array.from(list.querySelectorAll("[data-item-add]")).at(-1);
  target?.focus();
  announce(word("removed"));
  changed(list);
}

function move(one, by, button) {
  const list = owner(one.parentElement);
  if (by < 0) one.previousElementSibling?.before(one);
  else one.nextElementSibling?.after(one);
  changed(list);
  number(list);
  (button.disabled ? one.querySelector(by < 0 ? "[data-item-down]" : "[data-item-up]") : button).focus();
  announce(word("moved", itemsOf(list).indexOf(one) + 1));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-item-add], [data-items-put], [data-item-remove], [data-item-up], [data-item-down]");
  if (!button) return;
  const one = button.closest("[data-item]");
  if (button.matches("[data-item-add]")) add(owner(button));
  else if (button.matches("[data-items-put]")) put(owner(button), Object.fromEntries(JSON.parse(button.dataset.itemsPut)));
  else if (button.matches("[data-item-remove]")) remove(one);
  else move(one, button.matches("[data-item-up]") ? -1 : 1, button);
});

/** The first map in the form with a key that is empty or stands there twice; such a form cannot be told apart. */
export function clash(form) {
  for (const map of form.querySelectorAll("[data-type=map]")) {
    if (map.closest("[data-when][hidden]")) continue;
    const fields = itemsOf(map).filter((one) => Array.from(one.querySelectorAll("input, textarea")).some((each) => each.value.trim())).map(keyField);
    const keys = fields.map((field) => field?.value.trim() ?? "");
    const wrong = keys.findIndex((key, at) => key === "" || keys.indexOf(key) !== at);
    if (wrong >= 0) return fields[wrong];
  }
  return null;
}

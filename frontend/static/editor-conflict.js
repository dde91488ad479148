// Two people wrote the same fields: both versions side by side, a choice for each, and nothing is lost.

import { combined, fieldsOf, fill, itemsOf, partsOf, read, same } from "./editor-fields.js";
import { pieces, together } from "./editor-difference.js";
import { changed } from "./editor-lists.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

/** A value as a person reads it: lists one a line, parts of an item indented. */
export function told(value, depth = 0) {
  const pad = "  ".repeat(depth);
  if (value === null || value === undefined || value === "") return depth ? "" : word("nothing");
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one === "number")) return value.join(", ");
    return value.map((one) => (typeof one === "object" ? told(one, depth) : `${pad}${one}`)).join(value.some((one) => typeof one === "object") ? "\n\n" : "\n");
  }
  if (typeof value === "object") {
    return Object.entries(value).map(([name, one]) => (typeof one === "object" && one !== null ? `${pad}${name}:\n${told(one, depth + 1)}` : `${pad}${name}: ${one}`)).join("\n");
  }
  return String(value);
}

// What is never put together of two versions, as the server has it.
const WHOLE = ["picture", "to"];

/**
 * What both changed and made different, by the way to it: `{"branch.options.A.label": {mine, theirs, was}}`. What the
 * server has `found` so counts as long as it differs.
 */
export function disputes(begun, mine, theirs, found = {}) {
  const both = {};
  for (const name of Object.keys(mine)) compare(name, begun[name], mine[name], theirs[name], both);
  for (const way of Object.keys(found)) {
    const [own, other, was] = [mine, theirs, begun].map((version) => way.split(".").reduce(inside, version) ?? null);
    if (way.split(".")[0] in mine && !same(own, other)) both[way] ??= { mine: own, theirs: other, was };
  }
  return both;
}

function compare(path, was, mine, theirs, found) {
  if (same(mine, theirs) || same(was, mine) || same(was, theirs)) return;
  const [before, own, other] = [was, mine, theirs].map(partsOf);
  if (!own || !other || (!before && !Array.isArray(mine)) || WHOLE.includes(path)) { found[path] = { mine: mine ?? null, theirs: theirs ?? null, was: was ?? null }; return; }
  for (const name of new Set([...Object.keys(own), ...Object.keys(other)])) compare(`${path}.${name}`, before?.[name], own[name], other[name], found);
}

/** The control that a way leads to, as far as it goes, and what stands beside each part of it. */
function behind(form, path) {
  const [name, ...rest] = path.split(".");
  let control = fieldsOf(form).find((one) => one.dataset.field === name);
  const words = [beside(control) || name];
  for (const part of rest) {
    if (["list", "map"].includes(control?.dataset.type)) {
      control = itemsOf(control).find((one) => fieldsOf(one).some((each) => ["@key", "id"].includes(each.dataset.field) && read(each) === part));
      words.push(part);
    } else {
      control = control && fieldsOf(control).find((one) => one.dataset.field === part);
      const label = control ? beside(control) : part;
      if (label) words.push(label);
    }
  }
  return { control, label: words.join(": ") };
}

/** The words that stand beside a field. */
export function beside(field) {
  const label = field?.closest(".field")?.querySelector("span") ?? field?.closest(".one")?.querySelector(".field > span") ?? field?.querySelector(":scope > legend") ?? field?.closest(".group")?.querySelector("h3");
  return (label?.firstChild?.textContent ?? "").trim();
}

/** A version's value as it is read in the form: what is picked from a list by its words there. */
function shown(control, value) {
  const option = control?.tagName === "SELECT" && Array.from(control.options).find((one) => one.value === String(value ?? ""));
  return option ? option.text : told(value);
}

function element(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** Scroll each text to the first word that the other has not. */
export function toDifference(panel) {
  for (const text of panel.querySelectorAll(".version-text pre")) {
    const first = text.querySelector("mark");
    if (first) text.scrollTop += first.getBoundingClientRect().top - text.getBoundingClientRect().top - 48;
  }
}

/** Whether something is still to be chosen; then this is said, and the first question has the focus. */
export function undecided() {
  const open = Array.from(document.querySelectorAll("#both .both")).find((one) => !one.querySelector(":checked"));
  if (!open) return false;
  toast(word("choosefirst"));
  open.scrollIntoView({ block: "nearest" });
  open.querySelector("input").focus({ preventScroll: true });
  return true;
}

/** The fields in which a colleague's words were read and not taken: the first name of each way. */
export const passedOver = () => Array.from(new Set(Array.from(document.querySelectorAll('#both input[value="mine"]:checked'), (one) => one.dataset.way.split(".")[0])));

/**
 * Show what both wrote of the fields in conflict, above the form, which holds theirs already. `begun` and `mine` are
 * whole fields by name; nothing is chosen beforehand. A choice puts one version into the form, or of two texts both,
 * where it can still be changed. The focus stays where it is. The panel.
 */
export function showConflict(form, disputed, begun, mine, theirs, who) {
  const panel = element("section", "", { class: "conflict", "aria-labelledby": "conflict-title", tabindex: "-1" });
  const paths = Object.keys(disputed);
  panel.append(element("h3", paths.length === 1 ? word("conflict1") : word("conflicts", paths.length), { id: "conflict-title" }));
  const taken = new Map(); // by path what was chosen in the place of mine: theirs, or both texts in one

  const settle = (name) => {
    const field = fieldsOf(form).find((one) => one.dataset.field === name);
    if (!field) return;
    const own = structuredClone(mine[name] ?? null);
    const both = paths.includes(name) ? (taken.has(name) ? taken.get(name) : own) : mixed(name, begun[name], own, theirs[name], paths, taken);
    if (same(read(field), both)) return;
    fill(field, both ?? null);
    changed(field);
  };

  paths.forEach((path, at) => {
    const { control, label: about } = behind(form, path);
    const part = element("div", "", { class: "both", role: "radiogroup", "aria-label": about });
    part.append(element("h4", about));
    const { mine: own, theirs: other, was } = disputed[path];
    const sides = [["mine", word("yours"), own], ["theirs", word("other", who || word("somebody")), other]];
    if (control?.matches("textarea, input:not([type])") && [own, other].every((one) => typeof one === "string" && one)) sides.push(["both", word("bothtexts"), together(own, other, was ?? undefined)]);
    for (const [side, title, value] of sides) {
      const box = element("label", "", { class: side === "both" ? "version-text version-both" : "version-text" });
      const line = element("span", "", { class: "check" });
      const radio = element("input", "", { type: "radio", name: `conflict-${at}`, value: side, "data-way": path });
      radio.addEventListener("change", () => {
        const field = fieldsOf(form).find((one) => one.dataset.field === path);
        if (side !== "mine" && field && !taken.has(path)) mine[path] = read(field); // with what was typed since, for whoever changes his mind
        if (side === "mine") taken.delete(path); else taken.set(path, value);
        settle(path.split(".")[0]);
      });
      line.append(radio, element("b", title));
      box.append(line);
      if (side !== "both") {
        const text = element("pre", "", { dir: "auto" });
        const beside = shown(control, side === "mine" ? other : own);
        text.append(...pieces(shown(control, value), beside).map(([apart, words]) => (apart ? element("mark", words) : words)));
        box.append(text);
      }
      part.append(box);
    }
    panel.append(part);
  });
  document.getElementById("both").replaceChildren(panel);
  toDifference(panel);
  for (const name of new Set(paths.map((path) => path.split(".")[0]))) settle(name);
  return panel;
}

/** A field put together: what only one of us changed is taken from him, what is in conflict as was chosen. */
function mixed(name, begun, mine, theirs, paths, taken) {
  const both = structuredClone(combined(begun, mine, theirs)) ?? (Array.isArray(theirs) ? [] : {});
  for (const path of paths) {
    const [field, ...way] = path.split(".");
    if (field === name && taken.has(path)) set(both, way, taken.get(path) ?? undefined);
  }
  return both;
}

const inside = (value, name) => (Array.isArray(value) ? value.find((one) => one?.id === name) : value?.[name]);

/** Put a value where this way leads; nothing takes away what stands there. */
function set(value, way, wanted) {
  const last = way.at(-1);
  const around = way.slice(0, -1).reduce(inside, value);
  if (Array.isArray(around)) {
    const at = around.findIndex((one) => one?.id === last);
    around.splice(at < 0 ? around.length : at, at < 0 ? 0 : 1, ...(wanted ? [wanted] : []));
  } else if (around && wanted !== undefined) around[last] = wanted;
  else if (around) delete around[last];
}

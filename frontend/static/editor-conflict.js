// Two people wrote the same fields: both versions side by side, a choice for each, and nothing is lost.

import { combined, fieldsOf, fill, same } from "./editor-fields.js";
import { pieces } from "./editor-difference.js";
import { changed } from "./editor-lists.js";
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

/** The fields, or the items of a list or map, that both changed and made different: `{path: {mine, theirs}}`. */
export function disputes(begun, mine, theirs) {
  const found = {};
  for (const [name, held] of Object.entries(mine)) {
    if (same(begun[name], theirs[name]) || same(held, theirs[name])) continue;
    const [was, own, other] = [begun[name], held, theirs[name]].map(byKey);
    if (!own || !other) {
      found[name] = { mine: held, theirs: theirs[name] };
      continue;
    }
    for (const key of new Set([...Object.keys(own), ...Object.keys(other), ...Object.keys(was ?? {})])) {
      const moved = (version) => !same(version[key], was?.[key]);
      if (moved(own) && moved(other) && !same(own[key], other[key])) found[`${name}.${key}`] = { mine: own[key], theirs: other[key] };
    }
  }
  return found;
}

/** A list of things with ids, or a map, by key; null for anything else. */
function byKey(value) {
  if (Array.isArray(value)) return value.length && value.every((one) => one?.id) ? Object.fromEntries(value.map((one) => [one.id, one])) : null;
  return value && typeof value === "object" ? value : null;
}

function labelOf(form, path) {
  const [name, item] = path.split(".");
  const field = fieldsOf(form).find((one) => one.dataset.field === name);
  const label = field?.closest(".one")?.querySelector(".field > span") ?? field?.closest(".group")?.querySelector("h3") ?? field?.querySelector("legend");
  const text = (label?.firstChild?.textContent ?? label?.textContent ?? name).trim() || name;
  return item ? `${text}: ${item}` : text;
}

function element(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/**
 * Show what both wrote of the fields in conflict, above the form, which holds theirs already. `begun` and `mine` are
 * whole fields by name; a choice puts one version into the form, where it can still be changed.
 */
export function showConflict(form, disputed, begun, mine, theirs, who) {
  const panel = element("section", "", { class: "conflict", role: "alert", tabindex: "-1" });
  const paths = Object.keys(disputed);
  panel.append(element("h3", paths.length === 1 ? word("conflict1") : word("conflicts", paths.length)));
  const taken = new Set(); // the paths where theirs was chosen

  const settle = (name) => {
    const field = fieldsOf(form).find((one) => one.dataset.field === name);
    if (!field) return;
    const own = structuredClone(mine[name] ?? null);
    const both = paths.includes(name) ? (taken.has(name) ? theirs[name] : own) : mixed(name, begun[name], own, theirs[name], paths, taken);
    fill(field, both ?? null);
    changed(field);
  };

  paths.forEach((path, at) => {
    const part = element("div", "", { class: "both", role: "radiogroup", "aria-label": labelOf(form, path) });
    part.append(element("h4", labelOf(form, path)));
    for (const [side, title, value] of [["mine", word("yours"), disputed[path].mine], ["theirs", word("other", who), disputed[path].theirs]]) {
      const box = element("label", "", { class: "version-text" });
      const line = element("span", "", { class: "check" });
      const radio = element("input", "", { type: "radio", name: `conflict-${at}`, value: side });
      radio.checked = side === "mine";
      radio.addEventListener("change", () => {
        if (side === "theirs") taken.add(path); else taken.delete(path);
        settle(path.split(".")[0]);
      });
      line.append(radio, element("b", title));
      const text = element("pre", "", { dir: "auto" });
      const other = disputed[path][side === "mine" ? "theirs" : "mine"];
      text.append(...pieces(told(value), told(other)).map(([own, words]) => (own ? element("mark", words) : words)));
      box.append(line, text);
      part.append(box);
    }
    panel.append(part);
  });
  document.getElementById("notices").replaceChildren(panel);
  for (const name of new Set(paths.map((path) => path.split(".")[0]))) settle(name);
  panel.focus();
  panel.scrollIntoView({ block: "start" });
}

/** A list or map put together: items only one of us changed are taken from him, those in conflict as was chosen. */
function mixed(name, begun, mine, theirs, paths, taken) {
  const both = combined(begun ?? null, mine ?? (Array.isArray(theirs) ? [] : {}), theirs ?? (Array.isArray(mine) ? [] : {}));
  for (const path of paths) {
    const [field, ...rest] = path.split(".");
    if (field !== name || !taken.has(path)) continue;
    const key = rest.at(-1);
    if (Array.isArray(both)) {
      const [at, other] = [both.findIndex((one) => one?.id === key), theirs?.find((one) => one?.id === key)];
      if (at >= 0) both.splice(at, 1, ...(other ? [other] : []));
      else if (other) both.push(other);
    } else if (theirs && key in theirs) both[key] = theirs[key];
    else delete both[key];
  }
  return both;
}

// The graph page: what is picked, by hand or by key, the panel beside it, and the filters.

import { undo } from "./author-undo.js";
import { act, answered, asking, grabbed } from "./graph-edit.js";
import { band, bands, card, cards, editable, into, kindOf, learn, linkOf, neighbour, out, titleOf } from "./graph-story.js";
import { back, begin, drop, fit, hooks, measure, pan, reveal, turnTo, where, zoom } from "./graph-view.js";
import { announce, hear, tell, word } from "./words.js";

const view = document.getElementById("graph");
const world = view.querySelector(".graph-world");
const panel = document.getElementById("picked");
const filters = document.getElementById("graph-filters");
const base = document.body.dataset.base;
const KEPT = `ttx-graph-${document.body.dataset.draft}`;

let picked = null; // the id of the inject in hand
let chosen = null; // the link in hand

const TWICE = 320; // ms in which a second press makes a double one
let opening = 0;

/** Take an inject into hand; null lets go. `focus` also moves the keyboard there; `soon` opens the panel only after
 *  the time for a double press, since what is under the pointer may move with it. */
function pick(id, { focus = false, show = true, soon = false } = {}) {
  const one = id === null ? null : card(id);
  picked = one ? id : null;
  choose(null);
  for (const other of world.querySelectorAll('.card-g[aria-selected="true"]')) other.setAttribute("aria-selected", "false");
  for (const wire of world.querySelectorAll(".wire.beside")) wire.classList.remove("beside");
  clearTimeout(opening);
  if (one === null) {
    panel.hidden = true;
    measure();
    return;
  }
  one.setAttribute("aria-selected", "true");
  for (const link of [...out(id), ...into(id)]) for (const wire of link.elements) wire.classList.add("beside");
  rove(one);
  fill(one);
  if (focus) one.focus({ preventScroll: true });
  const open = () => {
    panel.hidden = false;
    measure();
    if (show) reveal(one);
  };
  if (soon && panel.hidden) opening = setTimeout(open, TWICE);
  else open();
}

/** Take a link into hand: it is drawn as picked, and Delete takes it away. */
function choose(link) {
  for (const wire of world.querySelectorAll(".wire.chosen")) wire.classList.remove("chosen");
  chosen = link;
  if (!link) return;
  for (const wire of link.elements) wire.classList.add("chosen");
  announce(word("edge", link.elements[0].querySelector("title").textContent));
}

// One card of each band can be reached by Tab: the last that had the keyboard, else the first.
function rove(one) {
  for (const other of band(one).querySelectorAll('.card-g[tabindex="0"]')) other.setAttribute("tabindex", "-1");
  one.setAttribute("tabindex", "0");
}

function openRoving() {
  for (const one of bands()) {
    if (!one.querySelector('.card-g[tabindex="0"]')) one.querySelector(".card-g")?.setAttribute("tabindex", "0");
  }
}

function formOf(one) {
  return `${base}?day=${band(one).dataset.day}&inject=${encodeURIComponent(one.dataset.id)}`;
}

function fill(one) {
  for (const place of panel.querySelectorAll("[data-fill]")) {
    place.textContent = { id: one.dataset.id, kind: kindOf(one), at: one.dataset.at, title: titleOf(one) }[place.dataset.fill];
  }
  panel.querySelector("[data-fill-href]").href = formOf(one);
  const edits = editable(one);
  panel.querySelector("[data-edits]").hidden = !edits;
  panel.querySelector("[data-reads]").hidden = edits;
  const id = one.dataset.id;
  panel.querySelector("[data-fill-links]").replaceChildren(
    ...listed(word("leads"), out(id).filter((link) => !link.need), "target", edits),
    ...listed(word("follows"), into(id).filter((link) => !link.need), "source", edits),
    ...listed(word("needs"), into(id).filter((link) => link.need), "source", false),
    ...listed(word("neededby"), out(id).filter((link) => link.need), "target", false),
  );
}

function listed(heading, links, end, cuts) {
  if (!links.length) return [];
  const title = document.createElement("h3");
  title.textContent = heading;
  const list = document.createElement("ul");
  list.className = "graph-links";
  for (const link of links) {
    const item = document.createElement("li");
    const there = card(link[end]);
    const go = made("button", "to", made("b", "", link[end]), made("span", "", [link.option ? word("option", link.option) : "", there ? titleOf(there) : ""].filter(Boolean).join(" - ")));
    go.addEventListener("click", () => pick(link[end], { focus: true }));
    item.append(go);
    if (cuts) {
      const cut = made("button", "icon-button cut", "\u00d7");
      cut.setAttribute("aria-label", `${word("cut")}: ${link.source} - ${link.target}`);
      cut.addEventListener("click", () => act.disconnect(link));
      item.append(cut);
    }
    list.append(item);
  }
  return [title, list];
}

function made(name, kind, ...inside) {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  if (name === "button") element.type = "button";
  element.append(...inside);
  return element;
}

// By hand.

hooks.tap = (event) => {
  const one = event.target.closest?.(".card-g");
  const wire = event.target.closest?.(".wire[data-source]");
  if (asking()) { if (one) answered(one.dataset.id); return; }
  if (one) pick(one.dataset.id, { focus: true, soon: true });
  else if (wire?.dataset.far && event.target.closest(".tag")) pick(wire.dataset.far, { focus: true });
  else if (wire) { view.focus({ preventScroll: true }); choose(linkOf(wire)); }
  else pick(null);
};

hooks.grab = (event) => {
  const one = event.target.closest?.(".card-g");
  if (!one || !editable(one)) return null;
  const port = event.target.matches(".port");
  // A finger moves the picture, unless it lies on the card that is picked.
  if (event.pointerType === "touch" && picked !== one.dataset.id) return null;
  return grabbed(one, port);
};

view.addEventListener("dblclick", (event) => {
  const one = event.target.closest?.(".card-g");
  if (one) location.assign(formOf(one));
});

view.addEventListener("focusin", (event) => {
  const one = event.target.closest?.(".card-g");
  if (one && one.dataset.id !== picked) pick(one.dataset.id);
});

panel.addEventListener("click", (event) => {
  const wanted = event.target.closest("[data-act]")?.dataset.act;
  if (wanted === "close") { const was = card(picked); pick(null); was?.focus({ preventScroll: true }); }
  else if (wanted && picked) act[wanted](card(picked));
});

// By key.

const STEP = 80; // px an arrow moves the picture
const VERBS = { m: "move", c: "connect", n: "insert", d: "duplicate" };

view.addEventListener("keydown", (event) => {
  if (event.altKey) return;
  if (event.ctrlKey || event.metaKey) return;
  const one = event.target.closest?.(".card-g");
  const key = event.key;
  let done = true;
  if (key === "+" || key === "=") zoom(1.25);
  else if (key === "-") zoom(0.8);
  else if (key === "0") fit();
  else if (key === "Escape") { drop(); if (chosen) choose(null); else pick(null); }
  else if ((key === "Delete" || key === "Backspace") && chosen) act.disconnect(chosen);
  else if (one) done = onCard(one, key);
  else if (key === "ArrowRight") pan(-STEP, 0);
  else if (key === "ArrowLeft") pan(STEP, 0);
  else if (key === "ArrowDown") pan(0, -STEP);
  else if (key === "ArrowUp") pan(0, STEP);
  else done = false;
  if (done) event.preventDefault();
});

function onCard(one, key) {
  if (key.startsWith("Arrow") || key === "Home" || key === "End") {
    const next = neighbour(one, key);
    if (next) pick(next.dataset.id, { focus: true });
  } else if (key === "Enter") location.assign(formOf(one));
  else if (key === " ") pick(one.dataset.id);
  else if (key === "Delete") act.delete(one);
  else if (key.toLowerCase() === "e") nextEdge(one.dataset.id);
  else if (VERBS[key.toLowerCase()]) act[VERBS[key.toLowerCase()]](one);
  else return false;
  return true;
}

function nextEdge(id) {
  const links = [...out(id), ...into(id)].filter((link) => !link.need);
  if (!links.length) { announce(word("noedge", id)); return; }
  choose(links[(links.indexOf(chosen) + 1) % links.length]);
}

addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || event.shiftKey) return;
  if (event.target.closest?.("input, textarea, select, dialog")) return;
  event.preventDefault();
  undo(); // also where its button rests: then a sentence says why
});

// Filters dim what they leave out.

function sift() {
  const wanted = Object.fromEntries(Array.from(new FormData(filters)).filter(([, value]) => value));
  const names = Object.keys(wanted);
  const kept = new Set();
  for (const one of cards()) {
    const fits = names.every((name) => one.dataset[name].split(" ").includes(wanted[name]));
    one.classList.toggle("dim", !fits);
    if (fits) kept.add(one.dataset.id);
  }
  for (const wire of world.querySelectorAll(".wires > [data-source]")) {
    wire.classList.toggle("dim", !(kept.has(wire.dataset.source) && kept.has(wire.dataset.target)));
  }
  world.classList.toggle("dims", names.length > 0);
  filters.querySelector("[type=reset]").hidden = !names.length;
}
filters.addEventListener("change", sift);
filters.addEventListener("reset", () => setTimeout(sift));

// Days' tabs turn to the day; the place is kept while somebody is in a form.

document.getElementById("days")?.addEventListener("click", (event) => {
  const day = new URL(event.target.closest("a")?.href ?? location.href).searchParams.get("day");
  const there = day && document.getElementById(`band-${day}`);
  if (!there || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  turnTo(there);
  for (const tab of document.querySelectorAll(".day-tab")) tab.toggleAttribute("aria-current", tab === event.target.closest("a"));
});

addEventListener("pagehide", () => {
  try { sessionStorage.setItem(KEPT, JSON.stringify({ ...where(), picked })); } catch { /* Then it begins at the top. */ }
});

/** After bands were drawn anew: what was in hand stays there, if it is still on the page. */
hear("redrawn", ({ pick: wanted = picked } = {}) => {
  learn();
  openRoving();
  sift();
  measure();
  const focus = view.contains(document.activeElement) || document.activeElement === document.body;
  if (wanted && card(wanted)) pick(wanted, { focus, show: wanted !== picked });
  else { if (wanted) announce(word("gone", wanted)); pick(null); }
});

learn();
openRoving();
measure();
let kept = null;
try { kept = JSON.parse(sessionStorage.getItem(KEPT)); } catch { /* As above. */ }
const wanted = view.dataset.picked;
const day = document.body.dataset.day;
if (kept && !wanted && !day) back(kept);
else begin();
if (day) turnTo(document.getElementById(`band-${day}`));
if (wanted && card(wanted)) pick(wanted, { focus: true });
else if (kept?.picked && card(kept.picked) && !day) pick(kept.picked, { show: false });
tell("graph");

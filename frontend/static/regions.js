// Frames become the page: each region is morphed where it stands, or put into its list where it belongs.
// Nobody's typing, scrolling or reading is moved by it.

import { announce, hear, tell } from "./words.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

hear("frame", (frame) => {
  const held = hold();
  for (const [id, html] of Object.entries(frame.regions ?? {})) put(id, html, frame.quiet);
  for (const id of frame.gone ?? []) remove(id);
  held();
  tell("drawn", frame);
});

/** `quiet`: it was read before, so nobody is told of it anew. */
function put(id, html, quiet = false) {
  const there = document.getElementById(id);
  if (there) {
    const said = there.dataset.say;
    const before = signatures(there);
    const at = there.contains(document.activeElement) ? document.activeElement : null;
    const part = at?.closest("[data-part]")?.id;
    morph(there, html);
    if (part && !at.isConnected) goOn(part);
    const now = document.getElementById(id);
    guard(now, before);
    place(now);
    if (now.dataset.say && now.dataset.say !== said && !quiet) announce(now.dataset.say);
    for (const part of now.querySelectorAll("[data-say]")) speak(part);
    tell("region", { id, element: now, fresh: false });
    return;
  }
  const fresh = read(html);
  const list = fresh && document.getElementById(fresh.dataset.list ?? "");
  if (!list) return;
  list.insertBefore(fresh, follower(list, fresh));
  window.htmx?.process(fresh);
  guard(fresh, new Map());
  if (!calm.matches && !quiet) {
    fresh.dataset.jsArrived = "";
    setTimeout(() => delete fresh.dataset.jsArrived, 4000);
  }
  if (fresh.dataset.say && !quiet) announce(fresh.dataset.say);
  if ("counts" in fresh.dataset && !quiet) badge();
  tell("region", { id, element: fresh, fresh: true });
}

/** Whoever was at what has gone from a part of the page goes on in that part. */
function goOn(part) {
  document.getElementById(part)?.querySelector("[data-goes-on]")?.focus({ preventScroll: true });
}

function remove(id) {
  const there = document.getElementById(id);
  if (!there) return;
  there.remove();
  tell("region", { id, element: null, fresh: false });
}

function morph(element, html) {
  // The morph itself is done when this returns; only htmx's settling is left to a promise.
  window.htmx.swap({ text: html, target: element, sourceElement: element, swap: "outerMorph" });
}

function read(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

const order = (element) => Number(element.dataset.order ?? 0);

/** The element before which one belongs, by data-order and the list's direction; null at the end. */
function follower(list, element) {
  const down = list.dataset.sort === "desc";
  for (const one of list.children) {
    if (one === element || one.dataset.list === undefined) continue;
    if (down ? order(one) < order(element) : order(one) > order(element)) return one;
  }
  return null;
}

/** Whether somebody has a finger or the focus in a list that must not move under it. */
function busy(list) {
  return "calm" in list.dataset && (list.matches(":hover") || list.contains(document.activeElement));
}

/** Move what has stood where it was because somebody was at it. */
function tidy(list) {
  if (busy(list)) return;
  for (const one of Array.from(list.children)) place(one);
}
for (const list of document.querySelectorAll("[data-calm]")) {
  for (const kind of ["pointerleave", "focusout"]) list.addEventListener(kind, () => setTimeout(tidy, 300, list));
}

/** Move an element whose order has changed. */
function place(element) {
  const list = element.parentElement;
  if (!list?.dataset.sort || element.dataset.list !== list.id || busy(list)) return;
  const next = follower(list, element);
  const used = element.contains(document.activeElement) && !("folds" in element.dataset);
  if (element.nextElementSibling === next || used) return;
  list.insertBefore(element, next);
}

const spoken = new WeakMap();
for (const part of document.querySelectorAll("[data-say]")) spoken.set(part, part.dataset.say);

function speak(part) {
  if (spoken.get(part) === part.dataset.say) return;
  spoken.set(part, part.dataset.say);
  announce(part.dataset.say);
}

// A button that was redrawn to mean something else ignores the finger that was already on its way.

const WAIT = 700; // ms
const guarded = new WeakMap();

/** What each of an element's command forms would do. */
function signatures(element) {
  const found = new Map();
  for (const form of element.querySelectorAll("form[data-command]")) found.set(form, signature(form));
  return found;
}

function signature(form) {
  return Array.from(form.querySelectorAll("input[type=hidden]"), (one) => `${one.name}=${one.value}`).join("&");
}

function guard(element, before) {
  for (const form of element.querySelectorAll("form[data-command]")) {
    if (before.get(form) !== signature(form)) guarded.set(form, performance.now() + WAIT);
  }
}

/** Whether a form has just appeared or changed its meaning. */
export const isGuarded = (form) => (guarded.get(form) ?? 0) > performance.now();

// What is being read or typed stays where it is, whatever is put in above it.

function scroller(element) {
  for (let one = element.parentElement; one; one = one.parentElement) {
    const flow = getComputedStyle(one).overflowY;
    if ((flow === "auto" || flow === "scroll") && one.scrollHeight > one.clientHeight) return one;
  }
  return document.scrollingElement;
}

/** Remember where the focus, or else the first visible item of each list, stands; the result puts it back there. */
function hold() {
  const anchors = new Map();
  const active = document.activeElement;
  if (active && active !== document.body && active.closest("[data-list]")) anchors.set(scroller(active), active);
  for (const list of document.querySelectorAll("[data-sort]")) {
    const frame = scroller(list);
    if (anchors.has(frame) || frame.scrollTop < 40) continue;
    const top = frame === document.scrollingElement ? 0 : frame.getBoundingClientRect().top;
    const seen = Array.from(list.children).find((one) => one.getBoundingClientRect().bottom > top + 8);
    if (seen) anchors.set(frame, seen);
  }
  const places = Array.from(anchors, ([frame, one]) => ({ frame, one, top: one.getBoundingClientRect().top }));
  return () => {
    for (const { frame, one, top } of places) {
      if (!one.isConnected) continue;
      const moved = one.getBoundingClientRect().top - top;
      if (moved) frame.scrollTop += moved;
    }
  };
}

// The tab's title counts what came while nobody looked.

const title = document.title;
let unseen = 0;

function badge() {
  if (!document.hidden && document.hasFocus()) return;
  document.title = `(${++unseen}) ${title}`;
}

function look() {
  unseen = 0;
  document.title = title;
}
addEventListener("focus", look);
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });

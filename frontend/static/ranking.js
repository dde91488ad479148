// Putting options in order: by the grip with a finger or a mouse, by the buttons with anything, by arrow keys on them.

import { announce, figures, word } from "./words.js";

const EDGE = 72; // px at a screen's edge where dragging scrolls
const NEAR = 1; // px: a pointer's place and a box's middle are rounded in different ways

const waiting = new WeakMap(); // a list under a finger -> what it is to hold if the finger changes nothing

/** Put the options in this order; under a finger nothing moves, and what the finger does has the last word. */
export function rank(form, keys, ranked) {
  const list = form.querySelector("[data-ranking]");
  if (list.querySelector("[data-js-dragged]")) { waiting.set(list, [keys, ranked]); return; }
  for (const key of keys) {
    const item = list.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (item) list.append(item);
  }
  form.dataset.ranked = String(Boolean(ranked));
}

/** Number the options, and switch off the buttons that lead nowhere. */
export function number(form) {
  const items = Array.from(form.querySelectorAll("[data-ranking] > li"));
  items.forEach((item, n) => {
    item.querySelector(".rank-place").textContent = figures(n + 1);
    item.querySelector("[data-up]").disabled = n === 0;
    item.querySelector("[data-down]").disabled = n === items.length - 1;
  });
}

/** Move the option of a pressed button by one place. */
export function move(form, button, up = "up" in button.dataset) {
  const item = button.closest("li");
  const other = up ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (up) item.after(other); else item.before(other);
  settled(form, item);
  (button.disabled ? item.querySelector(up ? "[data-down]" : "[data-up]") : button).focus();
}

function settled(form, item) {
  form.dataset.ranked = "true";
  number(form);
  announce(word("moved", Array.from(item.parentElement.children).indexOf(item) + 1));
}

/** Let the grips drag. `changed` is called when an option was put elsewhere. */
export function draggable(form, changed) {
  const list = form.querySelector("[data-ranking]");
  if (!list) return;
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".rank");
    if (grip && event.button === 0 && event.isPrimary) drag(form, grip.closest("li"), event, changed);
  });
  list.addEventListener("keydown", (event) => {
    const up = event.key === "ArrowUp";
    if (!event.target.matches("[data-up], [data-down]") || (!up && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(form, event.target, up);
    changed();
  });
}

// The others move around the one that is dragged: an element that leaves the page for a moment loses the finger.
function drag(form, item, begun, changed) {
  begun.preventDefault();
  const before = Array.from(item.parentElement.children);
  const over = new AbortController();
  let at = null; // nothing moves or scrolls before the pointer does
  item.dataset.jsDragged = "";
  const follow = () => {
    for (let { previousElementSibling: one } = item; one && at <= middle(one) + NEAR; one = item.previousElementSibling) item.after(one);
    for (let { nextElementSibling: one } = item; one && at >= middle(one) - NEAR; one = item.nextElementSibling) item.before(one);
    number(form);
  };
  const roll = setInterval(() => {
    const by = at === null ? 0 : at < EDGE ? -12 : at > innerHeight - EDGE ? 12 : 0;
    if (!by) return;
    frameOf(item).scrollBy(0, by);
    follow();
  }, 30);
  const end = (kept) => {
    over.abort();
    clearInterval(roll);
    delete item.dataset.jsDragged;
    const now = Array.from(item.parentElement.children);
    const later = waiting.get(item.parentElement);
    waiting.delete(item.parentElement);
    if (kept && now.some((one, n) => one !== before[n])) { settled(form, item); changed(); return; }
    if (later) rank(form, ...later);
    else for (const one of before) if (one !== item) place(item, one, before);
    number(form);
  };
  const signal = over.signal;
  document.addEventListener("pointermove", (event) => {
    if (event.pointerId === begun.pointerId) { at = event.clientY; follow(); }
  }, { signal });
  document.addEventListener("pointerup", (event) => { if (event.pointerId === begun.pointerId) end(true); }, { signal });
  document.addEventListener("pointercancel", (event) => { if (event.pointerId === begun.pointerId) end(false); }, { signal });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); end(false); } }, { signal, capture: true });
}

/** Put one back on the side of the dragged item where it was. */
function place(item, one, before) {
  if (before.indexOf(one) < before.indexOf(item)) item.before(one); else item.parentElement.append(one);
}

function middle(element) {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
}

function frameOf(element) {
  for (let one = element.parentElement; one; one = one.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight) return one;
  }
  return document.scrollingElement;
}

// Looking up: a field that searches everything on the page, and the story, the agenda, the map, the glossary. All of it
// is on the page already, so it works without a network, and finds nothing that this delegation has not been told.

import { fold, locate } from "./fold.js";
import { hear, word } from "./words.js";

const dialog = document.getElementById("look-up");
const field = document.getElementById("look-up-for");
const found = document.getElementById("look-up-found");
const results = document.getElementById("look-up-results");
const tabs = Array.from(dialog.querySelectorAll("[role=tab]"));
const panel = (tab) => document.getElementById(tab.getAttribute("aria-controls"));

const MOST = 60; // results: nobody reads more
const AROUND = 60; // characters before what was found

// What can be found: an element, the heading its result has, the texts in it. A draft is searched as it is typed.

function* findable() {
  for (const one of document.querySelectorAll("article.development")) {
    yield { element: one, kind: dayOf(one), title: titleOf(one), texts: [one.dataset.sender, ...parts(one, ".medium-text :is(p, li, td, th), figcaption, .recall")] };
  }
  for (const one of document.querySelectorAll("article.question, article[data-ballot]")) {
    const typed = Array.from(one.querySelectorAll("textarea, .contact input"), (each) => each.value);
    yield { element: one, kind: word("question"), title: titleOf(one), texts: [textOf(one.querySelector(".eyebrow")), ...parts(one, ".record, .option, .rank-label, .ballot-options"), ...typed] };
  }
  for (const one of document.querySelectorAll("#look .gap, #look .summary, #look .wash")) {
    yield { element: one, kind: word("lookingback"), title: textOf(one.querySelector("h3, h4, [data-gap-text]")), texts: parts(one, ".said, .summary-text") };
  }
  for (const one of dialog.querySelectorAll(".agenda li, .glossary [data-found]")) {
    const kind = one.closest("[data-found]").dataset.found;
    yield { element: one, kind, title: textOf(one.querySelector("b, dt")), texts: parts(one, "p, dd") };
  }
  for (const one of document.querySelectorAll(".notices .notice, #talk .thread li")) yield { element: one, kind: "", title: textOf(one), texts: [] };
}

const textOf = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";
const titleOf = (article) => textOf(article.querySelector(".medium-title, h3")).replace(/^\d+ ?/, "");
const parts = (element, selector) => Array.from(element.querySelectorAll(selector), textOf);
const dayOf = (article) => word("day", article.dataset.day);

function search() {
  const wanted = fold(field.value).split(" ").filter(Boolean);
  results.hidden = wanted.length === 0;
  dialog.toggleAttribute("data-js-searching", wanted.length > 0);
  if (!wanted.length) { found.textContent = ""; return; }
  const hits = [];
  for (const one of findable()) {
    const all = fold([one.title, ...one.texts].join(" "));
    if (!wanted.every((part) => all.includes(part))) continue;
    const told = one.texts.find((text) => text && fold(text).includes(wanted[0])) ?? "";
    hits.push({ ...one, told, first: wanted.every((part) => fold(one.title).includes(part)) });
  }
  hits.sort((a, b) => Number(b.first) - Number(a.first));
  found.textContent = hits.length ? word("found", hits.length) : word("nothingfound");
  results.replaceChildren(...hits.slice(0, MOST).map((one) => line(one.element, one.kind, one.title, clip(one.told, wanted[0]))));
}

/** The words around what was found, which is marked. */
function clip(text, wanted) {
  const place = locate(text, wanted);
  if (!place) return [];
  const [from, to] = place;
  const start = from <= AROUND ? 0 : text.lastIndexOf(" ", from - AROUND) + 1;
  const end = to + 2 * AROUND >= text.length ? text.length : Math.max(to, text.lastIndexOf(" ", to + 2 * AROUND));
  const mark = Object.assign(document.createElement("mark"), { textContent: text.slice(from, to) });
  return [start ? "... " : "", text.slice(start, from), mark, text.slice(to, end), end < text.length ? " ..." : ""];
}

function line(element, kind, title, told) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  const small = Object.assign(document.createElement("small"), { textContent: kind });
  const head = Object.assign(document.createElement("b"), { textContent: title, dir: "auto" });
  button.append(small, head);
  if (told.length) {
    const said = Object.assign(document.createElement("span"), { dir: "auto" });
    said.append(...told);
    button.append(said);
  }
  button.addEventListener("click", () => go(element));
  item.append(button);
  return item;
}

/** Go to what was found: there it gets the focus and, for a moment, a frame. */
function go(element) {
  if (!element.isConnected) { search(); return; }
  if (dialog.contains(element)) {
    field.value = "";
    search();
    open(tabs.find((tab) => panel(tab).contains(element)));
  } else {
    dialog.close();
    document.getElementById("talk")?.contains(element) && document.querySelector("[data-dialog=talk]")?.click();
    const side = element.closest("#asked, #look")?.id;
    if (side) document.querySelector(`[data-side="${side}"]`)?.click();
  }
  if (!element.checkVisibility()) element.parentElement.querySelector(":scope > .earlier").open = true;
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
  element.dataset.jsFound = "";
  setTimeout(() => delete element.dataset.jsFound, 3000);
}

// The story, day by day, as it stands on the page.

function story() {
  const list = dialog.querySelector("[data-story]");
  const lines = [];
  let day = null;
  for (const one of document.querySelectorAll("#developments > article.development")) {
    if (one.dataset.day !== day) {
      day = one.dataset.day;
      const head = document.createElement("li");
      head.append(Object.assign(document.createElement("h3"), { textContent: dayOf(one) }));
      lines.push(head);
    }
    lines.push(line(one, textOf(one.querySelector("time")).replace(dayOf(one), "").trim(), titleOf(one), []));
  }
  list.replaceChildren(...lines);
}

// The tabs.

function open(tab) {
  for (const one of tabs) {
    const chosen = one === tab;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
    panel(one).hidden = !chosen;
  }
  panel(tab).querySelector('.agenda[data-stands="on"]')?.scrollIntoView({ block: "start" });
}

for (const tab of tabs) {
  tab.addEventListener("click", () => open(tab));
  tab.addEventListener("keydown", (event) => {
    const back = getComputedStyle(tab).direction === "rtl" ? "ArrowRight" : "ArrowLeft";
    const step = { [back]: -1, [back === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"]: 1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    open(next);
    next.focus();
    event.preventDefault();
  });
}

field.addEventListener("input", search);
// A dialog says no more when it opens than that it did; what is under way is drawn then.
new MutationObserver(() => { if (dialog.open) { story(); search(); } }).observe(dialog, { attributeFilter: ["open"] });
hear("drawn", () => { if (dialog.open) { story(); search(); } });

// The map: two fingers, a wheel, keys and its buttons make it larger; a mouse draws it, a finger and arrows scroll it.

const STEP = 1.6; // by which a press changes the size
const LARGEST = 400; // % of the frame
const frame = dialog.querySelector(".map-frame");

/** Make the map so many times as large; what stood at one point of the screen stands at another then. */
function resize(times, from, to = from) {
  const chart = frame.querySelector(".chart");
  const was = chart.getBoundingClientRect();
  const wide = Math.min(LARGEST, Math.max(100, times * was.width / frame.clientWidth * 100));
  frame.style.setProperty("--wide", `${wide}%`);
  const is = chart.getBoundingClientRect();
  const grown = is.width / was.width;
  frame.scrollLeft += is.left + (from.x - was.left) * grown - to.x;
  frame.scrollTop += is.top + (from.y - was.top) * grown - to.y;
}

function middle() {
  const { left, top } = frame.getBoundingClientRect();
  return { x: left + frame.clientWidth / 2, y: top + frame.clientHeight / 2 };
}

dialog.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-map-size]");
  if (button) resize(STEP ** Number(button.dataset.mapSize), middle());
});

frame?.addEventListener("keydown", (event) => {
  const size = { "+": 1, "=": 1, "-": -1 }[event.key];
  if (!size || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  resize(STEP ** size, middle());
});

frame?.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return; // so comes a pinch on a touchpad, too
  event.preventDefault();
  resize(Math.exp(-event.deltaY / 200), { x: event.clientX, y: event.clientY });
}, { passive: false });

/** Where two fingers are: the point between them and how far apart they are. */
function fingers({ touches: [one, other] }) {
  const [dx, dy] = [other.clientX - one.clientX, other.clientY - one.clientY];
  return { x: one.clientX + dx / 2, y: one.clientY + dy / 2, apart: Math.hypot(dx, dy) };
}

let pinched = null;
for (const kind of ["touchstart", "touchend", "touchcancel"]) {
  frame?.addEventListener(kind, (event) => { pinched = event.touches.length === 2 ? fingers(event) : null; }, { passive: true });
}
frame?.addEventListener("touchmove", (event) => {
  if (!pinched) return;
  if (event.cancelable) event.preventDefault();
  const now = fingers(event);
  if (pinched.apart && now.apart) resize(now.apart / pinched.apart, pinched, now);
  pinched = now;
}, { passive: false });

frame?.addEventListener("pointerdown", (event) => {
  if (event.pointerType === "mouse" && event.button === 0) frame.setPointerCapture(event.pointerId);
});
frame?.addEventListener("pointermove", (event) => {
  if (frame.hasPointerCapture(event.pointerId) && event.pointerType === "mouse") frame.scrollBy(-event.movementX, -event.movementY);
});

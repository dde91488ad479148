// The replay: where the reader is in the record, and every way to move there. What is seen there is `replay-picture`.
//
// A position is seconds on the line of time, which leaves out silence; the entry shown is the last one before it.

import { choose, show, tellTime } from "./replay-picture.js";
import { onTheWall, zoneOf } from "./faces.js";
import { hear, word } from "./words.js";

const find = (what) => document.querySelector(`[data-${what}]`);
const [range, track, list, play, whose, which, clock, count, late] =
  ["range", "track", "entries", "play", "whose", "which", "clock", "count", "late"].map(find);

const entries = Array.from(list.querySelectorAll("button"), (button) => ({
  button,
  seq: Number(button.value),
  ms: Number(button.dataset.ms),
  seconds: Number(button.dataset.seconds),
  opens: button.dataset.day, // the day that this entry opens
}));
let day = "";
for (const one of entries) one.day = day = one.opens ?? day;
const end = entries.length - 1;
const length = Math.max(entries[end]?.seconds ?? 0, 1);
const zone = zoneOf({ dataset: { at: document.body.dataset.zoneAt, shown: document.body.dataset.zoneShown } });

let here = -1; // the index of the entry that is shown
let position = 0;
let playing = 0; // the animation frame that comes next
let before = 0; // when the last one was

/** The index of the last entry that is not after this position. */
function entryAt(seconds) {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (entries[middle].seconds <= seconds) low = middle; else high = middle - 1;
  }
  return low;
}

const byTime = () => track.dataset.spacing === "time";
const text = (one) => one.button.lastElementChild.textContent;

/** The moment a position stands for. In a silence the clock runs faster. */
function momentAt(seconds, index) {
  const [one, next] = [entries[index], entries[index + 1]];
  if (!next || next.seconds === one.seconds) return one.ms;
  return one.ms + (next.ms - one.ms) * (seconds - one.seconds) / (next.seconds - one.seconds);
}

/** Go to a position; `index` where the entry is known, since several may stand at the same. */
function go(seconds, index = entryAt(seconds)) {
  position = Math.max(0, Math.min(length, seconds));
  const one = entries[index];
  const now = momentAt(position, index);
  range.value = byTime() ? position : index;
  clock.textContent = onTheWall(now, zone);
  tellTime(now);
  if (index === here) return;
  entries[here]?.button.removeAttribute("aria-current");
  if (entries[here]) entries[here].button.tabIndex = -1;
  here = index;
  one.button.setAttribute("aria-current", "true");
  one.button.tabIndex = 0;
  reveal(one.button);
  count.textContent = `${index + 1} / ${entries.length}`;
  which.textContent = one.day ? word("day", one.day) : "";
  const told = { d: which.textContent, t: clock.textContent, n: index + 1, m: entries.length, s: text(one) };
  range.setAttribute("aria-valuetext", word("where", "%n").replace(/%(\w)/g, (_, name) => told[name]).trim());
  show(one.seq);
  remember();
}

const goTo = (index) => { const place = Math.max(0, Math.min(end, index)); go(entries[place].seconds, place); };

/** Scroll the list, and only the list, so that an entry is in view. */
function reveal(button) {
  const [frame, box] = [list.getBoundingClientRect(), button.getBoundingClientRect()];
  if (box.top < frame.top + 40 || box.bottom > frame.bottom - 40) {
    list.scrollTop += box.top - frame.top - frame.height / 3;
  }
}

// Where one is stands in the address, so that a moment can be sent to somebody and a reload comes back to it.
let remembering = 0;
function remember() {
  clearTimeout(remembering);
  remembering = setTimeout(() => {
    history.replaceState(null, "", `?as=${encodeURIComponent(whose.value)}#${entries[here].seq}`);
  }, 400);
}

// Playing

function frame(now) {
  const speed = Number(document.querySelector("[name=speed]:checked").value);
  go(position + Math.min(now - before, 500) / 1000 * speed);
  before = now;
  playing = position < length ? requestAnimationFrame(frame) : 0;
  if (!playing) sayPlaying();
}

function toggle() {
  if (playing) cancelAnimationFrame(playing);
  if (!playing && position >= length) goTo(0);
  before = performance.now();
  playing = playing ? 0 : requestAnimationFrame(frame);
  sayPlaying();
}

function sayPlaying() {
  play.ariaPressed = String(playing !== 0);
  find("play-word").textContent = word(playing ? "pause" : "play");
}

function stop() {
  if (playing) toggle();
}

// Moving

function goToDay(step) {
  const starts = entries.flatMap((one, index) => (one.opens ? [index] : []));
  const next = step > 0 ? starts.find((index) => index > here) ?? end : starts.findLast((index) => index < here) ?? 0;
  goTo(next);
}

play.addEventListener("click", toggle);
for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => { stop(); goTo(here + Number(button.dataset.step)); });
}
range.addEventListener("input", () => {
  stop();
  if (byTime()) go(Number(range.value)); else goTo(Math.round(Number(range.value)));
});
list.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  stop();
  goTo(entries.findIndex((one) => one.button === button));
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, [type=radio]")) return;
  const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const inList = list.contains(event.target);
  const onRange = event.target === range;
  const key = event.key;
  if (key === forward || ((inList || onRange) && key === (inList ? "ArrowDown" : "ArrowUp"))) move(() => goTo(here + 1));
  else if (key === back || ((inList || onRange) && key === (inList ? "ArrowUp" : "ArrowDown"))) move(() => goTo(here - 1));
  else if (key === "PageDown") move(() => goToDay(1));
  else if (key === "PageUp") move(() => goToDay(-1));
  else if (key === "Home") move(() => goTo(0));
  else if (key === "End") move(() => goTo(end));
  else if (key === " " && !event.target.closest("button, a")) toggle();
  else return;
  event.preventDefault();
  if (inList) entries[here].button.focus({ preventScroll: true });
});

function move(how) {
  stop();
  how();
}

// The line and whose page it is

function space() {
  track.dataset.spacing = document.querySelector("[name=spacing]:checked").value;
  range.max = byTime() ? length : Math.max(end, 1);
  const places = new Map(entries.map((one, index) => [String(one.seq), byTime() ? one.seconds / length : index / Math.max(end, 1)]));
  for (const mark of track.querySelectorAll("[data-seq]")) mark.style.insetInlineStart = `${100 * places.get(mark.dataset.seq)}%`;
  range.value = byTime() ? position : here;
}
for (const one of document.querySelectorAll("[name=spacing]")) one.addEventListener("change", space);

function pick() {
  choose(whose.value, whose.selectedOptions[0].dataset.page);
  if (here >= 0) { show(entries[here].seq); remember(); }
}
whose.addEventListener("change", pick);

hear("picture", ({ why }) => {
  late.hidden = why === null;
  late.textContent = why ?? "";
});

const asked = entries.findIndex((one) => one.seq === Number(location.hash.slice(1)));
pick();
space();
goTo(asked < 0 ? 0 : asked);

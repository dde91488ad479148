// The console's own: walking the run of show by key, keeping its columns where they were.

import { keysOff, letter, typing } from "./arming.js";
import "./run.js";
import "./run-dialogs.js";
import { hear } from "./words.js";
import { open } from "./worktabs.js";
import "./sound.js";
import "./vote-desk.js";

const runs = document.getElementById("run-of-show");
const KEPT = `ttx-runs-${document.body.dataset.exercise}`;

function rows() {
  return Array.from(runs.querySelectorAll(".run:not([data-js-away]) a[data-pick]"));
}

// j and k, or the arrows once a row has the focus, walk the run of show; Enter opens, as for any link.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const inList = runs.contains(document.activeElement);
  const key = keysOff() ? "" : letter(event);
  const down = key === "j" || (inList && event.key === "ArrowDown");
  const up = key === "k" || (inList && event.key === "ArrowUp");
  if (!down && !up) return;
  const all = rows();
  let at = all.indexOf(document.activeElement);
  if (at < 0) at = all.findIndex((row) => row.getAttribute("aria-current"));
  if (at < 0) at = all.findIndex((row) => row.closest("[data-next]")) - (down ? 1 : -1);
  const next = all[Math.max(0, Math.min(all.length - 1, at + (down ? 1 : -1)))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  event.preventDefault();
});

// Picking a row is a link, so the page comes anew; the list must not jump for that.
addEventListener("pagehide", () => {
  try { sessionStorage.setItem(KEPT, String(runs.scrollTop)); } catch { /* Then it starts at the row in hand. */ }
});
let kept = null;
try { kept = sessionStorage.getItem(KEPT); } catch { /* As above. */ }
if (kept !== null) runs.scrollTop = Number(kept);
const current = runs.querySelector("[data-pick][aria-current]") ?? runs.querySelector("[data-next] a");
if (current) nearest(current);

function nearest(row) {
  const [frame, box] = [runs.getBoundingClientRect(), row.getBoundingClientRect()];
  if (box.top < frame.top + 40) runs.scrollTop -= frame.top + 40 - box.top;
  if (box.bottom > frame.bottom - 112) runs.scrollTop += box.bottom - frame.bottom + 112; // where *Undo* and toasts stand
}

// What was just written on the spot comes into view and has the focus, so that Enter takes it in hand.
const adhoc = document.querySelector("#adhoc form");
let before = null; // the rows there were, while one is on its way
let atOnce = false;
adhoc?.addEventListener("submit", () => {
  before = new Set(rows().map((row) => row.closest(".run").id));
  atOnce = adhoc.elements.release.checked;
});
adhoc?.addEventListener("ttx:done", () => {
  if (atOnce && isSpent()) { turnToDay(); return; }
  adhoc.dataset.jsWritten = "";
  showWritten();
});
hear("drawn", showWritten);

function showWritten() {
  if (!before || !("jsWritten" in adhoc.dataset)) return;
  const row = rows().find((one) => !before.has(one.closest(".run").id));
  if (!row) return;
  before = null;
  delete adhoc.dataset.jsWritten;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

// Another day's list begins at its top.
const shown = () => document.querySelector(".run-head h2").textContent;
let day = shown();
hear("drawn", () => {
  if (shown() === day) return;
  day = shown();
  runs.scrollTop = 0;
});

// When the story goes on and nobody has picked a row, the list follows it. (The session that is on is current, too.)
hear("drawn", (frame) => {
  const moved = Object.keys(frame.regions ?? {}).some((id) => id.startsWith("run:"));
  if (!moved || runs.querySelector("[data-pick][aria-current]") || runs.contains(document.activeElement)) return;
  const next = runs.querySelector("[data-next] a");
  if (next) nearest(next);
});

// What goes out next is answered: the tab of a vote that is over makes way for the answers.
const released = () => runs.querySelectorAll("[data-standing=released]").length;
let out = released();
hear("drawn", () => {
  const before = out;
  out = released();
  const vote = document.getElementById("work-vote");
  if (out > before && !vote.hidden && !vote.querySelector("[data-tells]").dataset.tells) open("work-answers");
});

// A day that opens brings its answers, and the page back from the day or the inject that somebody had leafed to.
function turnToDay() {
  if (document.querySelector("dialog[open]")) setTimeout(turnToDay, 1000);
  else location.assign(location.pathname);
}
hear("day", () => {
  open("work-answers");
  if (location.search) turnToDay();
});

// A picked inject that nothing waits for any more, as when it is out and decided, makes way for what comes next.
function isSpent() { return "spent" in document.getElementById("desk").dataset; }
let spent = isSpent();
hear("drawn", () => {
  const was = spent;
  spent = isSpent();
  if (spent && !was) turnToDay();
});

// A region is drawn for many seats at once: what lies under one's own address gets it here.
function complete() {
  for (const one of document.querySelectorAll("a[data-under]:not([href])")) one.href = `${location.pathname}/${one.dataset.under}`;
}
hear("drawn", complete);
complete();

// A day that closes takes the inject that was picked on it from the desk; whoever leafed to a day goes on reading.
const { dataset: bar } = document.getElementById("bar");
let { status } = bar;
hear("drawn", () => {
  const closed = bar.status === "ready" && status !== "ready";
  ({ status } = bar);
  const asked = new URLSearchParams(location.search);
  if (closed && asked.has("inject") && !asked.has("day")) turnToDay();
});

// The hall's own: a text that is too long is turned over slowly, the screen is kept full and awake, and a screen that
// has lost the network says since when its picture stands.

import { onTheWall, zoneOf } from "./faces.js";
import { standsSince } from "./offline.js";
import { hear, word } from "./words.js";

const EACH = 14_000; // ms a page of a text is shown
const IDLE = 3000; // ms until what only an operator needs goes out of sight

// Pages of a text

let turning = 0;

function measure() {
  for (const one of document.querySelectorAll("[data-turn]")) {
    const text = one.firstElementChild;
    delete one.dataset.jsPages;
    if (pages(text) > 1) show(one, text, 0);
    else text.scrollLeft = 0;
  }
  clearInterval(turning);
  if (document.querySelector("[data-js-pages]")) turning = setInterval(turn, EACH);
}

/** Columns as wide as the text's own place: how many of them there are. */
function pages(text) {
  const gap = parseFloat(getComputedStyle(text).columnGap) || 0;
  return Math.max(1, Math.round((text.scrollWidth + gap) / (text.clientWidth + gap)));
}

function show(one, text, number) {
  one.dataset.jsPages = "-"; // the line that says which page it is takes room itself
  const all = pages(text);
  const gap = parseFloat(getComputedStyle(text).columnGap) || 0;
  const way = getComputedStyle(text).direction === "rtl" ? -1 : 1;
  const at = number % all;
  one.dataset.jsPage = at;
  one.dataset.jsPages = word("pageof", at + 1).replace("%m", all);
  text.scrollLeft = way * at * (text.clientWidth + gap);
}

function turn() {
  for (const one of document.querySelectorAll("[data-turn][data-js-pages]")) {
    show(one, one.firstElementChild, Number(one.dataset.jsPage) + 1);
  }
}

hear("region", ({ id }) => { if (id === "stage") measure(); });
hear("drawn", ({ regions = {} }) => { if ("notice" in regions) measure(); });
addEventListener("resize", measure);
document.fonts?.ready.then(measure);
measure();

// A full screen that stays awake

const full = document.querySelector("[data-full]");
let lock = null;
let idle = 0;

async function stayAwake() {
  if (!document.fullscreenElement || document.hidden) return;
  try { lock = await navigator.wakeLock?.request("screen"); } catch { lock = null; /* The system's own setting decides then. */ }
}

function seen() {
  if (!full) return;
  full.hidden = !document.fullscreenEnabled || Boolean(document.fullscreenElement);
  delete full.dataset.jsIdle;
  clearTimeout(idle);
  idle = setTimeout(() => { full.dataset.jsIdle = ""; }, IDLE);
}

full?.addEventListener("click", async () => {
  try { await document.documentElement.requestFullscreen(); } catch { return; }
  await stayAwake();
});
document.addEventListener("fullscreenchange", () => {
  if (!document.fullscreenElement) { lock?.release().catch(() => {}); lock = null; }
  seen();
});
document.addEventListener("visibilitychange", stayAwake);
document.addEventListener("pointermove", seen);
document.addEventListener("keydown", seen);
seen();

// Without the network

const told = document.querySelector("[data-hall-offline]");
const zone = zoneOf(document.getElementById("clock"));

hear("link", ({ state }) => {
  if (!told) return;
  if (state === "live") told.hidden = true;
  else if (state === "offline" && told.hidden) {
    told.textContent = word("lastpicture").replace("%t", onTheWall(standsSince(), zone));
    told.hidden = false;
  }
});

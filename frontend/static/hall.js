// The hall's own: a text that is too long is turned over slowly, the screen is kept full and awake, and a screen that
// has lost the network says since when its picture stands.

import { onTheWall, zoneOf } from "./faces.js";
import { standsSince } from "./offline.js";
import { lay } from "./turning.js";
import { hear, word } from "./words.js";

const IDLE = 3000; // ms until what only an operator needs goes out of sight

// Pages of a text

const measure = () => lay(document);

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

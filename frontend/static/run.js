// What ticks on the console by the server's time: how far the day is behind, releases that wait for their time, the
// ten seconds in which the last act can be undone. And the search in the run of show.

import { span } from "./faces.js";
import { serverNow } from "./socket.js";
import { hear, word } from "./words.js";

const MINUTE = 60_000;
const UNDO = 10_000; // ms

const write = (place, text) => { if (place && place.textContent !== text) place.textContent = text; };

/** A length in minutes as one says it: 12 min, 4 h 36 min. */
function length(minutes) {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60 || !hours ? word("minutes", minutes % 60) : "";
  return [hours ? word("hours", hours) : "", rest].filter(Boolean).join(" ");
}

/** The day's drift: what it was when something last began, or by how much the next thing is overdue if that is more. */
function tickPace(now) {
  const text = document.getElementById("pace-text");
  const pace = text?.closest(".pace");
  if (!pace) return;
  const { behind, due } = pace.dataset;
  if (behind === undefined) { write(text, ""); delete pace.dataset.jsDrift; return; } // nothing has begun yet
  const drift = Math.max(Number(behind), due === undefined ? -Infinity : now - Number(due));
  const minutes = Math.trunc(drift / MINUTE);
  write(text, minutes ? word(minutes > 0 ? "behindplan" : "aheadplan", length(Math.abs(minutes))) : word("ontime"));
  pace.dataset.jsDrift = minutes > 4 ? "late" : minutes ? "some" : "none";
}

function tickDue(now) {
  for (const text of document.querySelectorAll("[data-tick-due]")) {
    const { due, left: rest } = text.parentElement.dataset;
    const ms = due === undefined ? Number(rest) : Number(due) - now;
    write(text, ms > 0 ? span(ms) : word("now"));
  }
}

function tickUndo(now) {
  const undo = document.getElementById("undo");
  if (!undo) return;
  const rest = undo.dataset.at === undefined ? 0 : Number(undo.dataset.at) + UNDO - now;
  undo.toggleAttribute("data-js-on", rest > 0);
  write(document.getElementById("undo-left"), rest > 0 ? word("seconds", Math.ceil(rest / 1000)) : "");
}

function tick() {
  const now = serverNow();
  tickPace(now);
  tickDue(now);
  tickUndo(now);
}
setInterval(tick, 250);
hear("drawn", tick);
tick();

// Search: rows that do not hold the words are put away; a block stays as long as a row of it does.

const find = document.getElementById("find");
const runs = document.getElementById("run-of-show");

function search() {
  const words = find.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const row of runs.children) {
    const text = row.textContent.toLocaleLowerCase();
    row.toggleAttribute("data-js-away", words.length > 0 && !words.every((one) => text.includes(one)));
  }
}

find?.addEventListener("input", search);
find?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { find.value = ""; search(); find.blur(); }
  if (event.key === "Enter") runs.querySelector(".run:not([data-js-away]) a[data-pick]")?.click();
});
if (find) hear("drawn", search);

// The room's clock and the countdown, both by the server's time.

import { leftOf, onTheWall, showCountdown, zoneOf } from "./faces.js";
import { serverNow } from "./socket.js";
import { announce, hear, word } from "./words.js";

const clock = document.getElementById("clock");
const zone = zoneOf(clock);

/** What is left of the countdown in ms; null if none is set. */
export function left() {
  return leftOf(document.getElementById("timer"), serverNow());
}

let told = null; // the last of "minute" and "up" that was announced
let over = 0; // until when the end is still shown after the server has taken the countdown away

function tick() {
  if (clock) {
    const text = onTheWall(serverNow(), zone);
    if (clock.textContent !== text) clock.textContent = text;
  }
  const timer = document.getElementById("timer");
  if (!timer) return;
  const rest = left();
  if (rest === null || !timer.querySelector("[data-tick]")) {
    if (told === "up") over = performance.now() + 8000;
    told = null;
    const phase = performance.now() < over ? "over" : "";
    if (timer.dataset.jsPhase !== phase) timer.dataset.jsPhase = phase;
    timer.dataset.jsOver = phase ? word("timeup") : "";
    return;
  }
  over = 0;
  const phase = showCountdown(timer, rest, word("timeup"));
  if (phase === "last" && told === null) { told = "minute"; announce(word("oneminute")); }
  if (phase === "up" && told !== "up") { told = "up"; announce(word("timeup")); }
}

setInterval(tick, 250);
hear("drawn", tick);
tick();

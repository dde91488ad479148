// The room's clock and the countdown, both by the server's time.

import { serverNow } from "./socket.js";
import { announce, hear, word } from "./words.js";

const MINUTE = 60_000;
const clock = document.getElementById("clock");

/** How far the room's wall clock is from UTC, in ms: the page brings one moment both ways. */
const zone = (() => {
  if (!clock) return 0;
  const at = Number(clock.dataset.at);
  const [hours, minutes] = clock.dataset.shown.split(":").map(Number);
  const utc = Math.floor(at / MINUTE) % 1440;
  const ahead = (((hours * 60 + minutes - utc + 720) % 1440) + 1440) % 1440 - 720;
  return ahead * MINUTE;
})();

const two = (n) => String(n).padStart(2, "0");

/** A length of time as m:ss, or h:mm:ss from an hour on. */
export function span(ms) {
  const all = Math.max(0, Math.ceil(ms / 1000));
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** What is left of the countdown in ms; null if none is set. */
export function left() {
  const timer = document.getElementById("timer")?.dataset;
  if (timer?.ends) return Number(timer.ends) - serverNow();
  if (timer?.left) return Number(timer.left);
  return null;
}

let told = null; // the last of "minute" and "up" that was announced
let over = 0; // until when the end is still shown after the server has taken the countdown away

function tick() {
  if (clock) {
    const now = new Date(serverNow() + zone);
    const text = `${two(now.getUTCHours())}:${two(now.getUTCMinutes())}`;
    if (clock.textContent !== text) clock.textContent = text;
  }
  const timer = document.getElementById("timer");
  if (!timer) return;
  const rest = left();
  const face = timer.querySelector("[data-tick]");
  if (rest === null || !face) {
    if (told === "up") over = performance.now() + 8000;
    told = null;
    const phase = performance.now() < over ? "over" : "";
    if (timer.dataset.jsPhase !== phase) timer.dataset.jsPhase = phase;
    timer.dataset.jsOver = phase ? word("timeup") : "";
    return;
  }
  over = 0;
  const runs = timer.dataset.ends !== undefined;
  const phase = rest <= 0 ? "up" : rest <= MINUTE ? "last" : "runs";
  const text = rest <= 0 ? word("timeup") : span(rest);
  if (face.textContent !== text) face.textContent = text;
  timer.dataset.jsPhase = runs ? phase : "still";
  const bar = timer.querySelector("[data-tick-bar]");
  if (bar) bar.value = Math.max(0, Math.min(1, rest / (Number(timer.dataset.seconds) * 1000)));
  if (!runs) return;
  if (phase === "last" && told === null) { told = "minute"; announce(word("oneminute")); }
  if (phase === "up" && told !== "up") { told = "up"; announce(word("timeup")); }
}

setInterval(tick, 250);
hear("drawn", tick);
tick();

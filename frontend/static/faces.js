// How a clock and a countdown look at a moment: on a page that is live, and on a page of the past.

const MINUTE = 60_000;
const HALL = 10 * MINUTE; // how long an announcement stays on the hall's screen

import { figures } from "./words.js";

const { colon = ":" } = document.documentElement.dataset; // between hours and minutes, as the page's language writes it
const two = (n) => String(n).padStart(2, "0");

/** A length of time as m:ss, or h:mm:ss from an hour on. */
export function span(ms) {
  const all = Math.max(0, Math.ceil(ms / 1000));
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return figures(h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`);
}

/** How far the room's wall clock is from UTC, in ms: the page brings one moment both ways. */
export function zoneOf(clock) {
  if (!clock) return 0;
  const at = Number(clock.dataset.at);
  const [hours, minutes] = clock.dataset.shown.split(":").map(Number);
  const utc = Math.floor(at / MINUTE) % 1440;
  const ahead = (((hours * 60 + minutes - utc + 720) % 1440) + 1440) % 1440 - 720;
  return ahead * MINUTE;
}

/** A moment as the room's wall clock shows it. */
export function onTheWall(ms, zone) {
  const at = new Date(ms + zone);
  return figures(`${two(at.getUTCHours())}${colon}${two(at.getUTCMinutes())}`);
}

/** What is left of a page's countdown in ms; null if none is set. */
export function leftOf(timer, now) {
  if (timer?.dataset.ends) return Number(timer.dataset.ends) - now;
  if (timer?.dataset.left) return Number(timer.dataset.left);
  return null;
}

/** Show what is left of a countdown; says its phase: "runs", "last" (minute), "up" or "still". */
export function showCountdown(timer, rest, timeUp) {
  const face = timer.querySelector("[data-tick]");
  const runs = timer.dataset.ends !== undefined;
  const phase = rest <= 0 ? "up" : rest <= MINUTE ? "last" : "runs";
  const text = rest <= 0 ? timeUp : span(rest);
  if (face.textContent !== text) face.textContent = text;
  timer.dataset.jsPhase = runs ? phase : "still";
  const bar = timer.querySelector("[data-tick-bar]");
  if (bar) bar.value = Math.max(0, Math.min(1, rest / (Number(timer.dataset.seconds) * 1000)));
  return runs ? phase : "still";
}

/** Take announcements that have stood long enough off the hall's screen. */
export function clearHall(page, now) {
  for (const one of page.querySelectorAll("[data-announcement]")) {
    one.toggleAttribute("data-js-read", now - Number(one.dataset.at) > HALL);
  }
}

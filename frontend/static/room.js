// What every page of the room does: it answers a connection check, shows for how long something has been, by the
// server's clock, and marks messages that nobody here has read.

import { say, serverNow } from "./socket.js";
import { hear, tell, word } from "./words.js";

const page = document.body.dataset;

// A test message is answered as soon as it is here.
hear("region", ({ id, element }) => {
  if (id !== "comms-test" || !element?.dataset.check) return;
  say({ got: Number(element.dataset.check) });
  element.dataset.jsFresh = "";
  setTimeout(() => delete element.dataset.jsFresh, 6000);
});

// How long ago, in words; the tablet's own clock has no part in it.
function ago(at) {
  const minutes = Math.floor(Math.max(0, serverNow() - at) / 60_000);
  if (minutes < 1) return word("justnow");
  if (minutes < 60) return word("minutes", minutes);
  return word("hours", Math.floor(minutes / 60));
}

const NUDGED = 90_000; // ms a nudge floats if nobody reads it

function tick() {
  for (const one of document.querySelectorAll("[data-away-since]")) put(one, word("away", ago(Number(one.dataset.awaySince))));
  for (const one of document.querySelectorAll("[data-since]")) put(one, ago(Number(one.dataset.since)));
  for (const one of document.querySelectorAll("[data-nudge]")) {
    one.toggleAttribute("data-js-read", read("nudge") >= Number(one.dataset.nudge) || serverNow() - Number(one.dataset.at) > NUDGED);
  }
  for (const one of document.querySelectorAll(".comms[data-check]")) {
    one.toggleAttribute("data-js-read", read("check") >= Number(one.dataset.check));
  }
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

setInterval(tick, 5000);
hear("drawn", tick);
hear("link", tick);

// What was read or put away on this device, by the seq of the last.
const key = (what) => `ttx-read-${what}-${page.exercise}-${page.seat}`;
function read(what) {
  try { return Number(localStorage.getItem(key(what)) ?? 0); } catch { return seen[what] ?? 0; }
}
const seen = {};
function note(what, seq) {
  seen[what] = Math.max(seq, read(what));
  try { localStorage.setItem(key(what), String(seen[what])); } catch { /* It holds while this page is open. */ }
}

document.addEventListener("click", (event) => {
  const nudge = event.target.closest?.("[data-hide-nudge]")?.closest("[data-nudge]");
  if (nudge) note("nudge", Number(nudge.dataset.nudge));
  const check = event.target.closest?.("[data-hide-check]")?.closest("[data-check]");
  if (check) note("check", Number(check.dataset.check));
  const opener = event.target.closest?.("[data-heard-of]");
  if (opener) setTimeout(() => { tail(opener.dataset.heardOf); mark(); }); // once it is open
  if (nudge || check) tick();
});

// Messages: a mark on the button of a table's panel, until the panel is open.
function thread(table) {
  return document.getElementById(`thread:${table}`);
}

function tail(table) {
  const place = thread(table);
  if (place) place.scrollTop = place.scrollHeight;
}

function mark() {
  for (const opener of document.querySelectorAll("[data-heard-of]")) {
    const table = opener.dataset.heardOf;
    const place = thread(table);
    if (!place) continue;
    const last = Number(place.dataset.last);
    if (place.closest("dialog")?.open && !document.hidden && last > read(`thread-${table}`)) {
      note(`thread-${table}`, last);
      note("nudge", last);
      tick();
      tail(table);
    }
    const fresh = last > read(`thread-${table}`);
    const sign = opener.querySelector("[data-mark-new]");
    if (sign && sign.hidden === fresh) sign.hidden = !fresh;
  }
}
hear("drawn", mark);
document.addEventListener("visibilitychange", mark);

// What is typed to the other side is kept until it is sent.
for (const field of document.querySelectorAll("[data-kept]")) {
  const name = `ttx-typed-${field.dataset.kept}-${page.exercise}-${page.seat}`;
  try { field.value ||= localStorage.getItem(name) ?? ""; } catch { /* The page still holds it. */ }
  const keep = () => { try { if (field.value) localStorage.setItem(name, field.value); else localStorage.removeItem(name); } catch { /* As above. */ } };
  field.addEventListener("input", keep);
  field.form.addEventListener("reset", () => setTimeout(keep));
}

tick();
mark();
tell("room");

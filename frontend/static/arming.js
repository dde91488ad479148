// Keys of the console. A key never does anything that reaches the room by itself: it arms a button, and Enter within
// four seconds confirms; Escape, a click elsewhere or a change of what the button would do lets go. What cannot be made
// unseen (`data-twice`) is armed by a click, too, and a second one confirms.

import { linkState } from "./socket.js";
import { toast } from "./toasts.js";
import { announce, hear, word } from "./words.js";

const WAIT = 4000; // ms
const OFF = "ttx-keys-off";

let armed = null; // the button, what it would do, and the timer that lets it go

const meaning = (button) => Array.from(button.form.querySelectorAll("input[type=hidden]"), (one) => one.value).join(" ");

/** What the button says: its word, whom it reaches, and whether the hall shows it. */
const said = (button) => Array.from(button.childNodes, (one) => one.textContent.trim()).filter(Boolean);

function arm(button) {
  disarm();
  const also = button.querySelector("[data-also]")?.textContent;
  button.dataset.jsArmed = [...(also ? [also] : []), button.dataset.twice ?? word("confirm")].join(" \u00b7 ");
  armed = { button, does: meaning(button), timer: setTimeout(disarm, WAIT) };
  button.focus();
  announce(word("armed", said(button).join(", ")));
}

function disarm() {
  if (!armed) return;
  clearTimeout(armed.timer);
  delete armed.button.dataset.jsArmed;
  armed = null;
}

hear("drawn", () => {
  if (armed && (!armed.button.isConnected || armed.button.disabled || meaning(armed.button) !== armed.does)) disarm();
});
document.addEventListener("focusout", (event) => { if (event.target === armed?.button) disarm(); });
document.addEventListener("pointerdown", (event) => { if (!armed?.button.contains(event.target)) disarm(); });
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-twice]");
  if (!button || button.disabled) return;
  const confirmed = armed?.button === button;
  disarm();
  if (confirmed) return;
  event.preventDefault();
  arm(button);
}, true);

/** Enter or the space bar on a button that reaches the room: once to arm, once more to confirm. */
function pressed(event, button) {
  event.preventDefault();
  if (event.repeat) return;
  if (armed?.button !== button) { arm(button); return; }
  disarm();
  button.form.requestSubmit(button);
}

// A pointer that rests on the desk meets another button there when the desk turns to another inject, comes anew by
// itself or unfolds: for a moment it presses nothing that reaches the room. A press by key has no place, and is taken.
const SETTLES = 700; // ms
let settled = performance.now() + SETTLES;
let meant = meanings();

function meanings() {
  return Array.from(document.querySelectorAll("#desk form[data-command] button"), meaning).join("\n");
}

function unsettle() { settled = performance.now() + SETTLES; }

hear("drawn", () => {
  const before = meant;
  meant = meanings();
  if (meant !== before) unsettle();
});
document.addEventListener("toggle", (event) => { if (event.target.closest?.("#desk")) unsettle(); }, true);
document.addEventListener("click", (event) => {
  if (!event.detail || performance.now() > settled || !event.target.closest?.("#desk form[data-command] button")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.detail === 1) toast(word("settling")); // the second press of a double click needs no word
}, true);

const shown = (one) => one && !one.disabled && one.getClientRects().length > 0;
const armable = (key) => Array.from(document.querySelectorAll(`button[data-arms="${key}"]`)).find(shown);

function press(selector) {
  const one = document.querySelector(selector);
  if (shown(one)) one.click();
  else toast(word("nothinghere"));
}

function focus(selector) {
  const one = Array.from(document.querySelectorAll(selector)).find(shown);
  if (one) one.focus();
  else toast(word("nothinghere"));
}

const KEYS = {
  d: () => focus(".desk .choice"),
  a: () => press('[data-dialog="announce"]'),
  i: () => press('[data-dialog="adhoc"]'),
  t: () => focus(".timer-sets button"),
  u: () => press("#undo[data-js-on] button"),
  "/": () => document.getElementById("find")?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
};
for (const key of ["r", "h", "s", "p", "b"]) {
  KEYS[key] = () => {
    const button = armable(key);
    if (button) arm(button);
    else toast(word(linkState() === "live" ? "nothinghere" : "noanswer"));
  };
}

/** The Latin letter of a key, whatever the keyboard's script. */
export function letter(event) {
  if (/^[\x20-\x7e]$/.test(event.key)) return event.key.toLowerCase();
  return event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
}

export function typing(target) {
  return target.closest?.("input, textarea, select, dialog[open], [contenteditable]");
}

/** Single keys can be switched off, for those who speak to their computer. */
export const keysOff = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") { disarm(); return; }
  const button = event.target.closest?.("button[data-arms]");
  if (button && !button.disabled && (event.key === "Enter" || event.key === " ")) { pressed(event, button); return; }
  if (typing(event.target) || event.repeat || keysOff()) return;
  const act = KEYS[letter(event)];
  if (!act) return;
  event.preventDefault();
  act();
});

const choice = document.querySelector("[data-keys-off]");
if (choice) {
  choice.checked = keysOff();
  choice.addEventListener("change", () => {
    try { localStorage.setItem(OFF, choice.checked ? "1" : ""); } catch { /* It holds for this page only then. */ }
  });
}

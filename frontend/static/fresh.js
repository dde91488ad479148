// Which developments are new to whoever sits here. A new one is marked until it has been on the screen for a while, and
// a button leads to it where it is out of sight. Nothing moves by itself.

import { hear, word } from "./words.js";

const LOOKED_AT = 20; // seconds in sight, after which nobody needs the mark
const KEPT = `ttx-seen-${document.body.dataset.exercise}-${document.body.dataset.seat}`;

const list = document.getElementById("developments");
const all = () => Array.from(list.querySelectorAll(":scope > article.development"));
const fresh = () => all().filter((one) => "jsNew" in one.dataset && one.checkVisibility()); // an earlier day's is folded away
const seconds = new Map(); // region -> how long it was in sight

let seen = null;
try { seen = JSON.parse(localStorage.getItem(KEPT)); } catch { /* Private browsing: what came before the page is no news. */ }

function keep() {
  const known = all().filter((one) => !("jsNew" in one.dataset)).map((one) => one.id);
  try { localStorage.setItem(KEPT, JSON.stringify(known)); } catch { /* As above. */ }
}

function mark(one) {
  one.dataset.jsNew = word("newmark");
}

// The button, on a wide screen; on a phone the tab says the same.

const pill = document.createElement("button");
pill.type = "button";
pill.className = "new-pill";
pill.hidden = true;
document.getElementById("told").append(pill);
pill.addEventListener("click", () => {
  const one = fresh()[0];
  if (!one) return;
  one.tabIndex = -1;
  one.focus({ preventScroll: true });
  one.scrollIntoView({ block: "start" });
});

function inSight(one) {
  const box = one.getBoundingClientRect();
  const frame = document.getElementById("told").getBoundingClientRect();
  const [top, bottom] = [Math.max(0, frame.top), Math.min(innerHeight, frame.bottom)];
  return box.height > 0 && Math.min(box.bottom, bottom) - Math.max(box.top, top) > Math.min(120, box.height / 2);
}

function show() {
  const hidden = fresh().filter((one) => !inSight(one)).length;
  pill.hidden = hidden === 0;
  if (hidden) pill.textContent = hidden === 1 ? word("tosee") : word("tosee-many", hidden);
  for (const tab of document.querySelectorAll('.tabs a[href="#told"]')) tab.toggleAttribute("data-js-news", fresh().length > 0);
}

setInterval(() => {
  if (document.hidden || document.querySelector("dialog[open]")) return;
  let read = false;
  for (const one of fresh()) {
    const so = (seconds.get(one.id) ?? 0) + (inSight(one) ? 1 : 0);
    seconds.set(one.id, so);
    if (so >= LOOKED_AT) { delete one.dataset.jsNew; read = true; }
  }
  if (read) keep();
  show();
}, 1000);

hear("region", ({ id, element, fresh: came }) => {
  if (element?.matches(".recalled")) delete element.dataset.jsNew;
  else if (came && id.startsWith("development:")) { mark(element); seconds.delete(id); }
});
hear("drawn", show);

if (seen) for (const one of all()) if (!seen.includes(one.id)) mark(one);
keep();
show();

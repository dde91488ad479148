// Looking back: a table's ranks, merging gaps, and a summary's field that follows what stands as long as nobody has
// begun to write in it. What is typed and sent goes by posting.js.

import { draftOf } from "./keeping.js";
import { bring } from "./late.js";
import "./parts.js";
import { underWay, wait } from "./posting.js";
import { announce, hear, tell, word } from "./words.js";

// Ranks. A tap puts a gap at a place and moves the others down; a tap on the place it has takes it away.

const PLACES = 3;

function ranked() {
  const waiting = underWay("ranks");
  if (waiting) return waiting.request.gaps;
  return (document.getElementById("gaps-head")?.dataset.ranked ?? "").split(",").filter(Boolean);
}

function showRanks() {
  const ranks = ranked();
  for (const button of document.querySelectorAll("[data-rank]")) {
    const place = ranks.indexOf(button.closest("[data-gap]").dataset.gap) + 1;
    button.setAttribute("aria-pressed", String(place === Number(button.dataset.rank)));
  }
}

function rank(button) {
  const { gap } = button.closest("[data-gap]").dataset;
  const place = Number(button.dataset.rank);
  const before = ranked();
  const ranks = before.filter((one) => one !== gap);
  if (before.indexOf(gap) !== place - 1) ranks.splice(place - 1, 0, gap);
  if (ranks.join() === before.join()) return;
  wait("ranks", { do: "rank_gaps", gaps: ranks.slice(0, PLACES) }, { posted: true }, true).then(showRanks);
  const now = ranks.indexOf(gap) + 1;
  if (now) announce(word("moved", now));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-rank]");
  if (button && !button.disabled) rank(button);
});

// Merging comes with the first gap that is ticked.

let showMerge = null;
document.addEventListener("change", async (event) => {
  if (!event.target.matches?.("[data-merge-pick]")) return;
  showMerge ??= (await bring("./merging.js"))[0].showMerge;
  showMerge();
});

// A summary's field.

function follow(section) {
  const form = section.querySelector("form[data-post=summarise]");
  const text = section.querySelector("[data-current]")?.textContent ?? "";
  if (!form || draftOf(`form|${form.id}`) || underWay(form.dataset.region) || form.contains(document.activeElement)) return;
  form.elements.text.value = text;
}

hear("region", ({ id, element }) => {
  if (id.startsWith("summary:") && element) follow(element);
});
hear("drawn", () => { showRanks(); showMerge?.(); });
hear("underway", showRanks);
showRanks();

// Looking back comes forward when the hot wash opens and makes way for a new day, unless somebody is writing.

const pair = document.querySelector(".pair:has(> .sides)");
const sides = Array.from(document.querySelectorAll("[data-side]"));
const NO_TEXT = "button, [type=checkbox], [type=radio]";

function turn(side) {
  pair.dataset.jsSide = side;
  for (const one of sides) one.setAttribute("aria-pressed", String(one.dataset.side === side));
}

function lead(side) {
  const at = document.activeElement;
  if (at?.value && !at.matches(NO_TEXT)) return;
  turn(side);
  if (side === "look") { document.getElementById(side).scrollIntoView(); return; }
  scrollTo(0, 0);
  for (const one of pair.querySelectorAll(".column")) one.scrollTop = 0;
}

for (const one of sides) one.addEventListener("click", () => turn(one.dataset.side));
const washing = () => Boolean(pair.querySelector(".wash[data-open]"));
const told = () => pair.querySelectorAll("#developments > *, #questions > *").length;
const behind = () => document.querySelector(".tabs [aria-current]")?.hash === "#look";
if (pair) {
  let open = washing();
  let many = told();
  turn(open ? "look" : "asked");
  hear("drawn", () => {
    if (!open && washing()) lead("look");
    else if (!washing() && told() > many && (pair.dataset.jsSide === "look" || behind())) lead("asked");
    open = washing();
    many = told();
  });
}

// A day that opens leads every page to it: how many days are held tells which day a running one is.
const bar = document.getElementById("bar").dataset;
let day = bar.status === "ready" ? null : bar.held;
hear("drawn", () => {
  if (bar.status !== "running" || bar.held === day) return;
  day = bar.held;
  for (const one of document.querySelectorAll(".earlier, .gaps-past details")) one.open = false;
  tell("day");
  if (pair) lead("asked");
});

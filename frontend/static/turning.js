// A text that is too long for its place in the hall is turned over slowly, like pages: in the hall itself, and in a
// picture of it.

import { word } from "./words.js";

const EACH = 14_000; // ms a page of a text is shown

const turning = new WeakMap(); // document -> its interval
const reached = new WeakMap(); // element -> the text it held and the page it was at

/** Lay every long text of a document out in pages, and turn them from now on. A text that stayed keeps its page. */
export function lay(inside) {
  for (const one of inside.querySelectorAll("[data-turn]")) {
    const text = one.firstElementChild;
    const before = reached.get(one);
    delete one.dataset.jsPages;
    if (pages(text) > 1) show(one, text, before?.said === text.textContent ? before.at : 0);
    else text.scrollLeft = 0;
  }
  clearInterval(turning.get(inside));
  if (inside.querySelector("[data-js-pages]")) turning.set(inside, setInterval(() => turn(inside), EACH));
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
  reached.set(one, { said: text.textContent, at });
  one.dataset.jsPages = word("pageof", at + 1).replace("%m", all);
  text.scrollLeft = way * at * (text.clientWidth + gap);
}

function turn(inside) {
  for (const one of inside.querySelectorAll("[data-turn][data-js-pages]")) {
    show(one, one.firstElementChild, (reached.get(one)?.at ?? 0) + 1);
  }
}

// Whoever wrote words that a colleague saw and did not take is told, at once or when he comes back, until he has seen it.

import { base, drawnAt } from "./author-link.js";
import { toast } from "./toasts.js";
import { hear, word } from "./words.js";

const { draft, author } = document.body.dataset;
const KEY = `ttx-over-${draft}-${author}`;

/** How far this author has been told, or from now on: on this device. */
function told(upTo = 0) {
  try {
    const held = localStorage.getItem(KEY);
    const far = held === null ? drawnAt() : Math.max(Number(held), upTo);
    localStorage.setItem(KEY, String(far));
    return far;
  } catch {
    return upTo || drawnAt();
  }
}

async function look() {
  let over = [];
  try {
    const reply = await fetch(`${base}/now?since=${told()}`, { headers: { Accept: "application/json" } });
    if (reply.ok) ({ over } = await reply.json());
  } catch { /* Asked again with the next change. */ }
  for (const { seq, by, sentence } of over.toReversed()) {
    if (document.querySelector(`.toast [href$="#change-${seq}"]`)) continue;
    toast(word("over", sentence).replace("%w", by), "stays");
    const item = document.querySelector(".toast:last-of-type");
    const link = document.createElement("a");
    link.href = `${base}/history#change-${seq}`;
    link.textContent = word("overlook");
    item.querySelector("p").append(" ", link);
    item.addEventListener("click", (event) => { if (event.target.closest("a, button")) told(seq); });
  }
}

hear("others", look);
look();

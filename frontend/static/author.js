// What every authors' page does: undo and redo, how it stands with what was written, menus, dialogs and toasts. No other module
// imports this one (see editor.js).

import { done, stands, tellDone } from "./author-link.js";
import "./author-over.js";
import { press, redo, typing } from "./author-undo.js";
import "./toasts.js";
import { hear, word } from "./words.js";

document.addEventListener("click", (event) => {
  const back = event.target.closest?.("[data-undo], [data-redo]");
  if (back) press(back);
  const asks = event.target.closest?.("[data-ask]");
  if (asks) done(JSON.parse(asks.dataset.ask));
});

document.addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || !(key === "y" || (key === "z" && event.shiftKey))) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  redo();
});

hear("online", () => stands("current", word("current")));

// The tab that is picked is in sight, however many days there are.
document.querySelector(".day-tab[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
document.querySelector(".author-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

tellDone();

// What every authors' page does: undo, how it stands with what was written, menus, dialogs and toasts. No other module
// imports this one (see editor.js).

import { stands } from "./author-link.js";
import { undo } from "./author-undo.js";
import "./toasts.js";
import { hear, word } from "./words.js";

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-undo]")) undo();
});

hear("online", () => stands("current", word("current")));

// The tab that is picked is in sight, however many days there are.
document.querySelector(".day-tab[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
document.querySelector(".author-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

// What pages with dialogs and menus share: a sentence for eight seconds, opening and closing.

import { word } from "./words.js";

/** Say something for eight seconds: what went wrong, or, `good`, what was done, or that somebody has `overtaken` us.
    What `stays` does until it is put away. */
export function toast(sentence, tone = "") {
  const good = tone === "good";
  const place = document.getElementById("toasts");
  for (const one of document.querySelectorAll(".toast")) if (one.firstElementChild.textContent === sentence) one.remove();
  const item = document.createElement("div");
  item.className = "toast";
  item.toggleAttribute("data-good", good);
  item.toggleAttribute("data-overtaken", tone === "overtaken");
  item.setAttribute("role", good ? "status" : "alert");
  const text = document.createElement("p");
  text.textContent = sentence;
  const close = document.createElement("button");
  close.type = "button";
  close.setAttribute("aria-label", word("dismiss"));
  close.textContent = "\u00d7";
  close.addEventListener("click", () => item.remove());
  item.append(text, close);
  // A modal dialog lies over everything else, so its toasts stand in it.
  (document.querySelector("dialog[open]") ?? place).append(item);
  if (tone !== "stays") setTimeout(() => item.remove(), 8000);
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  if (opener && !opener.disabled) document.getElementById(opener.dataset.dialog)?.showModal();
  if (event.target.closest?.("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target.matches?.("dialog")) event.target.close();
});

// The menu closes when somebody clicks elsewhere, or presses Escape in it.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

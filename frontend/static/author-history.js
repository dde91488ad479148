// The history: keeping a version, putting one back. What a button alone asks for is author.js's.

import { done } from "./author-link.js";
import { word } from "./words.js";

// What a link leads to is open.
const led = location.hash && document.getElementById(location.hash.slice(1))?.querySelector("details");
if (led) led.open = true;

document.addEventListener("click", (event) => {
  const version = event.target.closest?.("[data-restore]");
  if (!version) return;
  const dialog = document.getElementById("confirm");
  document.getElementById("confirm-title").textContent = word("putback", version.dataset.name);
  dialog.returnValue = "no";
  dialog.showModal();
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "yes") done({ do: "restore", version: Number(version.dataset.restore) });
  }, { once: true });
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-keep-version]")) return;
  event.preventDefault();
  done({ do: "freeze", label: event.target.elements.label.value.trim() });
});

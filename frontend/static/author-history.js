// The history: putting an earlier text back, keeping a version, putting one back.

import { ask } from "./author-link.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

async function done(body) {
  const { ok, data } = await ask(body);
  if (ok) location.reload();
  else toast(data.refused);
}

document.addEventListener("click", (event) => {
  const back = event.target.closest?.("[data-put-back]");
  if (back) done(JSON.parse(back.dataset.putBack));
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

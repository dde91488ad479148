// Dragging, an extra: everything it does can be done with buttons and keys. A row goes to another place of the day, a
// picture into the inject that is open, any other file to where files are brought in.

import { bringFile, carriesFile } from "./bringing.js";
import { bringPicture, lastOf, may, moved } from "./editor-acts.js";

let dragged = null;

const over = (event) => event.target.closest?.(".row-item") ?? event.target.closest?.(".block-session");
const brings = (event) => !dragged && carriesFile(event);

function unmark() {
  for (const one of document.querySelectorAll(".dropping")) one.classList.remove("dropping");
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-row]");
  if (dragged) event.dataTransfer.setData("text/plain", dragged.dataset.row);
});

document.addEventListener("dragover", (event) => {
  unmark();
  if (brings(event)) event.preventDefault();
  if (!dragged || !over(event) || !may()) return;
  event.preventDefault();
  over(event).classList.add("dropping");
});

document.addEventListener("drop", async (event) => {
  unmark();
  if (brings(event)) {
    event.preventDefault();
    await bring(event.dataTransfer.files[0]);
    return;
  }
  const [row, place] = [dragged, over(event)];
  dragged = null;
  if (!row || !place || !may()) return;
  const target = place.querySelector(":scope > [data-row]") ?? lastOf(place);
  if (row === target) return;
  event.preventDefault();
  await moved(row, target?.dataset.row, place.closest(".block"));
});

document.addEventListener("dragend", () => { dragged = null; unmark(); });

async function bring(file) {
  if (!file) return;
  if (/^image\/(png|jpeg|webp)$/.test(file.type) && document.querySelector(".picture-edit") && may()) {
    await bringPicture(file);
    return;
  }
  await bringFile(file);
}

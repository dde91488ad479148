// A file that is dropped anywhere on the page goes into the form's field and is read at once.

const form = document.querySelector(".import-drop");
const field = form.querySelector('input[type="file"]');
const busy = form.querySelector("[data-busy]");

const carries = (event) => Array.from(event.dataTransfer?.types ?? []).includes("Files");
const over = (is) => form.classList.toggle("over", is);

document.addEventListener("dragover", (event) => {
  if (!carries(event)) return;
  event.preventDefault();
  over(true);
});
document.addEventListener("dragleave", (event) => { if (event.relatedTarget === null) over(false); });
document.addEventListener("drop", (event) => {
  if (!carries(event)) return;
  event.preventDefault();
  over(false);
  const [first] = event.dataTransfer.files;
  if (first === undefined) return;
  const taken = new DataTransfer();
  taken.items.add(first);
  field.files = taken.files;
  form.requestSubmit(form.querySelector('button[value="bring"]'));
});

// What would be refused after minutes of sending is refused here.
form.addEventListener("submit", (event) => {
  const [file] = field.files;
  const large = (file?.size ?? 0) > Number(form.dataset.most);
  const told = form.querySelector("[data-large]");
  told.hidden = !large;
  busy.hidden = large;
  if (!large) return;
  event.preventDefault();
  told.lastElementChild.textContent = form.dataset.toolarge
    .replace("%file", file.name).replace("%n", String(Math.max(20.1, Math.round(file.size / 1e5) / 10)));
});
window.addEventListener("pageshow", () => { busy.hidden = true; });

// The days of the rows are those that they have where the file goes.
for (const place of document.querySelectorAll('.import-place input')) place.addEventListener("change", () => {
  const first = Number(place.dataset.first ?? 0);
  for (const cell of document.querySelectorAll("td[data-own]")) {
    cell.textContent = first ? String(first + Number(cell.dataset.nth)) : cell.dataset.own;
  }
});

// What is asked before something goes is in sight, and has the focus.
const goes = document.querySelector(".import-goes");
goes?.focus({ preventScroll: true });
goes?.scrollIntoView({ block: "start" });

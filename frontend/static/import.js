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

form.addEventListener("submit", () => { busy.hidden = false; });
window.addEventListener("pageshow", () => { busy.hidden = true; });

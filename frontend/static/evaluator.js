// The evaluator's forms keep what is typed on this device until it has been recorded.

const page = document.body.dataset;
const name = (form) => `note|${page.exercise}|${page.seat}|${form.dataset.keep}`;

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  if (!form) return;
  const kept = JSON.stringify(Object.fromEntries(new FormData(form)));
  try { localStorage.setItem(name(form), kept); } catch { /* Full or forbidden: the page still holds it. */ }
});

document.addEventListener("ttx:done", (event) => {
  try { localStorage.removeItem(name(event.target)); } catch { /* As above. */ }
});

function restore(form) {
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(name(form))); } catch { /* As above. */ }
  if (!kept) return;
  for (const [field, value] of Object.entries(kept)) {
    const control = form.elements.namedItem(field);
    if (control && field !== "do" && field !== "inject") control.value = value;
  }
}

for (const form of document.querySelectorAll("form[data-keep]")) restore(form);

// The list of evidence is asked for anew as soon as something is chosen or a word is typed; without this script the
// button does it.

let waits = 0;

function ask(form, after) {
  clearTimeout(waits);
  waits = setTimeout(() => window.htmx?.trigger(form, "sift"), after);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("#sift");
  if (!form || event.target.id === "add-to") return;
  ask(form, event.target.type === "search" ? 250 : 0);
});

// What is looked for stands in the address, so that it can be kept, sent and gone back to.
document.addEventListener("htmx:after:swap", () => {
  const form = document.querySelector("#sift");
  if (!form) return;
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) asked.append(name, value);
  history.replaceState(null, "", `?${asked}`);
});

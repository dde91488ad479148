// The print button. Everything folded is unfolded on paper.

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

let folded = [];
addEventListener("beforeprint", () => {
  folded = Array.from(document.querySelectorAll("details:not([open])"));
  for (const one of folded) one.open = true;
});
addEventListener("afterprint", () => { for (const one of folded) one.open = false; });

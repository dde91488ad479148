// What is chosen beside "Show" goes along with every step, pressed or not.

const chosen = document.querySelector(".walk-eyes");

chosen.addEventListener("change", () => {
  for (const link of document.querySelectorAll(".walk a[href]")) {
    const url = new URL(link.href);
    if (!url.pathname.endsWith("/walk")) continue;
    for (const { name, value } of chosen.querySelectorAll("select")) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    link.href = url.href;
  }
});

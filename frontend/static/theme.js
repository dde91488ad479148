// Light or dark, and the size of text: the device's choice until somebody presses; then that, remembered on this device.
// A plain script in the head, so that a dark page never flashes white and a large text never jumps.

(() => {
  const root = document.documentElement;
  const read = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* Private browsing: it holds for this page. */ } };

  const theme = (wanted) => { if (wanted) root.dataset.theme = wanted; else delete root.dataset.theme; };
  const size = (wanted) => {
    if (wanted && wanted !== "1") root.dataset.textSize = wanted; else delete root.dataset.textSize;
    for (const one of document.querySelectorAll("button[data-text-size]")) {
      one.setAttribute("aria-pressed", String(one.dataset.textSize === (wanted ?? "1")));
    }
  };
  theme(read("ttx-theme"));
  size(read("ttx-text-size"));
  document.addEventListener("DOMContentLoaded", () => size(read("ttx-text-size") ?? root.dataset.textSize));
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest?.("button[data-text-size]")?.dataset.textSize;
    if (chosen) { size(chosen); keep("ttx-text-size", chosen); }
    if (!event.target.closest?.("[data-theme-switch]")) return;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    theme(dark ? "light" : "dark");
    keep("ttx-theme", dark ? "light" : "dark");
  });
  addEventListener("storage", (event) => {
    if (event.key === "ttx-theme") theme(event.newValue);
    if (event.key === "ttx-text-size") size(event.newValue);
  });
})();

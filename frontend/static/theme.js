// Light or dark: the device's choice until somebody presses the switch; then that, remembered on this device.
// A plain script in the head, so that a dark page never flashes white.

(() => {
  const root = document.documentElement;
  const read = () => { try { return localStorage.getItem("ttx-theme"); } catch { return null; } };
  const show = (theme) => { if (theme) root.dataset.theme = theme; else delete root.dataset.theme; };
  show(read());
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-switch]")) return;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    const theme = dark ? "light" : "dark";
    show(theme);
    try { localStorage.setItem("ttx-theme", theme); } catch { /* Private browsing: it holds for this page. */ }
  });
  addEventListener("storage", (event) => { if (event.key === "ttx-theme") show(event.newValue); });
})();

// On a phone the parts of a page stand below one another: the tab of the one in view is marked.

const tabs = Array.from(document.querySelectorAll(".tabs a"));

function mark() {
  const foot = document.querySelector(".tabs").getBoundingClientRect().bottom;
  const line = foot + (innerHeight - foot) / 3;
  const shown = tabs.filter((tab) => tab.offsetParent && document.querySelector(tab.hash)?.offsetParent);
  const here = shown.findLast((tab) => document.querySelector(tab.hash).getBoundingClientRect().top < line) ?? shown[0];
  for (const tab of tabs) {
    if ((tab === here) === tab.hasAttribute("aria-current")) continue;
    if (tab === here) tab.setAttribute("aria-current", "true"); else tab.removeAttribute("aria-current");
  }
}

if (tabs.length) {
  addEventListener("scroll", mark, { passive: true });
  new ResizeObserver(mark).observe(document.querySelector("main")); // which it calls for the first time once all is laid out
}

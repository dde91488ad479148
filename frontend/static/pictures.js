// Pictures: a region is drawn once for many seats, so it only names its picture; the page knows the way there.

import { hear } from "./words.js";

const { base, act } = document.body.dataset;
const way = base ?? act?.replace(/\/do$/, "") ?? "";

function show(root) {
  for (const one of root.querySelectorAll("[data-picture]")) {
    const name = one.localName === "a" ? "href" : "src";
    const address = `${way}/pictures/${encodeURIComponent(one.dataset.picture)}`;
    if (one.getAttribute(name) !== address) one.setAttribute(name, address);
  }
}

hear("region", ({ element }) => { if (element) show(element); });

// What did not come while there was no network is asked for again once there is.
hear("link", ({ state }) => {
  if (state !== "live") return;
  for (const one of document.querySelectorAll("img[data-picture][src]")) {
    if (one.complete && !one.naturalWidth) one.src = one.getAttribute("src");
  }
});

show(document);

// The chip: how this page stands, in text, shape and colour; and what must not be pressed without a link.

import { linkState } from "./socket.js";
import { hear, word } from "./words.js";

let unsent = 0;

function chipState() {
  const link = linkState();
  if (link !== "live") return link;
  const status = document.getElementById("bar")?.dataset.status;
  return status === "paused" || status === "stopped" || status === "ended" ? status : "live";
}

function show() {
  const state = chipState();
  document.documentElement.dataset.link = linkState();
  const chip = document.getElementById("chip");
  if (chip) {
    chip.dataset.state = state;
    const text = state === "offline" && unsent ? word("unsent", unsent) : word(state);
    const label = chip.querySelector(".chip-text");
    if (label.textContent !== text) label.textContent = text;
    if (state === "out" && !chip.querySelector("a")) {
      const link = document.createElement("a");
      link.href = "/join";
      link.textContent = word("out");
      label.replaceChildren(link);
    }
  }
  const banner = document.getElementById("offline");
  const hidden = state !== "offline";
  if (banner && banner.hidden !== hidden) inPlace(() => { banner.hidden = hidden; });
  enable();
}

/** What is read or typed stays where it stands while something comes above it, as far as there is to scroll. */
function inPlace(change) {
  const top = (column) => column.firstElementChild?.getBoundingClientRect().top ?? 0;
  const stood = Array.from(document.querySelectorAll(".column"), (column) => [column, top(column)]);
  change();
  for (const [column, before] of stood) {
    const own = column.scrollHeight > column.clientHeight;
    const frame = own ? column : document.scrollingElement;
    if (own || frame.scrollTop) frame.scrollTop += top(column) - before;
  }
}

/** A control that needs the link is off without it; `data-off` is the server's own reason. */
function enable() {
  const off = linkState() !== "live";
  for (const one of document.querySelectorAll("[data-needs-live]")) {
    const wanted = off || "off" in one.dataset;
    if (one.disabled !== wanted) one.disabled = wanted;
  }
}

// A page that this device does not keep is gone with a reload while the network is.
hear("kept", ({ kept, late }) => {
  if (late !== undefined) { document.documentElement.dataset.keptLate = String(late); return; }
  document.documentElement.dataset.kept = String(kept);
  for (const one of document.querySelectorAll("[data-plain-http]")) one.hidden = kept;
});

hear("link", show);
hear("drawn", show);
hear("unsent", ({ count }) => { unsent = count; show(); });
show();

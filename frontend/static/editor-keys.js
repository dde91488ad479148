// The editor's keys. Letters do nothing while somebody types; Ctrl+S saves from everywhere.

import { typing, undo } from "./author-undo.js";
import { act, current, rows, typedMeanwhile } from "./editor-acts.js";
import { fieldAt } from "./editor-focus.js";
import { save } from "./editor-form.js";
import { hear } from "./words.js";

// Whoever was typing goes on typing until he leaves the field himself. When something else takes the focus from him, or
// the field is closed, his next letters are words still and must not act.
let writing = false;
document.addEventListener("input", (event) => { if (event.isTrusted && typing(event.target)) writing = true; }, true);
for (const left of ["pointerdown", "click"]) document.addEventListener(left, () => { writing = false; }, true);

document.addEventListener("keydown", (event) => {
  const { key } = event;
  if (["Escape", "Tab"].includes(key)) writing = false;
  if (document.querySelector("dialog[open]")) return;
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "s") {
    event.preventDefault();
    save();
    return;
  }
  if (key === "Escape" && document.getElementById("piece").contains(event.target)) {
    document.querySelector("[data-row][aria-current], .part[aria-current]")?.focus();
    return;
  }
  if (typing(event.target)) return;
  if (!event.ctrlKey && !event.metaKey && !event.altKey && (writing || typedMeanwhile(event))) return;
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && key.toLowerCase() === "z") {
    event.preventDefault();
    undo();
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  const inList = Boolean(event.target.closest?.("#agenda"));
  if (event.altKey) {
    const session = event.target.closest?.("[data-session]") || (!current() && document.querySelector("[data-session][aria-current]"));
    if (["ArrowUp", "ArrowDown"].includes(key) && (session || current())) {
      event.preventDefault();
      if (session) act(key === "ArrowUp" ? "session-up" : "session-down", session);
      else act(key === "ArrowUp" ? "up" : "down");
    }
    return;
  }
  const plain = { "?": () => document.getElementById("keys").showModal(), n: () => act("new"), d: () => act("duplicate") }[key];
  if (plain) {
    event.preventDefault();
    plain();
  } else if (key === "j" || key === "k" || (inList && ["ArrowDown", "ArrowUp"].includes(key))) {
    event.preventDefault();
    walk(key === "j" || key === "ArrowDown" ? 1 : -1);
  } else if (inList && ["Home", "End"].includes(key)) {
    event.preventDefault();
    rows().at(key === "Home" ? 0 : -1)?.focus();
  } else if (key === "Delete" && (inList || event.target === document.body)) {
    event.preventDefault();
    act("delete");
  }
});

function walk(by) {
  const all = document.querySelector(".blocks") ? rows() : Array.from(document.querySelectorAll(".part"));
  const now = document.activeElement?.closest?.(".row") ?? document.querySelector(".row[aria-current]");
  const at = all.indexOf(now);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

// The parts of the form that is open: the one in sight is marked, or the one that was just picked.
let picked = null;
function watch() {
  const pane = document.getElementById("piece");
  const links = Array.from(document.querySelectorAll(".piece-nav a"));
  if (!links.length) return;
  const parts = links.map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean);
  const top = pane.getBoundingClientRect().top;
  const now = parts.filter((one) => one.getBoundingClientRect().top < Math.max(top, 0) + 130).at(-1) ?? parts[0];
  const end = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 8 && pane.scrollTop > 0;
  for (const link of links) {
    const wanted = parts.find((one) => one.id === picked) ?? (end ? parts.at(-1) : now);
    if (link.hash.slice(1) === wanted?.id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
document.addEventListener("scroll", watch, { passive: true, capture: true });
hear("opened", watch);
watch();

// A part of the form, and the focus with it. Not as an address: that would be a new page to the browser's history.
document.addEventListener("click", (event) => {
  const part = document.getElementById(event.target.closest?.(".piece-nav a")?.hash.slice(1) ?? "");
  if (!part) return;
  event.preventDefault();
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
  part.scrollIntoView({ block: "start" });
  picked = part.id;
  watch();
  setTimeout(() => { picked = null; }, 300); // The scrolling that this began is over.
});

// A finding leads to its field.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-to-field]");
  const slot = link && slots().find((one) => one.dataset.found === link.dataset.toField);
  if (!slot) return;
  event.preventDefault();
  show(slot, link.dataset.at);
});
hear("found", ({ finding, at }) => {
  const slot = slots().find((one) => one.dataset.found && one.textContent.includes(finding));
  if (slot) show(slot, at);
});

const CONTROLS = "input:not([type=hidden]), select, textarea, button";
const slots = () => Array.from(document.querySelectorAll("#form [data-found]")).filter((one) => !one.closest("template"));

/** The field that a path names has the focus, or the first one beside the finding, and the finding is in sight. */
function show(slot, path) {
  const named = fieldAt(document.getElementById("form"), path);
  const field = slot.parentElement.contains(named) && !named.closest("[hidden]") ? named : slot.parentElement;
  for (let one = field; one; one = one.parentElement.closest("details")) {
    if (one.tagName === "DETAILS") one.open = true;
    if (!one.parentElement) break;
  }
  slot.scrollIntoView({ block: "center" });
  const control = field.matches(CONTROLS) ? field : field.querySelector(CONTROLS);
  control?.focus({ preventScroll: true });
  if (control && field !== slot.parentElement) control.scrollIntoView({ block: "nearest" });
}

// The picture of a replay: another page as it was, in a frame of its own where no script runs and nothing is sent.
//
// One picture is asked for at a time, and then the one that is wanted by then: whoever drags the scrubber waits for
// nothing in between. What changed is put in where it stands, so that the page neither flashes nor jumps.

import { clearHall, leftOf, onTheWall, showCountdown, zoneOf } from "./faces.js";
import { lay } from "./turning.js";
import { tell, word } from "./words.js";

const SIZES = { plenary: [1920, 1080], console: [1440, 900] };
const SIZE = [1024, 768]; // a tablet's
const KEEP = 120; // pictures kept in this page

const stage = document.querySelector("[data-stage]");
const frame = document.querySelector("[data-frame]");
const { at, pictures } = document.body.dataset;

const kept = new Map(); // address -> its HTML, the one used last at the end
let whose = "";
let page = "";
let wanted = null; // the seq to be shown
let shown = null; // the address of what is shown
let busy = false;
let moment = 0; // ms, the time the picture tells

/** Whose page it is, and which kind of page that is. */
export function choose(key, kind) {
  [whose, page, shown] = [key, kind, null];
  frame.dataset.page = kind;
  fit();
}

/** Show the page as it was after an entry. */
export function show(seq) {
  wanted = seq;
  if (!busy) pump();
}

/** The picture's clock and countdown say this moment. */
export function tellTime(ms) {
  moment = ms;
  const inside = frame.contentDocument;
  if (!inside || !shown) return;
  const clock = inside.getElementById("clock");
  if (clock) {
    const text = onTheWall(ms, zoneOf(clock));
    if (clock.textContent !== text) clock.textContent = text;
  }
  const timer = inside.getElementById("timer");
  const rest = leftOf(timer, ms);
  if (rest !== null && timer.querySelector("[data-tick]")) showCountdown(timer, rest, word("timeup"));
  if (page === "plenary") clearHall(inside, ms);
}

const addressOf = (seq) => `${at}${seq}?as=${encodeURIComponent(whose)}`;

async function pump() {
  busy = true;
  while (wanted !== null && addressOf(wanted) !== shown) {
    const address = addressOf(wanted);
    stage.ariaBusy = "true";
    try {
      const html = await bring(address);
      if (address === addressOf(wanted)) await put(html, address);
      tell("picture", { why: null });
    } catch (fault) {
      tell("picture", { why: fault.message });
      break;
    }
  }
  stage.ariaBusy = "false";
  busy = false;
}

async function bring(address) {
  let html = kept.get(address);
  if (html === undefined) {
    const response = await fetch(address, { credentials: "same-origin" }).catch(() => { throw new Error(word("gone")); });
    if (!response.ok) throw new Error(word("late"));
    html = await response.text();
  }
  kept.delete(address);
  kept.set(address, html);
  if (kept.size > KEEP) kept.delete(kept.keys().next().value);
  return html;
}

async function put(html, address) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const one of fresh.querySelectorAll("script, noscript")) one.remove();
  for (const one of fresh.querySelectorAll("[autofocus]")) one.removeAttribute("autofocus");
  for (const one of fresh.querySelectorAll("[data-picture]")) {
    one.setAttribute(one.localName === "a" ? "href" : "src", pictures + encodeURIComponent(one.dataset.picture));
  }
  if (shown === null) {
    // The frame is filled from here instead of led to an address: so no page has to let itself be framed.
    const loaded = new Promise((done) => { frame.addEventListener("load", done, { once: true }); });
    frame.srcdoc = `<!doctype html>${fresh.documentElement.outerHTML}`;
    await loaded;
  } else {
    settle(frame.contentDocument.body, fresh.body);
  }
  shown = address;
  colour();
  if (page === "plenary") frame.contentDocument.fonts.ready.then(() => { if (page === "plenary") lay(frame.contentDocument); });
  tellTime(moment);
}

/** Make an element what it should be, keeping every part of it that is so already. */
function settle(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeName !== fresh.nodeName || old.nodeType !== Node.ELEMENT_NODE) { old.replaceWith(fresh); return; }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const named = new Map();
  for (const one of old.children) if (one.id) named.set(one.id, one);
  let next = old.firstChild;
  for (const one of [...fresh.childNodes]) {
    const same = one.id ? named.get(one.id) : next && !next.id && next.nodeName === one.nodeName ? next : null;
    if (!same) { old.insertBefore(one, next); continue; }
    if (same === next) next = next.nextSibling;
    else old.insertBefore(same, next);
    settle(same, one);
  }
  while (next) { const after = next.nextSibling; next.remove(); next = after; }
}

function colour() {
  const theme = document.documentElement.dataset.theme;
  const root = frame.contentDocument?.documentElement;
  if (!root) return;
  if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
}
new MutationObserver(colour).observe(document.documentElement, { attributeFilter: ["data-theme"] });

/** The page has the size it has on its own device, and is shown as large as there is room. */
function fit() {
  const [width, height] = SIZES[page] ?? SIZE;
  const scale = Math.min(stage.clientWidth / width, stage.clientHeight / height);
  Object.assign(frame.style, {
    inlineSize: `${width}px`,
    blockSize: `${height}px`,
    transform: `translate(${(stage.clientWidth - width * scale) / 2}px, ${(stage.clientHeight - height * scale) / 2}px) scale(${scale})`,
  });
}
new ResizeObserver(fit).observe(stage);

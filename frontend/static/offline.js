// What this device keeps so that a page comes back without a network: the page as it was drawn is the worker's, and
// what its socket brought since is written down here. A page that was drawn earlier than that takes it in like a frame.
//
// Only on https and on this machine itself; where nothing is kept the page says that it must not be reloaded.

import { onTheWall, zoneOf } from "./faces.js";
import { isWeak } from "./keeping.js";
import { lateParts } from "./late.js";
import { lastHeard, linkState, standsAt } from "./socket.js";
import { hear, tell, word } from "./words.js";

const SOON = 400; // ms until what has come is written down
const BRIEFLY = 8000; // ms a page waits at its start for what was kept: milliseconds, but on a tablet that is very busy
const page = document.body.dataset;
const CACHE = `ttx-seat-${page.seat}`;
const KEY = `${location.pathname}/kept${location.search}`;
const drawn = Number(page.seq) || 0;
const clock = document.getElementById("clock");
const keeps = "keeps" in page && "caches" in window && "serviceWorker" in navigator;
// At a first visit no worker saw the page come. This is the first module, so it still stands as it came but for htmx's marks.
const came = keeps && !navigator.serviceWorker.controller
  ? `<!doctype html>\n${document.documentElement.outerHTML.replaceAll(/ data-htmx-powered="[^"]*"/g, "")}` : null;

const lang = document.documentElement.lang;
let since = { epoch: page.epoch, lang, base: drawn, seq: drawn, at: 0, regions: {}, gone: [] };
let timer = 0;
let shown = Number(clock?.dataset.at) || 0; // when the page was drawn, or the kept frames came
let gone = false; // this device has no seat here: nothing is written any more

/** Take in what was kept of this page, if it is of the same history and newer than what was drawn. */
export async function takeKept() {
  if (!keeps) return;
  const kept = await Promise.race([read(), new Promise((resolve) => { setTimeout(resolve, BRIEFLY, null); })]);
  if (!kept || kept.epoch !== page.epoch || kept.lang !== lang || kept.base > drawn) return;
  shown = Math.max(shown, kept.at);
  tellSince();
  if (kept.seq <= drawn) return;
  since = kept;
  tell("frame", { seq: kept.seq, regions: kept.regions, gone: kept.gone, quiet: true });
  standsAt(kept.seq);
}

async function read() {
  try { return await (await (await caches.open(CACHE)).match(KEY))?.json() ?? null; } catch { return null; }
}

async function write() {
  clearTimeout(timer);
  timer = 0;
  if (gone) return;
  since.at = standsSince();
  try {
    // The worker makes this cache and takes it away; a page that is on its way out must not make it anew.
    if (!await caches.has(CACHE)) return;
    const cache = await caches.open(CACHE);
    await cache.put(KEY, new Response(JSON.stringify(since), { headers: { "content-type": "application/json" } }));
    if (gone) await caches.delete(CACHE);
  } catch { /* It is full: the page comes back as it was, and catches up. */ }
}

if (keeps) {
  hear("frame", (frame) => {
    if (frame.quiet) return;
    for (const [id, html] of Object.entries(frame.regions ?? {})) since.regions[id] = html;
    for (const id of frame.gone ?? []) delete since.regions[id];
    const back = new Set(Object.keys(frame.regions ?? {}));
    since.gone = [...new Set([...since.gone, ...frame.gone ?? []])].filter((id) => !back.has(id));
    since.seq = Math.max(since.seq, frame.seq ?? 0);
    timer ||= setTimeout(write, SOON);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) write(); });
  addEventListener("pagehide", write);
  register();
} else tell("kept", { kept: false });

async function register() {
  let registration;
  try {
    registration = await navigator.serviceWorker.register("/worker.js", { updateViaCache: "none" });
  } catch {
    tell("kept", { kept: false }); // a certificate that was clicked through is not enough
    return;
  }
  navigator.serviceWorker.addEventListener("message", ({ data }) => { if ("kept" in data || "late" in data) tell("kept", data); });
  if (!navigator.serviceWorker.controller) await new Promise((resolve) => { navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }); });
  if (document.readyState !== "complete") await new Promise((resolve) => { addEventListener("load", resolve, { once: true }); });
  const files = performance.getEntriesByType("resource").map((one) => one.name.split("#")[0]);
  const late = lateParts().map((one) => new URL(one, location.href).href);
  navigator.serviceWorker.controller?.postMessage({ keep: { page: location.href.split("#")[0], files: [...new Set(files)], late, drawn: came } });
  offerNewer(registration);
}

// A new release: its worker waits, this page goes on, and whoever reads it says when.

function offerNewer(registration) {
  const offer = document.getElementById("newer");
  const button = offer?.querySelector("button");
  if (!button) return;
  const look = () => { offer.hidden = !registration.waiting; };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  look();
  button.addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    if (registration.waiting) registration.waiting.postMessage({ takeOver: true }); else location.reload();
  });
  // A server that was away may be another one now.
  let away = false;
  hear("link", ({ state }) => {
    if (state === "offline") away = true;
    if (state !== "live" || !away) return;
    away = false;
    registration.update().catch(() => {});
  });
}

// Without a link the page says since when it stands.

/** The moment this page shows, in the server's time in ms. */
export const standsSince = () => Math.max(shown, lastHeard());

function tellSince() {
  const text = word("asof").replace("%t", onTheWall(standsSince(), zoneOf(clock)));
  for (const place of document.querySelectorAll("[data-as-of]")) place.textContent = text;
}

hear("link", ({ state }) => {
  if (state === "offline") {
    tellSince();
    if (keeps && lastHeard()) write();
  }
  if (state === "out") leave();
});
tellSince();

// The history is another one, or this seat is at another table: what was kept belongs to none.
hear("resync", async () => { await forget(); location.reload(); });

async function forget() {
  gone = true;
  navigator.serviceWorker?.controller?.postMessage({ forget: page.seat });
  try { await caches.delete(CACHE); } catch { /* There are none. */ }
}

/** This device has no seat here any more: nothing of it stays, on disk or on the screen. Typed words stay kept. */
async function leave() {
  await forget();
  if (!isWeak() && linkState() === "out") location.reload();
}

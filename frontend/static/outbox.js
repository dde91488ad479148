// Sending: one request after the other, each under its own key, until the server has taken it. What is sent is an
// answer, a vote, whatever must not be lost; `about` is the region it belongs to, and what is newer replaces what
// still waits for the same. What is to come from nobody has an address of its own (`raw.to`) and goes without the cookie.
//
// 2xx removes it. No network, 5xx, 401, 403, 408, 425 and 429 keep it for another try; another 4xx hands it back.

import { hear, tell, uuid } from "./words.js";
import * as keeping from "./keeping.js";

const KEEP = new Set([401, 403, 408, 425, 429]);
const FIRST = 800; // ms before another try, doubling
const LONGEST = 15_000;
const PATIENCE = 12_000; // ms for one attempt
const TURN = 5000; // ms to wait for another tab

let items = [];
let running = false;
let again = false;
let tries = 0;
let timer = 0;
let current = null;
let changes = 0; // what this page put in or took out

const api = document.body.dataset.api;

/** What waits for a region, if anything. */
export const waitingFor = (about) => items.findLast((one) => one.about === about) ?? null;

/** Everything that waits, oldest first. */
export const unsent = () => [...items];

/** Put a request on its way; `raw` comes back with it. It is on this tablet's disk, as far as it has one, when this
    returns. Without `replaces` it stands beside what waits for the same region, as one note does beside another. */
export async function send(about, request, raw, replaces = true) {
  const item = { key: uuid(), seat: document.body.dataset.seat, exercise: document.body.dataset.exercise, about, request, raw, at: Date.now() };
  changes += 1;
  const old = replaces ? items.filter((one) => one.about === about && one !== current) : [];
  await keeping.post(item, old.map((one) => one.key));
  changes += 1;
  items = [...items.filter((one) => !old.includes(one)), item];
  count();
  others?.postMessage({ waiting: true });
  tries = 0;
  pump();
  return item;
}

function count() {
  tell("unsent", { count: items.length });
}

/** Send what waits, now. */
export async function pump() {
  clearTimeout(timer);
  if (running) { again = true; return; }
  running = true;
  const kept = await inTurn(round);
  running = false;
  if (again) { again = false; pump(); return; }
  if (kept) timer = setTimeout(pump, Math.min(LONGEST, FIRST * 2 ** tries++) * (0.5 + Math.random() / 2));
  else tries = 0;
}

/** Try everything that waits, once; says whether something still does. */
async function round() {
  let kept = false;
  for (const item of [...items]) {
    if (!items.includes(item)) continue;
    if (!await keeping.isWaiting(item.key)) { items = items.filter((one) => one !== item); count(); continue; }
    current = item;
    const went = await attempt(item);
    current = null;
    if (went === "kept") kept = true;
    if (went === "lost") return true;
  }
  return kept;
}

/** One tab of a seat after the other, so that an older answer never follows a newer one. A tab that was put to sleep
    while it was at it is not waited for: each item has its key, and the server takes it once. */
async function inTurn(work) {
  if (!navigator.locks) return work();
  const patience = new AbortController();
  const timeout = setTimeout(() => patience.abort(), TURN);
  let begun = false;
  try {
    return await navigator.locks.request(`ttx-outbox-${document.body.dataset.seat}`, { signal: patience.signal }, () => {
      begun = true;
      clearTimeout(timeout);
      return work();
    });
  } catch (fault) {
    if (begun) throw fault;
    return work();
  }
}

async function attempt(item) {
  const patience = new AbortController();
  const timeout = setTimeout(() => patience.abort(), PATIENCE);
  tell("sending", { item });
  let response;
  let said = {};
  try {
    const { to } = item.raw ?? {};
    response = await fetch(to ?? api, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": item.key, "Ttx-Epoch": document.body.dataset.epoch },
      body: JSON.stringify(item.request),
      credentials: to ? "omit" : "same-origin",
      referrerPolicy: to ? "no-referrer" : "",
      signal: patience.signal,
    });
    said = await response.json().catch(() => ({}));
  } catch {
    tell("unsendable", { item, why: null });
    return "lost";
  } finally {
    clearTimeout(timeout);
  }
  if (response.ok) {
    await done("sent", { item, seq: said.seq });
    return "sent";
  }
  if (response.status >= 500 || KEEP.has(response.status)) {
    tell("unsendable", { item, why: said.refused ?? null });
    return "kept";
  }
  await done("refused", { item, why: said.refused ?? `${response.status}` });
  return "refused";
}

// Several tabs of one seat have one outbox: each shows what waits, and what became of it.

const others = "BroadcastChannel" in window ? new BroadcastChannel(`ttx-outbox-${document.body.dataset.seat}`) : null;

/** An item waits no more. What became of it is told before how many do: else its card, for a moment, has no answer. */
async function done(what, detail) {
  changes += 1;
  await keeping.taken(detail.item.key);
  others?.postMessage({ what, detail });
  over(what, detail);
}

function over(what, detail) {
  items = items.filter((one) => one.key !== detail.item.key);
  tell(what, detail);
  count();
}

others?.addEventListener("message", async ({ data }) => {
  if (data.waiting) {
    await read();
    clearTimeout(timer);
    timer = setTimeout(pump, TURN); // that tab may be gone by then
    return;
  }
  over(data.what, data.detail);
});

hear("link", ({ state }) => { if (state === "live" && items.length) { tries = 0; pump(); } });
addEventListener("online", () => { if (items.length) pump(); });

/** Find what an earlier page left behind, and send it. */
export async function resume() {
  await read();
  if (items.length) pump();
}

/** Know what waits on this device, and no longer what another tab has replaced. */
async function read() {
  let before;
  let found;
  do { // what this page itself did meanwhile is not in what was read
    before = changes;
    found = (await keeping.waiting()).map(asRequest);
  } while (before !== changes);
  const known = new Map(items.map((one) => [one.key, one]));
  items = found.map((one) => known.get(one.key) ?? one);
  if (current && !items.includes(current)) items.unshift(current);
  count();
}

hear("late", resume);

// What the server may never have got is worth a question before the page goes.
addEventListener("beforeunload", (event) => { if (keeping.isWeak()) event.preventDefault(); });

/** An item that a page before version 0.3 left behind held an answer and nothing else. */
function asRequest(item) {
  if (item.request) return item;
  const { inject, question, answer } = item;
  return { ...item, about: `question:${inject}:${question}`, request: { do: "respond", inject, question, answer } };
}

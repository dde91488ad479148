// The service worker: what a page needs to load without a network, and nothing else. The server puts
// RELEASE and the HEADERS of pages before it.
//
// Shells, one a release: the static files, which never change under their address. Seats, one cache each: the pages the
// server marked `ttx-keeps`, their pictures, and what their sockets brought since (written by offline.js). A page is
// asked from the server first; the kept one is shown when that does not answer. A seat's cache goes as soon as the
// server says that this device does not sit there.
//
// A new worker waits until a page asks for it, and no page needs it: it loads what its own address names.

/* global RELEASE, HEADERS */

const PATIENCE = 3000; // ms for the server, where a kept page can be shown instead
const LATER = 1000; // ms in which a page that closes may still write
const QUIET = 2000; // ms after a page is kept until what it opens later is loaded
const KEEPS = "ttx-keeps";
const shellOf = (release) => `ttx-shell-${release}`;
const seatCache = (seat) => `ttx-seat-${seat}`;
const forgotten = new Map(); // seat -> how often it was forgotten: what was asked for before that is not kept

self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), tidy()])));

self.addEventListener("message", (event) => {
  const { keep, forget: seat, takeOver } = event.data ?? {};
  if (takeOver) event.waitUntil(self.skipWaiting());
  if (seat) event.waitUntil(forget(seat));
  if (!keep) return;
  event.waitUntil(keepAll(keep).then(async (kept) => {
    event.source?.postMessage({ kept });
    await after(QUIET);
    event.source?.postMessage({ late: await keepLate(keep.late) });
  }));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname === "/logout") event.waitUntil(forgetAll());
  if (request.method !== "GET") return;
  const release = releaseOf(url);
  const seat = seatOf(url);
  if (release) event.respondWith(fromShell(event, release));
  else if (seat && request.mode === "navigate") event.respondWith(fromServer(event, seat, PATIENCE));
  else if (seat && url.pathname.includes("/pictures/")) event.respondWith(fromServer(event, seat, Infinity));
});

const releaseOf = (url) => url.pathname.match(/^\/static\/([0-9a-f]{12})\//)?.[1];
const seatOf = (url) => url.pathname.match(/^\/s\/([^/]+)/)?.[1];

/** What is under an address in a cache; nothing where the browser has no room for caches. */
async function found(cache, address) {
  try { return await (await caches.open(cache)).match(address, { ignoreVary: true }); } catch { return undefined; }
}

/** Put a copy into a cache; says whether it is there. */
async function put(cache, address, response) {
  try { await (await caches.open(cache)).put(address, response); return true; } catch { return false; /* It is full. */ }
}

/** A file of a release: kept for good once it was loaded. */
async function fromShell(event, release) {
  const { request } = event;
  const kept = await found(shellOf(release), request.url);
  if (kept) return kept;
  const response = await fetch(request);
  // What answers for another release says that it is not to be kept.
  if (response.ok && response.headers.get("cache-control")?.includes("immutable")) {
    event.waitUntil(put(shellOf(release), request.url, response.clone()));
  }
  return response;
}

/** A page or picture of a seat: the server's, or the kept one when that does not answer in time. */
async function fromServer(event, seat, patience) {
  const { request } = event;
  const asked = fetch(request);
  const before = times(seat);
  event.waitUntil(asked.then((response) => stow(request, seat, response.clone(), before)).catch(() => {}));
  const kept = await found(seatCache(seat), request.url);
  if (!kept) return asked;
  const told = await Promise.race([asked.catch(() => null), after(patience)]);
  return told && told.status < 500 ? told : kept;
}

const after = (ms) => (ms === Infinity ? new Promise(() => {}) : new Promise((resolve) => { setTimeout(resolve, ms, null); }));

/** Keep what the server lets be kept. 401: this device does not sit there (any more). */
async function stow(request, seat, response, before) {
  const cache = seatCache(seat);
  if (response.status === 401) return forget(seat);
  if (response.status === 403 || response.status === 404) {
    try { await (await caches.open(cache)).delete(request.url, { ignoreVary: true }); } catch { /* There is none. */ }
  }
  const release = response.headers.get(KEEPS);
  if (!response.ok || !(release || request.url.includes("/pictures/")) || times(seat) !== before) return undefined;
  await put(cache, request.url, response);
  if (times(seat) !== before) await caches.delete(cache);
  if (release && release !== RELEASE) await tidy();
  return undefined;
}

/** Keep a page and what it has loaded: at its first visit no worker was there to see it. `drawn` is that page, which so
 *  is not asked for twice. Says whether all is kept. */
async function keepAll({ page, files, drawn }) {
  const seat = seatOf(new URL(page));
  const keepOne = async (file) => {
    const url = new URL(file);
    if (releaseOf(url)) return keepFile(file);
    if (file !== page && !(seatOf(url) === seat && url.pathname.includes("/pictures/"))) return true;
    const [request, before] = [new Request(file, { headers: { accept: "text/html" } }), times(seat)];
    if (file === page && drawn) await stow(request, seat, asSent(drawn, files), before);
    else if (await found(seatCache(seat), file)) return true;
    else await stow(request, seat, await fetch(request), before);
    return file !== page || Boolean(await found(seatCache(seat), file));
  };
  try { return (await Promise.all([...files, page].map(keepOne))).every(Boolean); } catch { return false; }
}

/** Keep what a page loads when it is first opened. Says whether all is kept. */
async function keepLate(files) {
  try { return (await Promise.all(files.map(keepFile))).every(Boolean); } catch { return false; }
}

async function keepFile(file) {
  const shell = shellOf(releaseOf(new URL(file)));
  return Boolean(await found(shell, file)) || put(shell, file, await fetch(file));
}

/** A page as the server sent it; of which release, its files tell. */
function asSent(drawn, files) {
  const release = files.map((file) => releaseOf(new URL(file))).find(Boolean) ?? RELEASE;
  const headers = { ...HEADERS, "content-type": "text/html; charset=utf-8", "cache-control": "no-store", [KEEPS]: release };
  return new Response(drawn, { headers });
}

const times = (seat) => forgotten.get(seat) ?? 0;

async function forget(seat) {
  forgotten.set(seat, times(seat) + 1);
  await caches.delete(seatCache(seat));
}

/** Somebody signs out: nothing of any seat stays on this device, nor what a page wrote while it closed. */
async function forgetAll() {
  await forgetSeats();
  await after(LATER);
  await forgetSeats();
}

async function forgetSeats() {
  const seats = (await caches.keys()).filter((name) => name.startsWith(seatCache("")));
  await Promise.all(seats.map((name) => forget(name.slice(seatCache("").length))));
}

/** Let go of the shells that no kept page is made of. */
async function tidy() {
  try {
    const names = await caches.keys();
    const needed = new Set([RELEASE]);
    for (const name of names.filter((one) => one.startsWith(seatCache("")))) {
      for (const page of await (await caches.open(name)).matchAll()) needed.add(page.headers.get(KEEPS));
    }
    const old = names.filter((name) => name.startsWith(shellOf("")) && !needed.has(name.slice(shellOf("").length)));
    await Promise.all(old.map((name) => caches.delete(name)));
  } catch { /* The browser gives no caches: there is nothing to let go of. */ }
}

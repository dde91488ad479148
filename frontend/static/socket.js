// The link to the room: one websocket that is dropped as soon as it is silent and tried again at once when there
// is a reason to hope. What the frames mean is regions.js.
//
// States told as "link": connecting, catching, live, offline, ended, out.

import { tell } from "./words.js";

const BEAT = 4000; // ms between two pings
const DEAD = 9000; // ms of silence after which a link counts as dead
const FIRST = 250; // ms before the first new attempt, doubling
const LONGEST = 3000;
const GRACE = 2000; // ms in which a link must answer after this device was asleep

const page = document.body.dataset;
let after = Number(page.seq) || 0;
let socket = null;
let state = "connecting";
let heard = 0; // when something last came, by performance.now()
let toldAt = 0; // the same in the server's time, 0 before anything came
let ticked = Date.now(); // when this page last looked, by a clock that goes on while it sleeps
let tries = 0;
let retry = 0;
let attempts = 0;
let asked = 0;
let offset = 0; // the server's clock minus ours
let best = Infinity; // the shortest round trip so far: its offset is the most exact
let begun = false;
let closed = false; // ended or signed out: no more attempts

/** The server's time now, in ms. */
export const serverNow = () => Date.now() + offset;

/** When the server was last heard, in its own time in ms; 0 if this page has not heard it. */
export const lastHeard = () => toldAt;

/** How the link stands. */
export const linkState = () => state;

/** The page shows everything up to this seq already. */
export function standsAt(seq) {
  after = Math.max(after, seq);
}

function turn(next) {
  if (state === next) return;
  state = next;
  document.documentElement.dataset.link = next;
  tell("link", { state });
}

/** Begin: what was kept of this page is in it, so the seq it stands at is known. */
export function begin() {
  begun = true;
  connect();
}

/** Connect now, if there is no link and none under way. */
function connect() {
  if (!begun || closed || socket) return;
  clearTimeout(retry);
  const url = new URL(page.live, location.href);
  // Firefox lets an address whose sockets failed wait, in the end for a minute, so each attempt has its own.
  if (attempts++) url.pathname += `/${attempts}`;
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  let mine;
  try { mine = new WebSocket(url); } catch { return later(); }
  socket = mine;
  heard = performance.now();
  mine.onopen = () => {
    if (socket !== mine) return;
    turn("catching");
    mine.send(JSON.stringify({ hello: { epoch: page.epoch, after } }));
    beat();
  };
  mine.onmessage = (event) => { if (socket === mine) receive(JSON.parse(event.data)); };
  mine.onclose = (event) => { if (socket === mine) lost(event.code); };
}

function receive(message) {
  heard = performance.now();
  toldAt = serverNow();
  if ("pong" in message) {
    const trip = heard - asked;
    if (trip < best || trip < 50) {
      best = Math.min(best, trip);
      offset = message.pong + trip / 2 - Date.now();
    }
    // The answer to the first ping comes after everything the page had missed.
    tries = 0;
    turn("live");
    return;
  }
  if ("regions" in message || "gone" in message) tell("frame", message);
  if (message.seq > after) after = message.seq;
}

function beat() {
  if (socket?.readyState !== WebSocket.OPEN) return;
  asked = performance.now();
  socket.send(JSON.stringify({ ping: Math.round(asked) }));
}

/** Say something to the room, if there is a link; what is said without one is lost. */
export function say(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

/** Let a link go without waiting for its closing handshake, which a dead network never finishes. */
function drop() {
  const old = socket;
  socket = null;
  if (!old) return;
  old.onopen = old.onmessage = old.onclose = null;
  try { old.close(); } catch { /* It is gone already. */ }
}

function lost(code) {
  drop();
  if (code === 4001) { tell("resync"); return; }
  if (code === 4003 || code === 4401) {
    closed = true;
    turn(code === 4003 ? "ended" : "out");
    return;
  }
  later();
}

function later() {
  if (closed) return;
  turn("offline");
  const wait = Math.min(LONGEST, FIRST * 2 ** tries++) * (0.5 + Math.random() / 2);
  clearTimeout(retry);
  retry = setTimeout(connect, wait);
}

/** There is reason to believe the network is back: look at once. */
function hope() {
  if (closed || slept()) return;
  if (!socket) { tries = 0; connect(); return; }
  if (performance.now() - heard > DEAD) { drop(); tries = 0; turn("offline"); connect(); return; }
  beat();
}

/** Whether this page has just woken. Its link may be dead without a sign, so it has to answer before it counts again:
    the clock that measures silence may have slept too. */
function slept() {
  const gap = Date.now() - ticked;
  ticked = Date.now();
  if (gap < DEAD || closed) return false;
  tries = 0;
  if (!socket) { connect(); return true; }
  turn("catching");
  heard = performance.now() - DEAD + GRACE;
  beat();
  return true;
}

function look() {
  if (slept() || !socket || performance.now() - heard <= DEAD) return;
  drop();
  later();
}

setInterval(() => { look(); beat(); }, BEAT);

// The beat may fall late in a page that is in the background; this looks more often and sends nothing.
setInterval(look, 1000);

addEventListener("online", hope);
addEventListener("focus", hope);
// A page that goes into the browser's back/forward cache lets its link go, and is connecting when it comes back.
addEventListener("pagehide", (event) => { if (event.persisted) drop(); });
addEventListener("pageshow", (event) => {
  if (event.persisted && !closed) { drop(); tries = 0; turn("connecting"); }
  hope();
});
addEventListener("offline", () => { if (socket) { drop(); later(); } });
document.addEventListener("resume", hope);
document.addEventListener("visibilitychange", () => { if (!document.hidden) hope(); });
document.addEventListener("ttx:reconnect", hope);

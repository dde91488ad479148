// The link to the room: one websocket that is dropped as soon as it is silent and tried again at once when there
// is a reason to hope. What the frames mean is regions.js.
//
// States told as "link": connecting, catching, live, offline, ended, out.

import { tell } from "./words.js";

const BEAT = 4000; // ms between two pings
const DEAD = 9000; // ms of silence after which a link counts as dead
const FIRST = 250; // ms before the first new attempt, doubling
const LONGEST = 3000;

const page = document.body.dataset;
let after = Number(page.seq) || 0;
let socket = null;
let state = "connecting";
let heard = 0; // when something last came, by performance.now()
let tries = 0;
let retry = 0;
let asked = 0;
let offset = 0; // the server's clock minus ours
let best = Infinity; // the shortest round trip so far: its offset is the most exact
let closed = false; // ended or signed out: no more attempts

/** The server's time now, in ms. */
export const serverNow = () => Date.now() + offset;

/** How the link stands. */
export const linkState = () => state;

function turn(next) {
  if (state === next) return;
  state = next;
  document.documentElement.dataset.link = next;
  tell("link", { state });
}

/** Connect now, if there is no link and none under way. */
export function connect() {
  if (closed || socket) return;
  clearTimeout(retry);
  const url = new URL(page.live, location.href);
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
  if (code === 4001) { location.reload(); return; }
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
  if (closed) return;
  if (!socket) { tries = 0; connect(); return; }
  if (performance.now() - heard > DEAD) { drop(); tries = 0; turn("offline"); connect(); return; }
  beat();
}

setInterval(() => {
  if (!socket) return;
  if (performance.now() - heard > DEAD) { drop(); later(); return; }
  beat();
}, BEAT);

// The beat may fall late in a page that is in the background; this looks more often and sends nothing.
setInterval(() => { if (socket && performance.now() - heard > DEAD) { drop(); later(); } }, 1000);

addEventListener("online", hope);
addEventListener("focus", hope);
addEventListener("pageshow", (event) => { if (event.persisted) { drop(); tries = 0; } hope(); });
addEventListener("offline", () => { if (socket) { drop(); later(); } });
document.addEventListener("visibilitychange", () => { if (!document.hidden) hope(); });
document.addEventListener("ttx:reconnect", hope);

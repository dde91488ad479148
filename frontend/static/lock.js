// The lock before an unattended page: after minutes without a hand, or by a press on [data-lock]. The page below goes on,
// out of sight and reach. One lock shuts every page of this browser; the hall's screen and tablets have none.

import { ready, use } from "./passkeys.js";
import { hear } from "./words.js";

const HANDS = "ttx-hands"; // when somebody last touched a page of this browser
const SHUT = "ttx-locked";
const lock = document.getElementById("lock");
const { standing, minutes } = lock.dataset; // standing: the page is nothing but the lock, and leads there
const form = lock.querySelector("[data-lock-open]");
const field = form.elements.password;
const why = form.querySelector("[data-passkey-why]");
let touched = Date.now();
let told = 0; // when the other pages were told of a hand
let known = false; // the server knows that it is locked

const read = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
const keep = (name, value) => {
  try { if (value === null) localStorage.removeItem(name); else localStorage.setItem(name, value); } catch { /* Each page by itself, then. */ }
};
const shut = () => document.documentElement.dataset.locked !== undefined;

/** Tell the server, which refuses everything until it is opened; as long as it takes. */
async function tell() {
  if (known || !shut()) return;
  const reply = await fetch("/lock", { method: "POST" }).catch(() => null);
  known ||= reply?.ok === true;
}

function close() {
  if (shut()) return;
  document.documentElement.dataset.locked = "";
  known = false;
  keep(SHUT, "1");
  form.reset();
  why.hidden = true;
  lock.showModal();
  field.focus();
  tell();
}

function open() {
  if (standing) { location.assign(standing); return; }
  delete document.documentElement.dataset.locked;
  touched = Date.now();
  lock.close();
}

async function tries(what) {
  why.hidden = true;
  try {
    await what();
    keep(SHUT, null);
    keep(HANDS, String(Date.now()));
    open();
  } catch (fault) {
    why.textContent = fault.message;
    why.hidden = false;
    field.select();
  }
}

async function typed() {
  const sent = { method: "POST", headers: { accept: "application/json" }, body: new URLSearchParams(new FormData(form)) };
  const reply = await fetch("/lock/open", sent).catch(() => null);
  if (reply?.ok) return;
  const said = await reply?.json().catch(() => ({}));
  throw new Error(said?.refused ?? "The server did not answer. Try again when it is back.");
}

form.addEventListener("submit", (event) => { event.preventDefault(); tries(typed); });
lock.querySelector("[data-lock-leave]").addEventListener("submit", () => keep(SHUT, null));
const key = form.querySelector("[data-lock-passkey]");
if (key) {
  key.hidden = !ready;
  key.addEventListener("click", () => tries(() => use("/lock/passkey")));
}

function hand() {
  touched = Date.now();
  if (touched - told < 5000 || shut()) return;
  told = touched;
  keep(HANDS, String(touched));
}

if (!standing) {
  for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
    addEventListener(kind, hand, { capture: true, passive: true });
  }
  // No key of the page below does anything, and none lets the lock go.
  addEventListener("keydown", (event) => {
    if (!shut()) return;
    event.stopImmediatePropagation();
    if (event.key === "Escape") event.preventDefault();
  }, { capture: true });
  lock.addEventListener("cancel", (event) => event.preventDefault());
  lock.addEventListener("close", () => { if (shut()) lock.showModal(); });
  document.addEventListener("click", (event) => { if (event.target.closest?.("[data-lock]")) close(); });
  addEventListener("storage", (event) => {
    if (event.key !== SHUT) return;
    if (event.newValue !== null) close(); else if (shut()) open();
  });
  addEventListener("pageshow", (event) => { if (event.persisted && read(SHUT) !== null) close(); });
  setInterval(() => {
    tell();
    const last = Math.max(touched, Number(read(HANDS)) || 0);
    if (Number(minutes) && Date.now() - last > Number(minutes) * 60_000) close();
  }, 5000);
  if (read(SHUT) !== null) close();

  // An emergency is told before the lock, too.
  const stop = () => {
    const place = form.querySelector("[data-lock-stop]");
    const title = document.querySelector("#stop[data-stopped] h2");
    place.hidden = !title;
    place.textContent = title?.textContent ?? "";
  };
  hear("drawn", stop);
  stop();
}

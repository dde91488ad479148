// How an authors' page talks to the server: one request to change something, and the question whether others did.

import { toast } from "./toasts.js";
import { hear, tell, uuid, word } from "./words.js";

const page = document.body.dataset;

/** The address of this author's pages. */
export const base = page.base;

const EVERY = 3000; // ms between two looks at what others did
let head = Number(page.head) || 0;
let said = page.said; // stands for the comments as this page shows them
let offline = false;
let shut = false; // this device has no place here any more

/** How far the draft was when this page was last drawn. */
export const drawnAt = () => head;

/** The page now shows the draft as of this change, and the comments that these words stand for, if they are given. */
export function drawn(seq, comments = said) {
  head = Math.max(head, Number(seq) || 0);
  said = comments;
}

/** The words in the header: `state` is current, unsaved, saving, saved, failed or offline. */
export function stands(state, text) {
  const place = document.getElementById("saved");
  if (!place || (place.dataset.state === state && place.textContent === text)) return;
  place.dataset.state = state;
  place.textContent = text;
}

const keys = new Map(); // what was sent without an answer, and under which key

/**
 * Ask for a change. `{ok, status, data}`; status 0 is no answer. The same words sent again after no answer came are
 * the same request, and the server does it once.
 */
export async function ask(body) {
  const said = JSON.stringify(body);
  const key = keys.get(said) ?? uuid();
  keys.set(said, key);
  let reply;
  try {
    reply = await fetch(`${base}/do`, {
      method: "POST", body: said, signal: AbortSignal.timeout?.(20_000),
      headers: { "Content-Type": "application/json", Accept: "application/json", "Idempotency-Key": key },
    });
  } catch {
    return { ok: false, status: 0, data: { refused: word("noanswer") } };
  }
  if (reply.status < 500) keys.delete(said);
  let data = {};
  try { data = await reply.json(); } catch { /* A proxy's page, perhaps. */ }
  if (reply.status === 401) data.refused = word("signedout");
  return { ok: reply.ok, status: reply.status, data: reply.ok ? data : { refused: word("wrong"), ...data } };
}

/** Ask for a change, and draw the page anew once it is made; a refusal is said. */
export async function done(body) {
  const { ok, data } = await ask(body);
  if (!ok) { toast(data.refused); return; }
  sessionStorage.setItem("author-did", data.sentence ?? "");
  location.reload();
}

/** After `done` drew the page anew: what was done is said, and who works by keyboard stands at the page's content. */
export function tellDone() {
  const did = sessionStorage.getItem("author-did");
  if (did === null) return;
  sessionStorage.removeItem("author-did");
  if (did) toast(did, "good");
  document.getElementById("main")?.focus({ preventScroll: true });
}

/** A page of ours as a document; null if it could not be had. */
export async function fetched(url) {
  try {
    const reply = await fetch(url, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout?.(20_000) });
    if (!reply.ok && reply.status !== 404) return null;
    return new DOMParser().parseFromString(await reply.text(), "text/html");
  } catch {
    lost();
    return null;
  }
}

async function look() {
  if (document.hidden) return;
  try {
    const reply = await fetch(`${base}/now`, { headers: { Accept: "application/json" } });
    if (reply.status === 401 || reply.status === 403) {
      stands("failed", word("signedout"));
      if (!shut) tell("shut");
      shut = true;
      return;
    }
    if (!reply.ok) return;
    if (shut) { shut = false; tell("online"); tell("reopened"); }
    const now = await reply.json();
    if (offline) { offline = false; tell("online"); }
    if (now.head > head) { head = now.head; tell("others", now); }
    if (now.said !== said) { said = now.said; tell("said", now); }
  } catch {
    lost();
  }
}

function lost() {
  offline = true;
  stands("offline", word("offline"));
}

/** Whether the server answered when it was last asked. */
export const reached = () => !offline;

// Without a server a link would lead to the browser's own page of an error, and away from what is typed here.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!offline || !link || event.ctrlKey || event.metaKey || event.shiftKey || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  toast(word("noanswer"));
  look();
}, true);

setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
hear("look", look);

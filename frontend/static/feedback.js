// Participants' feedback: kept on this device while it is typed, sent by the outbox without the cookie that would tell
// whose it is, and sent anew when it is changed. The server takes one sheet for each ballot, and signs one for each device.

import { drawn, unblinded } from "./ballot.js";
import { draftOf, isWeak, keepDraft } from "./keeping.js";
import * as outbox from "./outbox.js";
import { hear, word } from "./words.js";

const page = document.body.dataset;
const form = document.getElementById("feedback");
const state = document.getElementById("feedback-state");
const SHEET = `feedback|${page.form}`;
const ABOUT = `feedback:${page.form}`;
const LATER = 4000; // ms until a ballot is asked for again
const LOOKS = 5000; // ms between two looks for a form, while none is open
let stands = ""; // why nothing can be sent from this device
let asking = null;

forgetOthers();
if (form) begin(); else setInterval(look, LOOKS);

function begin() {
  const kept = draftOf(SHEET);
  if (kept) fill(kept.said);
  form.addEventListener("input", () => { keep({ said: said(), changed: true }); show(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  addEventListener("online", ballot);
  outbox.resume().then(show);
  ballot();
}

/** Show the form that was opened since this page came; until then nothing can be typed on it that would be lost. */
async function look() {
  if (document.hidden) return;
  const now = await fetch(location.href, { cache: "no-store" }).then((reply) => (reply.ok ? reply.text() : ""), () => "");
  if (now.includes('<form id="feedback"')) location.reload();
}

/** What the form says now, as the server takes it. */
function said() {
  const sheet = { ratings: {}, comments: {} };
  for (const one of form.elements) {
    if (one.type === "radio" && one.checked) sheet.ratings[one.name] = Number(one.value);
    if (one.tagName === "TEXTAREA" && one.value.trim()) sheet.comments[one.name] = one.value.trim();
  }
  return sheet;
}

function fill({ ratings, comments }) {
  for (const one of form.elements) {
    if (one.type === "radio") one.checked = String(ratings[one.name]) === one.value;
    if (one.tagName === "TEXTAREA") one.value = comments[one.name] ?? "";
  }
}

function keep(more) {
  keepDraft(SHEET, { said: said(), ...draftOf(SHEET), ...more });
}

/** The signed ballot of this device, asked for until there is one. */
async function ballot() {
  const kept = draftOf(SHEET)?.ballot;
  if (kept?.signature || stands) return kept;
  asking ??= ask(kept ?? drawn(page.key)).finally(() => { asking = null; });
  return asking;
}

async function ask(mine) {
  keep({ ballot: mine }); // before it is sent: if the reply is lost, the same one is asked for again
  let response;
  try {
    response = await fetch(page.ballots, { method: "POST", body: new URLSearchParams({ form: page.form, blinded: mine.blinded }) });
  } catch { response = null; }
  if (response?.ok) {
    const signature = unblinded(mine, (await response.json()).signed, page.key);
    if (signature) {
      keep({ ballot: { ...mine, signature } });
      if (draftOf(SHEET).wanted) send();
      return { ...mine, signature };
    }
  }
  if (response?.status === 409) {
    stands = (await response.json().catch(() => ({}))).refused ?? "409";
    show();
    return null;
  }
  setTimeout(ballot, LATER);
  return null;
}

async function send() {
  const sheet = said();
  if (!Object.keys(sheet.ratings).length && !Object.keys(sheet.comments).length) { told(word("nothing"), "bad"); return; }
  const kept = draftOf(SHEET)?.ballot;
  keep({ said: sheet, wanted: true, changed: false });
  show();
  if (!kept?.signature) { ballot(); return; }
  await outbox.send(ABOUT, { ballot: kept.ballot, signature: kept.signature, sheet }, { to: page.api });
  keep({ wanted: false, given: true });
  show();
}

function told(sentence, look) {
  if (state.textContent !== sentence) state.textContent = sentence;
  state.dataset.look = look;
}

/** Say how far what stands in the form is. */
function show() {
  const kept = draftOf(SHEET);
  form.querySelector(".feedback-foot button").textContent = word(kept?.given ? "again" : "first");
  if (stands) told(stands, "bad");
  else if (outbox.waitingFor(ABOUT) || kept?.wanted) told(word("waiting"), "waiting");
  else if (kept?.given && !kept.changed) told(word("given"), "sent");
  else told(kept?.changed ? word(isWeak() ? "draftweak" : "draft") : "", "kept");
}

const mine = (then) => (detail) => { if (detail.item.about === ABOUT) then(detail); };
hear("sending", mine(() => told(word("sending"), "waiting")));
hear("unsendable", mine(show));
hear("sent", mine(show));
hear("refused", mine(({ why }) => { stands = `${word("refused")}: ${why}`; show(); }));
hear("unsent", () => { if (form) show(); });

/** What was written into a form that is closed stays on no device. */
function forgetOthers() {
  const forms = `draft|${page.exercise}|${page.seat}|feedback|`;
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(forms) && name !== forms + page.form) localStorage.removeItem(name);
  } catch { /* There is none. */ }
}

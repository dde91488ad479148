// The delegate's questions: what is typed is kept at once, what is sent goes by the outbox, and "Delivered"
// stands there only when the server has drawn it.
//
// A card's mode: "edit" shows the form, "pending" what is on its way, "record" the answer of record.

import { enliven, fill, isEmpty, rawOf, read, readable, settle, show } from "./answers.js";
import "./fresh.js";
import * as hands from "./hands.js";
import { draftOf, isWeak, keepDraft } from "./keeping.js";
import "./look.js";
import * as outbox from "./outbox.js";
import { announce, figures, hear, tell, word } from "./words.js";
import "./talk.js";
import { toast } from "./toasts.js";
import "./writing.js";

const known = new WeakSet(); // forms that have been set up
const sending = new Map(); // forms whose answer is being put into the outbox -> whether somebody wrote on meanwhile
const receipts = new Map(); // region -> the seq at which the server took an answer that is not yet drawn

const cards = () => document.querySelectorAll("article.question");
const formOf = (card) => card.querySelector("form[data-answer]");
const nameOf = (form) => `${form.dataset.answer}|${form.dataset.question}`;
const recordOf = (card) => (card.dataset.record ? JSON.parse(card.dataset.record) : null);

function setUp(card) {
  const form = formOf(card);
  if (!form || known.has(form)) return;
  known.add(form);
  const draft = draftOf(nameOf(form));
  if (draft) fill(form, draft);
  else restore(card, form);
  if (draft && !isEmpty(draft)) card.dataset.jsMode = "edit";
  hands.join(card, form, { keep: (raw) => keep(form, raw), refresh: () => refresh(card), record: () => recordOf(card) });
  enliven(form, () => typed(card, form));
  // Enter in a small field is no wish to send.
  form.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(card, form); });
  refresh(card);
}

/** The fields as the answer of record has them, or empty. */
function restore(card, form) {
  const record = recordOf(card);
  fill(form, record ? rawOf(record, form) : {});
}

function typed(card, form) {
  const raw = read(form);
  if (hands.holds(form, raw)) return; // a field that is left says once more that it was changed
  if (sending.has(form)) sending.set(form, true);
  keep(form, raw);
  hands.write(form, raw);
  card.dataset.jsMode = "edit";
  why(card, null);
  refresh(card);
}

/** Keep what a form holds on this tablet. */
function keep(form, raw) {
  keepDraft(nameOf(form), isEmpty(raw) ? null : raw);
}

async function submit(card, form) {
  if (!("maySubmit" in card.dataset) || sending.has(form)) return;
  const raw = read(form);
  const { answer, why: missing } = settle(form, raw);
  why(card, missing);
  if (!answer) return;
  const request = { do: "respond", inject: form.dataset.answer, question: form.dataset.question, answer };
  hands.sends(form);
  sending.set(form, false);
  const atIt = card.contains(document.activeElement);
  await outbox.send(card.id, request, raw);
  const goesOn = sending.get(form);
  sending.delete(form);
  if (!goesOn) { card.dataset.jsMode = "pending"; keepDraft(nameOf(form), null); }
  refresh(card);
  const lost = document.activeElement === document.body || !document.activeElement.checkVisibility();
  if (!goesOn && atIt && lost) card.querySelector("[data-change]").focus({ preventScroll: true }); // what was pressed has gone
  if (!goesOn && card.getBoundingClientRect().bottom < innerHeight / 3) card.scrollIntoView({ block: "nearest" }); // a long form is a short answer now
}

/** Say in the card why something did not go. */
function why(card, sentence) {
  const place = card.querySelector("[data-why]");
  place.textContent = sentence ?? "";
  place.hidden = !sentence;
}

/** Bring a card's own state in line with the record, the outbox and the draft. */
function refresh(card) {
  const form = formOf(card);
  const status = card.querySelector("[data-draft]");
  if (!form || !status) return;
  const name = nameOf(form);
  const item = outbox.waitingFor(card.id);
  const receipt = receipts.get(card.id);
  if (receipt !== undefined && Number(card.dataset.version ?? 0) >= receipt) receipts.delete(card.id);
  const underWay = item !== null || receipts.has(card.id);
  if (card.dataset.jsMode === "pending" && !underWay) {
    card.dataset.jsMode = card.dataset.record ? "record" : "edit";
    const delivered = card.querySelector(".delivered");
    if (delivered) announce(delivered.textContent.trim());
  }
  card.dataset.jsMode ??= underWay ? "pending" : card.dataset.record ? "record" : "edit";
  const mode = card.dataset.jsMode;
  const pending = card.querySelector(".pending");
  const left = mode === "edit" && "ended" in card.dataset && (draftOf(name) || hands.isShared(form)) && !isEmpty(read(form));
  pending.hidden = mode !== "pending" && !left;
  if (left) pending.replaceChildren(...readable(form, read(form)));
  else if (mode === "pending" && item) pending.replaceChildren(...readable(form, item.raw));
  let [text, look] = ["", ""];
  if (left) [text, look] = [word("leftover"), "waiting"];
  else if (mode === "pending") [text, look] = [item ? item.note ?? word("waiting") : word("kept"), "waiting"];
  else if (mode === "edit" && draftOf(name)) [text, look] = isWeak() ? [word("draftweak"), "weak"] : [word("draft"), "kept"];
  if (mode === "edit" && !left && hands.isShared(form)) [text, look] = [word("shareddraft"), "kept"];
  if (status.textContent !== text) status.textContent = text;
  status.dataset.look = look;
  show(form);
}

document.addEventListener("click", (event) => {
  const card = event.target.closest?.("article.question");
  const form = card && formOf(card);
  if (!form) return;
  if (event.target.closest("[data-change]")) {
    const item = outbox.waitingFor(card.id);
    if (item) fill(form, item.raw);
    else if (!draftOf(nameOf(form))) restore(card, form);
    card.dataset.jsMode = "edit";
    refresh(card);
    const first = form.querySelector("textarea, input, button");
    first?.focus();
    if (first?.matches("textarea")) first.setSelectionRange(first.value.length, first.value.length); // one goes on behind what stands there
  }
  if (event.target.closest("[data-cancel-change]")) {
    keepDraft(nameOf(form), null);
    restore(card, form);
    hands.write(form, read(form));
    why(card, null);
    delete card.dataset.jsMode;
    refresh(card);
    card.querySelector("[data-change]")?.focus();
  }
});

/** The card of an answer in the outbox; null for what is no answer. */
function cardOf(item) {
  return item.request.do === "respond" ? document.getElementById(item.about) : null;
}

hear("sending", ({ item }) => note(item, word("sending")));
hear("unsendable", ({ item, why: sentence }) => note(item, sentence ? `${word("unrecorded")}: ${sentence}` : word("waiting")));
hear("sent", ({ item, seq }) => {
  if (Number.isFinite(seq)) receipts.set(item.about, seq);
  tell("reconnect");
  const card = cardOf(item);
  if (card) refresh(card);
});
hear("refused", ({ item, why: sentence }) => {
  if (item.request.do !== "respond") return;
  const card = cardOf(item);
  const form = card && formOf(card);
  const name = `${item.request.inject}|${item.request.question}`;
  const said = `${word("refused")}: ${sentence}`;
  // The words go back where they can be changed, unless somebody has begun new ones there. Where the question has gone,
  // as after a restored backup, they wait for its return, and are said once so that they can be written down.
  if (!draftOf(name)) {
    keepDraft(name, item.raw);
    if (form) {
      fill(form, item.raw);
      hands.write(form, read(form));
    }
  }
  if (!card) { toast(item.raw.text ? `${said} "${item.raw.text}"` : said, "stays"); return; }
  card.dataset.jsMode = "edit";
  refresh(card);
  why(card, said);
  if (!card.checkVisibility()) toast(said, "stays"); // its day is folded away
});

function note(item, text) {
  item.note = text;
  const card = cardOf(item);
  if (card) refresh(card);
}

/** Whether a question's day is open: what a day that is over left unanswered may be answered, and is not to be. */
const ofToday = (card) => dayOf(card.id.replace(/^question(:[^:]*).*/, "development$1")) === dayOf("bar");
const dayOf = (id) => document.getElementById(id)?.dataset.day;

function tally() {
  const all = Array.from(cards());
  const votes = document.querySelectorAll("article[data-ballot][data-asks]").length;
  const open = votes + all.filter((card) => !card.dataset.record && ofToday(card) && !card.querySelector(".recall")).length;
  for (const place of document.querySelectorAll("[data-open-count]")) place.textContent = open ? word("open", open) : "";
  for (const place of document.querySelectorAll("[data-count-of]")) {
    const list = document.getElementById(place.dataset.countOf);
    const told = list.querySelectorAll(":scope > article:not(.earlier ~ article)").length;
    const many = place.dataset.countOf === "questions" ? open : told;
    place.textContent = many ? figures(many) : "";
  }
}

hear("region", ({ id, element }) => {
  if (!id.startsWith("question:") || !element) return;
  setUp(element);
  if (element.dataset.jsMode === "record" || element.dataset.jsMode === "pending") {
    const form = formOf(element);
    if (form && !draftOf(nameOf(form)) && element.dataset.jsMode === "record" && !hands.has(form)) restore(element, form);
  }
  // Another tablet of the delegation has answered, and nobody has begun to write here.
  if (element.dataset.jsMode === "edit" && element.dataset.record && formOf(element) && !draftOf(nameOf(formOf(element)))
      && !element.contains(document.activeElement)) {
    delete element.dataset.jsMode;
    if (!hands.has(formOf(element))) restore(element, formOf(element));
  }
  if (formOf(element)) hands.revised(formOf(element));
  refresh(element);
});
hear("drawn", tally);
hear("unsent", () => { for (const card of cards()) refresh(card); });

for (const card of cards()) setUp(card);
tally();
outbox.resume().then(() => {
  for (const card of cards()) {
    const form = formOf(card);
    if (!form) continue;
    const item = outbox.waitingFor(card.id);
    if (item && !draftOf(nameOf(form))) card.dataset.jsMode = "pending";
    refresh(card);
  }
});

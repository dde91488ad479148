// The cards of votes and of a table's own decisions: a press goes on its way by the outbox, like an answer, and the
// card says how that stands. What was voted is drawn by the server alone.

import * as outbox from "./outbox.js";
import { toast } from "./toasts.js";
import { announce, hear, tell, word } from "./words.js";

const WAIT = 700; // ms in which a card that has just come takes no press: the finger was on its way elsewhere
const came = new WeakMap();
const receipts = new Map(); // region -> the seq at which the server took a vote that is not yet drawn
let drawn = Number(document.body.dataset.seq) || 0;

const cards = () => document.querySelectorAll("article[data-ballot]");

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-casts]");
  const card = button?.closest("article[data-ballot]");
  if (!card || performance.now() < (came.get(card) ?? 0) + WAIT) return;
  const waits = outbox.waitingFor(card.id);
  if (button.getAttribute("aria-pressed") === "true" && !waits) return;
  if (waits && wanted(waits) === button.dataset.option) return;
  why(card, null);
  outbox.send(card.id, JSON.parse(button.dataset.casts), null).then(() => refresh(card));
});

const wanted = (item) => item.request.option ?? "";
const cardOf = (item) => document.getElementById(item.about)?.closest("article[data-ballot]");

function why(card, sentence) {
  const place = card.querySelector("[data-why]");
  place.textContent = sentence ?? "";
  place.hidden = !sentence;
}

/** Mark what is on its way, and say how that stands. */
function refresh(card) {
  const item = outbox.waitingFor(card.id);
  for (const button of card.querySelectorAll("[data-casts]")) {
    button.toggleAttribute("data-js-waiting", item !== null && wanted(item) === button.dataset.option);
  }
  const text = item ? item.note ?? word("waiting") : receipts.has(card.id) ? word("kept") : "";
  const place = card.querySelector("[data-sent]");
  if (place.textContent !== text) place.textContent = text;
}

function note(item, text) {
  item.note = text;
  const card = cardOf(item);
  if (card) refresh(card);
}

/** What was voted here stands in its card now. */
function heard(region) {
  const said = document.getElementById(region)?.querySelector(".delivered")?.textContent.trim();
  if (said) announce(said);
}

hear("sending", ({ item }) => note(item, word("sending")));
hear("unsendable", ({ item, why: sentence }) => note(item, sentence ? `${word("unrecorded")}: ${sentence}` : word("waiting")));
hear("sent", ({ item, seq }) => {
  const card = cardOf(item);
  if (!card) return;
  if (seq > drawn) receipts.set(item.about, seq); else heard(item.about);
  tell("reconnect");
  refresh(card);
});
hear("refused", ({ item, why: sentence }) => {
  const card = cardOf(item);
  if (!card) return;
  refresh(card);
  why(card, `${word("refused")}: ${sentence}`);
  if (!card.checkVisibility()) toast(`${word("refused")}: ${sentence}`, "stays"); // its day is folded away
});
hear("region", ({ element, fresh }) => {
  if (!element?.matches("article[data-ballot]")) return;
  if (fresh) came.set(element, performance.now());
  refresh(element);
});
hear("drawn", (frame) => {
  drawn = Math.max(drawn, frame.seq);
  for (const [region, seq] of receipts) {
    if (seq > drawn) continue;
    receipts.delete(region);
    heard(region);
  }
  for (const card of cards()) refresh(card);
});
hear("unsent", () => { for (const card of cards()) refresh(card); });

outbox.resume().then(() => { for (const card of cards()) refresh(card); });

// A card that asks and is not in view, since it is below or on the other side, is called out; a press leads there.

const call = document.getElementById("ballot-call");
const inView = new WeakSet();
const put = new Set(); // the cards whose call was put away, each as it asked then
let called = null;

const name = (card) => `${card.id} ${card.dataset.order}`;
const eye = new IntersectionObserver((seen) => {
  for (const one of seen) if (one.isIntersecting) inView.add(one.target); else inView.delete(one.target);
  callOut();
}, { threshold: 0.2 });

function callOut() {
  if (!call) return;
  const waiting = Array.from(document.querySelectorAll("article[data-ballot][data-asks]"));
  called = waiting.find((card) => !inView.has(card) && !put.has(name(card)) && !outbox.waitingFor(card.id)) ?? null;
  const text = called?.dataset.say ?? "";
  const place = call.querySelector("[data-said]");
  if (place.textContent !== text) place.textContent = text;
  call.hidden = called === null;
}

function watch() {
  for (const card of cards()) eye.observe(card);
  callOut();
}

call?.addEventListener("click", (event) => {
  if (event.target.closest("[data-later]") && called) put.add(name(called));
  if (event.target.closest("[data-go]") && called) {
    document.querySelector('[data-side="asked"]')?.click();
    called.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    called.querySelector("button[data-casts]:enabled")?.focus({ preventScroll: true });
  }
  callOut();
});
hear("drawn", watch);
hear("unsent", callOut);
watch();

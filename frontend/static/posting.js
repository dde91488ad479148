// Forms that go by the outbox: what is typed in them is kept on this device at once, what is sent waits here until
// the server has it, and stands in the page's list of what is under way until the server has drawn it.
//
// <form id data-post="VERB" [data-region="what it is about"] [data-replaces] [data-stays]>; a list of what is under way
// is any element with data-pending="the beginning of what that is about".

import { draftOf, isWeak, keepDraft } from "./keeping.js";
import * as outbox from "./outbox.js";
import { hear, tell, word } from "./words.js";
import { toast } from "./toasts.js";

const AGAIN = 700; // ms in which the same press once more is no second wish
const known = new WeakSet(); // forms that have been set up
const receipts = new Map(); // key -> {item, seq} the server has, and this page has not drawn yet
let drawn = Number(document.body.dataset.seq) || 0;
let pressed = { by: null, at: 0 };

const draftName = (form) => `form|${form.id}`;
const fields = (form) => Array.from(form.elements).filter((one) => one.matches("textarea, select, input:not([type=hidden])"));
const writable = (form) => fields(form).filter((one) => one.matches("textarea, input:not([type=radio], [type=checkbox])"));

/** What is under way about something: waiting, or sent and not yet drawn; null if nothing is. */
export function underWay(about) {
  return outbox.waitingFor(about) ?? Array.from(receipts.values(), (one) => one.item).findLast((one) => one.about === about) ?? null;
}

/** What a form's fields hold, to be kept. */
function held(form) {
  const kept = {};
  for (const one of fields(form)) {
    if (one.matches("[type=radio], [type=checkbox]")) { if (one.checked) kept[one.name] = one.value; } else kept[one.name] = one.value;
  }
  return kept;
}

function put(form, kept) {
  for (const one of fields(form)) {
    if (!(one.name in kept)) continue;
    if (one.matches("[type=radio], [type=checkbox]")) one.checked = one.value === kept[one.name];
    else if (one.tagName !== "SELECT" || Array.from(one.options).some((way) => way.value === kept[one.name])) one.value = kept[one.name];
  }
}

function setUp(form) {
  if (known.has(form)) return;
  known.add(form);
  const draft = draftOf(draftName(form));
  if (draft) put(form, draft);
  status(form);
}

/** Say beside a form whether what it holds is kept. */
function status(form) {
  const place = form.querySelector("[data-draft]");
  if (!place) return;
  const draft = draftOf(draftName(form));
  const text = draft ? word(isWeak() ? "draftweak" : "draft") : "";
  if (place.textContent !== text) place.textContent = text;
  place.dataset.look = draft ? (isWeak() ? "weak" : "kept") : "";
}

function typed(form) {
  const empty = writable(form).every((one) => !one.value.trim());
  keepDraft(draftName(form), empty && !("stays" in form.dataset) ? null : held(form));
  why(form, "");
  status(form);
}

function why(form, sentence) {
  const place = form.querySelector("[data-why]");
  if (!place) return;
  place.textContent = sentence;
  place.hidden = !sentence;
}

document.addEventListener("input", (event) => {
  const form = event.target.form ?? null;
  if (form?.matches("form[data-post]")) typed(form);
});

// Enter in a small field is a wish to send only where a form has one button, or one of several that stands.
document.addEventListener("keydown", (event) => {
  const form = event.target.form ?? null;
  if (event.key !== "Enter" || event.target.tagName !== "INPUT" || !form?.matches("form[data-post]")) return;
  if (form.querySelectorAll("button:not([type=button])").length < 2) return;
  event.preventDefault();
  const last = pressed.by !== form && form.contains(pressed.by) ? pressed.by : null; // perhaps still on its way
  const stands = last ?? form.querySelector("button[aria-pressed=true]");
  if (!stands || event.repeat) return;
  pressed.by = null; // what was typed since the press is another wish
  form.requestSubmit(stands);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches?.("form[data-post]")) return;
  event.preventDefault();
  const by = event.submitter ?? form;
  if (pressed.by === by && performance.now() - pressed.at < AGAIN) return;
  pressed = { by, at: performance.now() };
  post(form, event.submitter);
});

function post(form, button) {
  const request = { do: form.dataset.post };
  const given = new FormData(form);
  if (button?.name) given.set(button.name, button.value);
  if (button?.dataset.text) given.set("text", button.dataset.text);
  for (const [name, value] of given.entries()) {
    const said = value.trim();
    if (said === "") continue;
    if (name === "about") request[said.slice(0, said.indexOf(":"))] = said.slice(said.indexOf(":") + 1);
    else request[name] = form.elements[name]?.dataset?.number !== undefined ? Number(said) : said;
  }
  const detail = { form, request, button };
  tell("posting", detail); // a page may add what it knows
  const spoken = button?.dataset.say ?? request.text ?? "";
  const own = button?.dataset.text === undefined; // else the button's own words went, and the fields stay as they are
  const sent = own ? held(form) : {};
  const taken = wait(form.dataset.region ?? form.id, request, { posted: true, say: spoken, as: button?.dataset.as ?? "", form: own ? form.id : "", fields: sent }, "replaces" in form.dataset);
  if (!own) return;
  if (!("stays" in form.dataset)) for (const one of writable(form)) one.value = "";
  why(form, "");
  // The draft goes when the outbox has it, unless new words stand there by then.
  taken.then(() => {
    if (JSON.stringify(draftOf(draftName(form))) === JSON.stringify(sent)) keepDraft(draftName(form), null);
    status(form);
  });
}

/** Put a request on its way and show it. */
export async function wait(about, request, raw, replaces) {
  await outbox.send(about, request, raw, replaces);
  show();
}

/** Draw what is under way into the page's lists of it. */
function show() {
  const all = [...Array.from(receipts.values(), (one) => ({ ...one.item, note: word("kept") })), ...outbox.unsent()];
  for (const list of document.querySelectorAll("[data-pending]")) {
    const mine = all.filter((one) => one.about.startsWith(list.dataset.pending) && one.raw?.say);
    list.replaceChildren(...mine.map(line));
    list.hidden = mine.length === 0;
  }
  tell("underway");
}

function line(item) {
  const element = document.createElement("li");
  const said = document.createElement("p");
  said.className = "said";
  said.dir = "auto";
  said.textContent = item.raw.say;
  if (item.raw.as) said.prepend(Object.assign(document.createElement("b"), { textContent: item.raw.as }), " ");
  const state = document.createElement("p");
  state.className = "draft";
  state.dataset.look = "waiting";
  state.textContent = item.note ?? word("waiting");
  element.append(said, state);
  return element;
}

const ours = (item) => item.raw?.posted === true; // answers and votes have their own

hear("sending", ({ item }) => { item.note = word("sending"); if (ours(item)) show(); });
hear("unsendable", ({ item, why: sentence }) => {
  item.note = sentence ? `${word("unrecorded")}: ${sentence}` : word("waiting");
  if (ours(item)) show();
});
hear("sent", ({ item, seq }) => {
  if (!ours(item)) return;
  if (Number.isFinite(seq) && seq > drawn) receipts.set(item.key, { item, seq });
  tell("reconnect");
  show();
});
hear("refused", ({ item, why: sentence }) => {
  if (!ours(item)) return;
  const said = `${word("refused")}: ${sentence}`;
  const form = item.raw?.form ? document.getElementById(item.raw.form) : null;
  if (form) {
    giveBack(form, item.raw.fields);
    why(form, said);
  } else if (item.raw?.form) keepDraft(`form|${item.raw.form}`, item.raw.fields);
  if (!form?.querySelector("[data-why]")) toast(item.raw?.say ? `${said} "${item.raw.say}"` : said);
  show();
});

/** The words go back where they can be changed; behind new ones, if somebody has begun some there. */
function giveBack(form, kept) {
  const now = held(form);
  for (const one of writable(form)) {
    if (now[one.name]?.trim() && kept[one.name]?.trim() && now[one.name] !== kept[one.name]) kept = { ...kept, [one.name]: `${now[one.name]}\n${kept[one.name]}` };
  }
  put(form, kept);
  keepDraft(draftName(form), held(form));
  status(form);
}

hear("drawn", (frame) => {
  drawn = Math.max(drawn, frame.seq ?? 0);
  for (const [key, one] of receipts) if (one.seq <= drawn) receipts.delete(key);
  show();
});
hear("region", ({ element }) => { for (const form of element?.querySelectorAll("form[data-post]") ?? []) setUp(form); });
hear("unsent", show);

for (const form of document.querySelectorAll("form[data-post]")) setUp(form);
outbox.resume().then(show);

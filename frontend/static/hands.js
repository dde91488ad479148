// Several hands at one answer: each tablet of a delegation sees the others' drafts grow, and who is writing what.
//
// What is typed goes into a document that merges (shared-draft.js), is kept on this tablet at once and on the server soon.
// The server passes on what each page holds, in regions called `draft:...`; a page lays them together.

import { fill, isEmpty, rawOf, read, show } from "./answers.js";
import { addRow, putRow } from "./contacts.js";
import { draftOf, keepDraft } from "./keeping.js";
import { bring } from "./late.js";
import { linkState } from "./socket.js";
import { hear, uuid } from "./words.js";

const page = document.body.dataset;
const HAND = uuid().replaceAll("-", "").slice(0, 16); // this page, as long as it is open
const SOON = 500; // ms from a letter to the others
const AGAIN = 2000;
const LATELY = 10_000; // ms in which somebody is still at it
const inside = document.getElementById("drafts") !== null;
const all = new Map(); // "inject|question" -> what is known of that draft

let loading = null;
let tools = null; // {SharedDraft, alike, change, same, at, Y}

/** What merges drafts, once somebody writes: 30 KB that a page which is only read never asks for. */
function load() {
  loading ??= bring("./shared-draft.js", "./at-work.js", "./vendor/yjs.min.js")
    .then(([shared, work, Y]) => { tools = { ...shared, ...work, Y }; return tools; })
    .catch(() => { loading = null; return null; }); // without a network: tried again when there is one
  return loading;
}

const nameOf = (form) => `${form.dataset.answer}|${form.dataset.question}`;
const cardOf = (one) => one.form.closest("article.question");
const versionOf = (one) => Number(cardOf(one)?.dataset.version ?? 0);
const keptAs = (name) => `hands|${name}`;

/** A form takes part. `tablet` keeps what it holds, refreshes its card, and knows the answer of record. */
export function join(card, form, tablet) {
  if (!inside) return;
  all.set(nameOf(form), { name: nameOf(form), form, tablet, draft: null, rows: [], unsent: false, timer: 0, edits: 0, typedAt: -LATELY, writers: [], held: false, fitting: false, sent: false, posting: false });
  const one = all.get(nameOf(form));
  one.fit = () => fit(one);
  card.addEventListener("focusout", () => { if (one.draft) setTimeout(fit, 0, one); });
  form.addEventListener("compositionstart", () => { one.held = true; });
  form.addEventListener("compositionend", () => { one.held = false; setTimeout(lay, 0, one); });
  if (draftOf(keptAs(one.name)) || draftOf(one.name)) open(one);
}

/** Whether a draft is laid together here, so that nobody else fills the form. */
export const has = (form) => Boolean(all.get(nameOf(form))?.draft);

/** Whether a draft holds just this. */
export function holds(form, raw) {
  const one = all.get(nameOf(form));
  return Boolean(one?.fitting || (one?.draft && tools.same(one.draft.raw(), raw)));
}

/** Whether the server has all that this tablet holds of a draft, and it holds something. */
export function isShared(form) {
  const one = all.get(nameOf(form));
  return Boolean(one?.draft && !one.unsent && !one.draft.isUntouched());
}

/** The fields of a form were changed here. */
export function write(form, raw) {
  const one = all.get(nameOf(form));
  if (!one || one.fitting) return; // a row that is taken away while it has the focus says that it was changed
  one.typedAt = performance.now();
  if (!one.draft) { open(one); return; }
  one.draft.write(raw, page.person ?? "", "own", rowsOf(one));
}

/** The answer that a form holds goes to the record. */
export function sends(form) {
  const one = all.get(nameOf(form));
  if (one) one.sent = true;
  if (one?.unsent) post(one);
}

/** The answer of record may be another one. */
export function revised(form) {
  const one = all.get(nameOf(form));
  if (one?.draft && one.draft.version !== versionOf(one)) turn(one);
}

async function open(one) {
  if (!(await load()) || one.draft) return;
  const kept = draftOf(keptAs(one.name));
  const own = draftOf(one.name);
  const version = versionOf(one);
  begin(one, kept?.version ?? version);
  if (kept) one.draft.take(kept.state, "kept");
  if (own && !(kept && tools.same(own, kept.raw))) one.draft.write(own, page.person ?? "", "own", []);
  one.unsent = Boolean(kept?.unsent) || one.unsent;
  if (one.draft.version !== version) turn(one);
  lay(one);
  fit(one);
  if (one.unsent) soon(one);
}

function begin(one, version) {
  const record = one.tablet.record();
  const draft = new tools.SharedDraft(tools.Y, version, record && version === versionOf(one) ? rawOf(record, one.form) : null);
  one.draft = draft;
  draft.doc.on("update", (_, origin) => {
    if (origin === "own") {
      one.unsent = true;
      one.edits += 1;
      soon(one);
    }
    keep(one);
  });
  draft.parts.observe((event, { origin }) => { if (origin === "other") tools.at(one).tell(event); });
}

/** Keep a draft on this tablet: first what the form shows, which only together with the rest is never older than it. */
function keep(one) {
  const raw = one.draft.raw();
  const kept = draftOf(keptAs(one.name));
  if (!kept && one.draft.isUntouched()) return;
  keepDraft(keptAs(one.name), { version: one.draft.version, state: one.draft.state(), raw: read(one.form), unsent: one.unsent });
  if (draftOf(one.name) && !tools.same(draftOf(one.name), raw)) keepDraft(one.name, read(one.form));
}

/** A new answer of record stands: what it lacks of this draft, and was written just now, is not lost with it. */
function turn(one) {
  const before = one.draft;
  const raw = before.raw();
  const lately = performance.now() - one.typedAt < LATELY || one.unsent;
  begin(one, versionOf(one));
  one.unsent = false;
  const record = one.draft.raw();
  if (before.version < one.draft.version && !tools.alike(raw, record) && (lately || one.sent) && !isEmpty(raw)) one.draft.carry(raw, page.person ?? "");
  else keepDraft(one.name, null);
  if (one.sent) { one.unsent = true; soon(one); } // what was for the old answer is covered
  one.sent = false;
  lay(one);
  keep(one);
  fit(one);
}

/** Take in what the other pages hold. */
function lay(one) {
  if (!one.draft || one.held) return;
  const before = one.draft.raw();
  const mine = one.rows.filter((row) => row.version === one.draft.version);
  for (const row of mine) if (row.hand !== HAND && !row.taken) row.taken = one.draft.take(row.state) || true;
  if (!one.unsent && !one.draft.isUntouched() && !one.draft.isIn(mine.map((row) => row.state))) {
    one.unsent = true; // the server has forgotten something
    soon(one);
  }
  if (!tools.same(before, one.draft.raw())) fit(one);
  tools.at(one).show();
  one.tablet.refresh();
}

/** The form shows what the draft holds. Nobody's cursor moves by what others write. */
function fit(one) {
  const { form, draft } = one;
  const raw = draft.raw();
  const now = read(form);
  if (!tools.same(raw, now)) {
    one.fitting = true;
    for (const name of ["text", "reservation", "dissent", "ask", "translation"]) {
      const field = form.elements[name];
      if (field && field.value !== raw[name]) replace(field, raw[name]);
    }
    if (!tools.same(raw, read(form))) refill(one, raw);
    one.fitting = false;
    if (draftOf(one.name)) one.tablet.keep(read(form));
    show(form);
  }
  const card = cardOf(one);
  if (card.dataset.jsMode === "pending") return;
  const busy = form.contains(document.activeElement) && card.dataset.jsMode === "edit";
  if (!draft.isUntouched() || !draft.version) card.dataset.jsMode = "edit";
  else if (!busy && !draftOf(one.name)) card.dataset.jsMode = "record";
  one.tablet.refresh();
}

function replace(field, wanted) {
  const { start, gone, put } = tools.change(field.value, wanted);
  const move = (place) => (place <= start ? place : place >= start + gone ? place + put.length - gone : Math.min(place, start + put.length));
  const focused = document.activeElement === field;
  const [from, to, way] = focused ? [move(field.selectionStart), move(field.selectionEnd), field.selectionDirection] : [];
  const { scrollTop } = field;
  field.value = wanted;
  if (focused) field.setSelectionRange(from, to, way);
  field.scrollTop = scrollTop;
}

const ids = new WeakMap(); // a row of contacts -> its id in the draft

function rowsOf(one) {
  return Array.from(one.form.querySelectorAll(".contact"), (row) => {
    if (!ids.has(row)) ids.set(row, `b${Date.now().toString(36)}${uuid().slice(0, 8)}`);
    return ids.get(row);
  });
}

function refill(one, raw) {
  const { rows, contacts, ...fields } = raw;
  if (one.form.dataset.kind !== "contacts") { fill(one.form, { ...read(one.form), choices: [], ...fields }); return; }
  fill(one.form, { ...read(one.form), ...fields }, true);
  const shown = new Map(Array.from(one.form.querySelectorAll(".contact"), (row) => [ids.get(row), row]));
  rows?.forEach((id, at) => {
    const row = shown.get(id) ? putRow(shown.get(id), contacts[at]) : addRow(one.form, contacts[at]);
    ids.set(row, id);
    shown.delete(id);
  });
  const within = one.form.contains(document.activeElement);
  if (!within) for (const row of Array.from(one.form.querySelectorAll(".contact")).sort((a, b) => (rows ?? []).indexOf(ids.get(a)) - (rows ?? []).indexOf(ids.get(b)))) row.parentElement.append(row);
  for (const row of shown.values()) if (rows || ids.has(row)) row.remove();
  show(one.form);
}

// To the server.

function soon(one, wait = SOON) {
  if (!one.timer) one.timer = setTimeout(post, wait, one);
}

async function post(one) {
  clearTimeout(one.timer);
  one.timer = 0;
  if (!one.draft || !one.unsent || one.posting) return;
  one.posting = true;
  const { edits, draft } = one;
  const [inject, question] = [one.form.dataset.answer, one.form.dataset.question];
  const covers = one.rows.filter((row) => row.hand !== HAND && (row.taken || row.version < draft.version)).map(({ hand, mark }) => ({ hand, mark }));
  const body = JSON.stringify({ inject, question, hand: HAND, version: draft.version, state: draft.state(), covers });
  let status = 0;
  try {
    const patience = AbortSignal.timeout?.(12_000);
    const headers = { "Content-Type": "application/json" };
    status = (await fetch(page.act.replace(/do$/, "drafts"), { method: "POST", headers, body, credentials: "same-origin", signal: patience })).status;
  } catch { /* No network: later. */ }
  one.posting = false;
  if (status >= 200 && status < 300) {
    if (one.edits === edits && one.draft === draft) { one.unsent = false; keep(one); one.tablet.refresh(); } else soon(one);
  } else if ((status >= 500 || status === 429 || status === 0) && linkState() === "live") soon(one, AGAIN);
}

hear("link", ({ state }) => {
  if (state !== "live") return;
  for (const one of all.values()) if (one.unsent) soon(one); else if (!one.draft && (one.rows.length || draftOf(one.name))) open(one);
});

// From the server.

/** What the page's hidden region of a draft says. */
function learn(element) {
  const [, inject, question] = element.id.split(":");
  const one = all.get(`${inject}|${question}`);
  if (!one) return;
  const taken = new Set(one.rows.filter((row) => row.taken).map((row) => row.mark));
  one.rows = JSON.parse(element.dataset.drafts ?? "[]").map((row) => ({ ...row, taken: taken.has(row.mark) }));
  one.writers = Array.from(element.querySelectorAll("[data-writer]")).filter((who) => who.dataset.writer !== page.person).map((who) => who.textContent.trim());
  if (one.draft) lay(one);
  else if (one.rows.length || one.writers.length) open(one);
}

function learnAll() {
  for (const element of document.querySelectorAll(".shared-draft")) learn(element);
}

document.addEventListener("click", async (event) => {
  const form = event.target.closest?.("[data-propose]")?.closest("article.question")?.querySelector("form[data-answer]");
  const one = form && all.get(nameOf(form));
  if (!one) return;
  if (!one.draft) await open(one); // a press counts that comes before the script for it
  if (one.draft && !one.draft.isUntouched()) tools.at(one).propose();
});

hear("region", ({ id, element }) => {
  if (!element) return;
  if (id.startsWith("draft:")) learn(element);
  else if (id.startsWith("question:")) {
    const region = document.getElementById(`draft:${id.slice(9)}`);
    if (region) learn(region);
  }
});

// Another tab of this tablet wrote: it keeps in the same place.
addEventListener("storage", (event) => {
  const one = Array.from(all.values()).find(({ name }) => event.key?.endsWith(`|${keptAs(name)}`));
  if (!one?.draft || !event.newValue) return;
  const kept = JSON.parse(event.newValue);
  if (kept.version !== one.draft.version || one.held) return;
  one.draft.take(kept.state, "kept");
  fit(one);
});

if (inside) addEventListener("load", () => setTimeout(learnAll, 0));

// Whoever holds this tablet: yes, this is the right delegation; a name, if he likes; and which of those here he is.

function mark() {
  for (const one of document.querySelectorAll("#hands [data-hand]")) one.toggleAttribute("data-js-self", one.dataset.hand === page.person);
  const may = "allSubmit" in (document.getElementById("hands")?.dataset ?? {});
  for (const one of document.querySelectorAll("input[name=allowed]")) one.form.querySelector("button").setAttribute("aria-pressed", String(one.value === String(may)));
}

// "No" goes as a form does, to the page where another code is typed; "yes" leaves everything where it is.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches?.("form[data-me]") || event.submitter?.value !== "yes") return;
  event.preventDefault();
  const said = new FormData(form, event.submitter);
  const [body, headers] = [new URLSearchParams(said), { Accept: "application/json" }];
  const went = await fetch(form.action, { method: "POST", headers, body, credentials: "same-origin" }).then((reply) => reply.ok, () => false);
  if (!went) return;
  for (const one of document.querySelectorAll("form[data-me]")) {
    one.elements.name.value = said.get("name");
    for (const part of one.querySelectorAll("[name=part]")) part.checked = part.value === said.get("part");
  }
  keepDraft("joined", page.person);
  if (form.classList.contains("joining")) form.remove();
  else form.closest("details").open = false;
});

// A page that was kept before the answer asks once more.
if (page.person && draftOf("joined") === page.person) document.querySelector("form.joining")?.remove();
hear("region", ({ id }) => { if (id === "hands") mark(); });
mark();

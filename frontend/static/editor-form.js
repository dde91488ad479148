// The form of the list editor: opens what is picked, keeps what is typed, saves it, brings in what others saved.
// What a page shows is always drawn by the server; this takes the parts of it that changed.

import { ask, drawn, drawnAt, fetched, reached, stands } from "./author-link.js";
import { standAs } from "./author-undo.js";
import { around, closed, inSight, lock, lost, notice, renamed, swap } from "./editor-around.js";
import { disputes, passedOver, showConflict, toDifference, undecided } from "./editor-conflict.js";
import { combined, fieldsOf, fill, read, readForm, same } from "./editor-fields.js";
import { steady } from "./editor-focus.js";
import { follow } from "./editor-follow.js";
import { forget, keep, kept, restoreComment, unsaved } from "./editor-kept.js";
import { arrange, clash } from "./editor-lists.js";
import { dress, preview } from "./editor-preview.js";
import { came as tellCame, still, unread } from "./editor-unseen.js";
import { toast } from "./toasts.js";
import { announce, hear, tell, word } from "./words.js";

let form = null; // the form that is open, if there is one
let begun = {}; // what its fields held when it was drawn
let asked = null; // while a conflict is open: what the words here were typed upon, as `{base, was, by}`
let saving = false;
let behind = false; // saved, but what stands now could not be read yet
let other = ""; // who wrote last beside me, as far as is known
let timer = 0;
let shown = ""; // what the page shows

/** An address without the part of the page that it leads to. */
const place = (url) => new URL(url, location.href).href.replace(/#.*/, "");
const part = (id) => document.getElementById(id);
const byWhom = (said) => [said.by, said.at].filter(Boolean).join(", ");
const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** The fields that hold something else than when the form was drawn. */
export function typed() {
  if (!form?.isConnected) return {};
  const now = readForm(form);
  return Object.fromEntries(Object.entries(now).filter(([name, held]) => !same(held, begun[name])));
}

function adopt(restoring = true) {
  form = part("form");
  asked = null;
  behind = false;
  clearTimeout(timer);
  restoreComment();
  if (!form) return;
  form.reset(); // A browser that comes back may have filled the fields with what was typed: that is no beginning.
  arrange(form);
  begun = readForm(form);
  const held = restoring ? kept(form.dataset.kept) : null;
  if (held && Object.keys(held.fields).length) restore(held);
  settle();
  dress();
}

function restore(held) {
  put(held.fields);
  const apart = held.base !== form.dataset.base;
  if (apart && held.was) together(held, held.fields, readForm(form), begun);
  else if (apart) form.dataset.base = held.base; // The first save puts it together, by the version it was typed upon.
  if (!Object.keys(typed()).length) forget(form.dataset.kept);
  else if (!asked) notice(word("restored"), word("forget"), () => { forget(form.dataset.kept); refresh(location.href, "swap", false); });
}

/** Keep what is typed on this device, with what it was typed upon. */
function keepTyped(fields = typed()) {
  const { base, was, by } = asked ?? { base: form.dataset.base, was: begun, by: "" };
  keep(form.dataset.kept, base, fields, was, by);
}

function put(fields) {
  for (const field of fieldsOf(form)) if (field.dataset.field in fields) fill(field, fields[field.dataset.field]);
  arrange(form);
}

/** Keep what is typed and say how it stands. */
function settle() {
  if (!form) return;
  const fields = typed();
  keepTyped(fields);
  still(form);
  if (!saving) standing(fields);
  mark();
  if (form.dataset.inject || fieldsOf(form).some((one) => one.dataset.field === "map" && one.dataset.type === "group")) preview(form, fields);
}

/** How it stands in the header; "Saved at 10:42" stays until something is typed again. */
function standing(fields) {
  if (asked) stands("unsaved", word("undecided"));
  else if (Object.keys(fields).length) stands("unsaved", word(closed(form) ? "keptonly" : "unsaved"));
  else if (part("saved").dataset.state !== "saved") stands("current", word("current"));
}

/** Rows with something that is not saved carry a dot. */
function mark() {
  const open = new Set(unsaved());
  for (const row of document.querySelectorAll("[data-row]")) row.toggleAttribute("data-js-unsaved", open.has(row.dataset.row));
}

document.addEventListener("input", (event) => {
  if (!form?.contains(event.target)) return;
  arrange(form);
  clearTimeout(timer);
  timer = setTimeout(settle, 150);
});
addEventListener("pagehide", () => { if (form) keepTyped(); });

/** Save what was typed. True when it is on the server. */
export async function save() {
  if (!form || saving) return false;
  const fields = typed();
  if (closed(form)) { announce(word("keptonly")); return false; }
  const twice = clash(form);
  if (twice) {
    twice.setCustomValidity(word("twice"));
    twice.reportValidity();
    twice.addEventListener("input", () => twice.setCustomValidity(""), { once: true });
    return false;
  }
  if (form.dataset.do === "add_day" && !form.reportValidity()) return false;
  if (asked && undecided()) return false;
  if (!Object.keys(fields).length) {
    if (asked) decided(); // for what stands there already
    announce(word("unchanged"));
    stands("current", word("current"));
    return true;
  }
  saving = true;
  stands("saving", word("saving"));
  if (behind && !await caughtUp()) {
    saving = false;
    stands("failed", word("unsaved"));
    if (behind) toast(word("noanswer"));
    return false;
  }
  const mine = form;
  const { day, inject, session, base } = mine.dataset;
  const along = ("start" in fields || "minutes" in fields) && mine.querySelector("[data-along]")?.checked;
  const over = passedOver();
  const body = mine.dataset.do === "add_day" ? { do: "add_day", ...fields } : {
    do: mine.dataset.do, ...(day ? { day: Number(day) } : {}), ...(inject ? { inject } : {}), ...(session ? { session } : {}),
    ...(along ? { along } : {}), ...(over.length ? { over } : {}), fields, base,
  };
  const { ok, status, data } = await ask(body);
  saving = false;
  if (!ok) {
    stands("failed", word("unsaved"));
    if (data.conflict && form === mine) {
      asked = null; // What was in conflict before is decided by this save.
      await rebase(byWhom(data.conflict), data.refused, data.conflict.fields);
    } else toast(data.refused);
    if (status === 0) stands("offline", word("offline"));
    return false;
  }
  await saved(mine, fields, data);
  return true;
}

/** What was in conflict is decided: nothing is left to be asked. */
function decided() {
  asked = null;
  part("both")?.replaceChildren();
  if (!unread()) part("notices")?.replaceChildren();
}

async function saved(mine, fields, data) {
  drawn(data.seq);
  forget(mine.dataset.kept);
  if (form === mine) for (const [name, held] of Object.entries(fields)) begun[name] = held;
  const at = word("saved", clock());
  if (form !== mine) {
    announce(at); // Another one was opened meanwhile.
    await refresh(location.href, "keep");
  } else if (mine.dataset.do === "add_day") {
    await open(`${document.body.dataset.base}?day=${data.touched.find((one) => one.day)?.day}&part=day`);
  } else {
    const named = fields.id ?? mine.dataset.inject ?? mine.dataset.session;
    const url = new URL(location.href);
    const which = mine.dataset.inject ? "inject" : "session";
    if (fields.id && mine.dataset[which]) {
      mine.dataset[which] = named;
      url.searchParams.set(which, named);
      history.replaceState(null, "", url);
      mine.dataset.kept = mine.dataset.kept.replace(/[^:]*$/, named);
    }
    decided();
    await caughtUp();
  }
  settle();
  if (!Object.keys(typed()).length) stands("saved", at);
  announce(at);
}

/** This page as it is now; null if it cannot be had, or another form was opened meanwhile. */
async function again() {
  const [before, url] = [form, location.href];
  const page = await fetched(url);
  if (form !== before || location.href !== url) return null;
  renamed(form, page?.getElementById("form"));
  return page;
}

/**
 * After a save: fields that were not touched show what others wrote meanwhile, and only then is the next save made upon
 * it. Where one is half written again, both stand side by side. False if it could not be read, or is to be decided.
 */
async function caughtUp() {
  behind = true;
  const page = await again();
  const there = page?.getElementById("form");
  if (!there?.dataset.base) { if (page) notice(lost(page)); return false; }
  const { came, apart } = follow(form, begun, there);
  if (apart) {
    await rebase(other);
    return !part("both")?.firstChild;
  }
  form.dataset.base = there.dataset.base;
  behind = false;
  surround(page);
  shown = place(location.href);
  arrived(came);
  return true;
}

/** Tell what came into the form. Who wrote it is known for once: what comes later may be somebody else's. */
function arrived(came) {
  tellCame(form, came, other);
  if (came.length) other = "";
}

/**
 * The form is brought to what others made of it, and what was typed stands over it. Nobody waits for it: whoever types
 * on keeps his field and his caret. `found` is what the server says both changed.
 */
async function rebase(by, sentence = null, found = {}) {
  const page = await again();
  if (!page) { toast(sentence ?? word("noanswer")); return; }
  const there = page.getElementById("form");
  if (!there?.dataset.base) { notice(lost(page)); return; }
  steady(() => {
    const upon = { ...asked ?? { base: form.dataset.base, was: begun }, by };
    const [mine, fields] = [readForm(form), typed()];
    arrange(there);
    const theirs = readForm(there);
    const rest = fieldsOf(form).filter((one) => !(one.dataset.field in fields) && !same(read(one), theirs[one.dataset.field]));
    for (const one of rest) fill(one, theirs[one.dataset.field] ?? null);
    arrange(form);
    if (rest.every((one) => same(read(one), theirs[one.dataset.field]))) {
      begun = theirs;
      form.dataset.base = there.dataset.base;
      behind = false;
      surround(page);
    } else { // Something that these fields cannot show.
      surround(page, "swap", false);
      put(fields);
    }
    shown = place(location.href);
    together(upon, fields, mine, theirs, found);
    if (!asked && sentence) toast(sentence);
    settle();
  });
}

/**
 * What was typed over what stands now, which the form shows in all other fields. Where both changed the same, both
 * versions stand above the form, and it is open until one is saved.
 */
function together(upon, fields, mine, theirs, found = {}) {
  const both = disputes(upon.was, fields, theirs, found);
  const disputed = new Set(Object.keys(both).map((path) => path.split(".")[0]));
  for (const [name, held] of Object.entries(fields)) {
    if (!disputed.has(name)) put({ [name]: combined(upon.was[name], held, theirs[name]) });
  }
  asked = disputed.size ? { base: upon.base, was: upon.was, by: upon.by ?? "" } : null;
  if (!asked) { part("both")?.replaceChildren(); return; }
  const panel = showConflict(form, both, upon.was, mine, theirs, asked.by);
  const look = () => { panel.focus({ preventScroll: true }); panel.scrollIntoView({ block: "start" }); toDifference(panel); };
  notice(panel.querySelector("h3").textContent, word("compare"), look);
  if (!form.querySelector(".piece-fields").contains(document.activeElement)) panel.scrollIntoView({ block: "start" });
}

/**
 * Draw the page at this address again. "swap" takes its form too; "keep" leaves the form that is open as it is, with
 * what is typed in it, and takes everything around it.
 */
export async function refresh(url, how, restoring = true) {
  const page = await fetched(url);
  if (!page?.getElementById("agenda")) {
    toast(word("noanswer"));
    return false;
  }
  surround(page, how, restoring);
  shown = place(url);
  return true;
}

/** Take from this page what stands around the form, or with "swap" the form too. */
function surround(page, how = "keep", restoring = true) {
  const scrolls = Array.from(document.querySelectorAll("[data-keep-scroll]"), (one) => [one.className, one.scrollTop]);
  const at = document.activeElement?.dataset;
  const focused = at?.row ? `[data-row="${CSS.escape(at.row)}"]` : at?.session ? `[data-session="${CSS.escape(at.session)}"]` : null;
  drawn(page.body.dataset.head, page.body.dataset.said);
  for (const id of ["agenda", "days", "found", "injects", "places", "senders"]) swap(id, page);
  standAs(page);
  document.title = page.title;
  document.querySelector(".author-title").replaceChildren(...document.importNode(page.querySelector(".author-title"), true).childNodes);
  if (how === "swap") {
    if (form && restoring) keepTyped(); // what came while the page was read
    for (const id of ["piece", "preview"]) swap(id, page);
    part("preview").hidden = page.getElementById("preview").hidden;
    part("main").dataset.piece = page.getElementById("main").dataset.piece;
    part("piece").scrollTop = 0;
    adopt(restoring);
  } else {
    around(form, page);
    if (!saving) standing(typed());
    if (form && !page.getElementById("form")) notice(lost(page));
  }
  for (const [name, top] of scrolls) {
    const one = Array.from(document.querySelectorAll("[data-keep-scroll]")).find((each) => each.className === name);
    if (one && (how === "keep" || name === "blocks")) one.scrollTop = top;
  }
  if (focused) document.querySelector(focused)?.focus({ preventScroll: true });
  mark();
  inSight();
}

/** Go to an address of the list without a new page. */
export async function open(url, focus = "") {
  clearTimeout(timer);
  if (form) settle();
  if (!await refresh(url, "swap")) {
    if (reached()) location.href = url;
    else toast(word("noanswer"));
    return;
  }
  if (url !== location.href) history.pushState(null, "", url);
  if (focus) form?.querySelector(focus)?.focus();
  else announce(word("opened", document.querySelector(".piece-head h2")?.textContent.trim().replace(/\s+/g, " ")));
  if (matchMedia("(max-width: 1099px)").matches) part("piece").scrollIntoView({ block: "start" });
  tell("opened");
}

addEventListener("popstate", () => {
  if (place(location.href) === shown) return; // Only to another place on this page.
  if (form) settle();
  refresh(location.href, "swap");
});

document.addEventListener("submit", (event) => {
  if (event.target !== form) return;
  event.preventDefault();
  save();
});

hear("others", async (now) => {
  if (!now.mine) other = byWhom(now);
  if (saving) return;
  const page = await again();
  // After a save the form follows by itself, and what was asked for before it is older than what it shows.
  if (!page?.getElementById("agenda") || saving || Number(page.body.dataset.head) < drawnAt()) return;
  const dirty = Object.keys(typed()).length > 0;
  const there = page.getElementById("form");
  const same = !form || (there?.dataset.base === form.dataset.base && there?.dataset.kept === form.dataset.kept);
  if (same || !dirty) {
    const came = same || now.mine || !there ? [] : follow(form, begun, there).came;
    steady(() => surround(page, same ? "keep" : "swap"));
    if (form && !same) arrived(came);
    return;
  }
  surround(page);
  if (there) notice(word("changedby", byWhom(now)), word("theirs"), () => rebase(byWhom(now)));
});

// Whoever has lost his place here keeps what he typed before his eyes, and saves it once he has it again.
hear("shut", () => {
  const why = document.createElement("p");
  why.className = "notice-line locked";
  why.textContent = word("signedout");
  lock(form, true, why);
  settle();
});
hear("reopened", () => refresh(location.href, "keep").then(settle));

hear("said", () => { if (!saving) refresh(location.href, "keep"); });

// Where undo takes out what is open, one goes on at what stands before it.
hear("undone", async () => {
  const rows = Array.from(document.querySelectorAll("[data-row]"));
  const before = rows[rows.findIndex((one) => one.ariaCurrent === "true") - 1];
  await refresh(location.href, Object.keys(typed()).length ? "keep" : "swap");
  if (part("main").dataset.piece !== "gone" || !before) return;
  await open(before.href);
  document.querySelector(`[data-row="${CSS.escape(before.dataset.row)}"]`)?.focus();
});

shown = place(location.href);
adopt();
inSight();

// What one does to injects and days as a whole: new, duplicate, move, delete; a day's status; comments; pictures.

import { ask, base, drawn } from "./author-link.js";
import { open, refresh, save, typed } from "./editor-form.js";
import { forget } from "./editor-kept.js";
import { changed } from "./editor-lists.js";
import { toast } from "./toasts.js";
import { announce, word } from "./words.js";

const PICTURE = 2_000_000; // bytes a picture may have
const page = document.body.dataset;

/** Everything on the list, in the order it stands there. */
export const rows = () => Array.from(document.querySelectorAll(".blocks [data-row]"));
const day = () => Number(new URLSearchParams(location.search).get("day") ?? document.getElementById("form")?.dataset.day ?? page.day);
const address = (inject) => `${base}?day=${day()}&inject=${encodeURIComponent(inject)}`;
export const may = () => Boolean(document.querySelector("[data-save]"));

/** The row one is at: the one with the focus, else the one that is open. */
export function current() {
  return document.activeElement?.closest?.("[data-row]") ?? document.querySelector("[data-row][aria-current]");
}

/** Ask for something; a refusal is said. The answer's data, or null. */
async function asked(body) {
  const { ok, data } = await ask(body);
  if (!ok) { toast(data.refused); return null; }
  drawn(data.seq);
  return data;
}

/** The id of the inject or session that a request made or moved: the first that it touched. */
const made = (data) => data.touched.find((one) => one.location.length === 2)?.location[1];

let meanwhile = null; // what is typed while a new one is made, which takes a moment

/** Whether keys are words for what is being made; then this one is taken, and none is a shortcut. */
export function typedMeanwhile(event) {
  if (meanwhile === null) return false;
  event.preventDefault();
  if (event.repeat) return true;
  if (event.key.length === 1) meanwhile += event.key;
  else if (event.key === "Backspace") meanwhile = meanwhile.slice(0, -1);
  return true;
}

/** Make something whose title then has the focus. What was typed in the meantime is put there, or goes nowhere. */
async function making(work, keep = true) {
  if (meanwhile !== null) return;
  meanwhile = "";
  let made = false;
  try { made = await work(); } finally {
    const words = meanwhile;
    meanwhile = null;
    const title = document.getElementById("f-title");
    if (made && title) {
      title.focus();
      title.select();
      if (words.trim() && keep) { title.setRangeText(words.trimStart(), 0, title.value.length, "end"); changed(title); }
    }
  }
}

const openId = () => document.getElementById("form")?.dataset.inject;

/** A new inject after this one, or the first of a session, or before the one where arms join; its title has the focus. */
export const add = (after, fields = {}, joins = undefined) => making(async () => {
  const data = await asked({ do: "add_inject", day: day(), ...(after ? { after } : {}), ...(joins ? { joins } : {}), fields });
  if (!data) return false;
  announce(word("added", made(data)));
  await open(address(made(data)), "[data-field=title]");
  return true;
});

export const duplicate = (inject) => making(async () => {
  const data = await asked({ do: "duplicate_inject", inject });
  if (!data) return false;
  announce(word("duplicated", made(data)));
  await open(address(made(data)), "[data-field=title]");
  return true;
}, false);

/** Ask first; true if he says yes. */
async function sure(name, why) {
  const dialog = document.getElementById("confirm");
  document.getElementById("confirm-title").textContent = word("delete", name);
  dialog.querySelector("[data-confirm-text]").hidden = !why;
  dialog.returnValue = "no";
  dialog.showModal();
  await new Promise((then) => { dialog.addEventListener("close", then, { once: true }); });
  return dialog.returnValue === "yes";
}

/** What is said to a day's next status, asked for where something is left open or others wait for it; null for no step. */
async function stepped({ textContent, dataset }) {
  if (dataset.asks === undefined) return "";
  const dialog = document.getElementById("step");
  const note = dialog.querySelector("[data-step-note]");
  document.getElementById("step-title").textContent = dialog.querySelector("[data-step-yes]").textContent = textContent;
  const left = dialog.querySelector("[data-step-left]");
  left.textContent = dataset.asks;
  left.hidden = !dataset.asks;
  note.value = "";
  dialog.returnValue = "no";
  dialog.showModal();
  await new Promise((then) => { dialog.addEventListener("close", then, { once: true }); });
  return dialog.returnValue === "yes" ? note.value.trim() : null;
}

export async function drop(row) {
  const inject = row.dataset.row;
  if (!await sure(`${inject} ${row.dataset.title}`, true)) return;
  const all = rows();
  const beside = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
  const data = await asked({ do: "delete_inject", inject, ...(openId() === inject ? { base: document.getElementById("form").dataset.base } : {}) });
  if (!data) return;
  forget(`inject:${inject}`);
  const sentence = word("deleted", inject);
  announce(sentence);
  toast(sentence, "good");
  const next = beside?.dataset.row;
  if (openId() === inject) await open(next ? address(next) : `${base}?day=${day()}`);
  else await refresh(location.href, "keep");
  if (next) document.querySelector(`[data-row="${CSS.escape(next)}"]`)?.focus();
}

/** One place up or down: past the next row of its session, or over into the session beside it. */
export async function move(row, by) {
  const block = row.closest(".block");
  const here = Array.from(block.querySelectorAll("[data-row]"));
  const at = here.indexOf(row) + by;
  if (at >= 0 && at < here.length) {
    const before = by < 0 ? here[at - 1] ?? foregoing(here[at]) : here[at];
    await moved(row, before?.dataset.row, block);
    return;
  }
  const blocks = Array.from(document.querySelectorAll(".block-session"));
  const target = blocks[blocks.indexOf(block) + by];
  if (!target) return;
  await moved(row, (by < 0 ? lastOf(target) : rowBefore(target))?.dataset.row, target);
}

/** The row that stands last before this block, and the one that stands last in it, or else before it. */
const rowBefore = (block) => rows().filter((row) => row.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING && !block.contains(row)).at(-1);
export const lastOf = (block) => Array.from(block.querySelectorAll("[data-row]")).at(-1) ?? rowBefore(block);

/** The row that stands before this one in the day, whatever session it is in. */
function foregoing(row) {
  const all = rows();
  return row ? all[all.indexOf(row) - 1] : undefined;
}

/** Put an inject after another one of the day, and into the session of this block: what it follows may end the one before. */
export async function moved(row, after, block = null) {
  const inject = row.dataset.row;
  const session = block?.querySelector("[data-session]")?.dataset.session;
  const over = Boolean(session) && block !== row.closest(".block");
  if (over ? openId() === inject && Object.keys(typed()).length && !await save() : after === inject || foregoing(row)?.dataset.row === after) return;
  if (!await asked({ do: "move_inject", inject, day: day(), ...(after ? { after } : {}), ...(session ? { session } : {}) })) return;
  await refresh(location.href, Object.keys(typed()).length || !over ? "keep" : "swap");
  const place = document.querySelector(`[data-row="${CSS.escape(inject)}"]`);
  place?.focus();
  announce(word("moved", `${inject}, ${rows().indexOf(place) + 1}/${rows().length}`));
}

const ACTS = {
  new: (row) => add(row?.dataset.row, {}),
  up: (row) => move(row, -1),
  down: (row) => move(row, 1),
  duplicate: (row) => duplicate(row.dataset.row),
  delete: (row) => drop(row),
  "new-session": () => newSession(),
  "session-up": (one) => moveSession(one, -1),
  "session-down": (one) => moveSession(one, 1),
  "delete-session": () => dropPiece({ do: "delete_session", session: document.getElementById("form").dataset.session }, false),
  "delete-day": () => dropPiece({ do: "delete_day" }, false, base),
};

/** Do one of these to the row one is at, if one may. */
export function act(name, row = current()) {
  if (may() && (row || !["up", "down", "duplicate", "delete"].includes(name))) ACTS[name](row);
}

const newSession = () => making(async () => {
  const last = Array.from(document.querySelectorAll(".blocks [data-session]")).at(-1);
  const data = await asked({ do: "add_session", day: day(), ...(last ? { after: last.dataset.session } : {}), fields: last ? { start: last.dataset.end } : {} });
  if (data) await open(`${base}?day=${day()}&session=${encodeURIComponent(made(data))}`, "[data-field=title]");
  return Boolean(data);
});

/** One place up or down in the day, with the injects that stand in it. */
async function moveSession(one, by) {
  const all = Array.from(document.querySelectorAll(".blocks [data-session]"));
  const at = all.findIndex((each) => each.dataset.session === one?.dataset.session);
  if (at + by < 0 || at + by >= all.length) return;
  if (Object.keys(typed()).length && !await save()) return;
  const after = all[by < 0 ? at - 2 : at + 1]?.dataset.session;
  const data = await asked({ do: "move_session", day: day(), session: one.dataset.session, ...(after ? { after } : {}) });
  if (!data) return;
  await refresh(location.href, "swap");
  announce(data.sentence);
}

async function dropPiece(body, why, then = `${base}?day=${day()}`) {
  const name = document.querySelector(".piece-head h2").textContent.trim();
  if (!await sure(name, why)) return;
  const data = await asked({ ...body, day: day() });
  if (!data) return;
  toast(word("deleted", name), "good");
  await open(then);
}

document.addEventListener("click", async (event) => {
  const at = (selector) => event.target.closest?.(selector);
  if (at("[data-act]")) {
    act(at("[data-act]").dataset.act, document.querySelector(".blocks a[aria-current]"));
  } else if (at("[data-add-in]")) {
    const { addIn, joins } = at("[data-add-in]").dataset;
    await add(lastOf(at(".block"))?.dataset.row, { session: addIn }, joins);
  } else if (at("[data-time]")) {
    const { time, of } = at("[data-time]").dataset;
    const data = await asked({ do: "write_inject", day: day(), inject: of, fields: { at: time } });
    if (!data) return;
    await refresh(location.href, Object.keys(typed()).length ? "keep" : "swap");
    document.querySelector(`[data-row="${CSS.escape(of)}"]`)?.focus();
    announce(data.sentence);
  } else if (at("[data-status-to]")) {
    if (may() && Object.keys(typed()).length && !await save()) return;
    const note = await stepped(at("[data-status-to]"));
    if (note === null) return;
    const data = await asked({ do: "status", day: day(), status: at("[data-status-to]").dataset.statusTo, note });
    if (!data) return;
    announce(data.sentence ?? "");
    await refresh(location.href, "swap");
    (document.querySelector("[data-status-to]") ?? document.querySelector(".agenda a[href]"))?.focus();
  } else if (at("[data-answer]")) {
    const form = document.querySelector(".comment-form");
    const { answer, saidBy } = at("[data-answer]").dataset;
    answering(form, form.dataset.answers === answer ? null : answer, saidBy);
    form.elements.text.focus();
  } else if (at("[data-settle]")) {
    const { settle, comment } = at("[data-settle]").dataset;
    if (!await asked({ do: settle, comment: Number(comment) })) return;
    await refresh(location.href, "keep");
    document.querySelector(`[data-settle][data-comment="${comment}"]`)?.focus();
  }
});

/** What is written below the comments answers this one, or stands for itself. */
function answering(form, comment, by) {
  const label = form.querySelector("[data-to-all]");
  if (comment) form.dataset.answers = comment; else delete form.dataset.answers;
  label.textContent = comment ? word("answering", by) : label.dataset.toAll;
}

document.addEventListener("submit", async (event) => {
  const on = event.target.dataset?.commentOn;
  if (!on) return;
  event.preventDefault();
  const field = event.target.elements.text;
  if (!field.value.trim()) { field.focus(); return; }
  const { answers } = event.target.dataset;
  if (!await asked({ do: "comment", inject: on, text: field.value.trim(), ...(answers ? { answers: Number(answers) } : {}) })) return;
  answering(event.target, null);
  field.value = "";
  forget(`comment:${on}`);
  announce(word("commented"));
  await refresh(location.href, "keep");
});

document.addEventListener("change", async (event) => {
  const [file] = event.target.matches?.("[data-upload]") ? event.target.files : [];
  if (!file) return;
  event.target.value = "";
  await bringPicture(file);
});

export async function bringPicture(file) {
  if (file.size > PICTURE) { toast(word("toolarge")); return; }
  announce(word("uploading"));
  const body = new FormData();
  if (!/^image\/(png|jpeg|webp)$/.test(file.type)) {
    toast(word("nopicture", file.name));
    return;
  }
  const name = pictureName(file);
  body.set("file", file);
  body.set("name", name);
  let reply = null;
  try { reply = await fetch(`${base}/pictures`, { method: "POST", body, headers: { Accept: "application/json" } }); } catch { /* Said below. */ }
  const data = await reply?.json().catch(() => ({})) ?? {};
  if (!reply?.ok) { toast(data.refused ?? word("noanswer")); return; }
  drawn(data.seq);
  const choice = document.querySelector(".picture-edit [data-field=file]");
  if (!Array.from(choice.options).some((one) => one.value === name)) choice.add(new Option(name, name));
  choice.value = name;
  choice.dispatchEvent(new Event("input", { bubbles: true }));
  announce(word("uploaded"));
  document.querySelector(".picture-edit [data-field=alt]").focus();
}

/** A name that a picture may have in the folder and that no other has: small letters, digits, and its kind. */
function pictureName(file) {
  const taken = Array.from(document.querySelector(".picture-edit [data-field=file]").options, (one) => one.value);
  const kind = { "image/jpeg": "jpg", "image/webp": "webp" }[file.type] ?? "png";
  const plain = file.name.replace(/\.[^.]*$/, "").normalize("NFKD").toLowerCase().replace(/[^a-z0-9_-]+/g, "-").replace(/^[-_]+|-+$/g, "");
  const stem = plain.slice(0, 50) || "picture";
  for (let n = 1; ; n += 1) {
    const name = `${stem}${n > 1 ? `-${n}` : ""}.${kind}`;
    if (!taken.includes(name)) return name;
  }
}

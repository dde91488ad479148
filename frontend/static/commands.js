// Commands: forms that post themselves through htmx. Success is silent, since the page changes through its
// socket, but for what changes nothing on it: that is said (`data-done`). A refusal is said in a toast. Nothing is queued: without a link nothing can be pressed.

import { left } from "./clock.js";
import { isGuarded } from "./regions.js";
import { linkState } from "./socket.js";
import { toast } from "./toasts.js";
import { uuid, word } from "./words.js";

const keys = new WeakMap(); // form -> what was sent last without an answer, and under which key

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches?.("form[data-command]")) return;
  if (linkState() !== "live" || isGuarded(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // htmx sends the submitter's value; the rating's objective or capability comes out of one select.
  const about = form.querySelector("[data-about]");
  if (about) form.dataset.about = about.value;
  if (form.dataset.timerAdd) {
    const wanted = Math.round(Math.max(0, left() ?? 0) / 1000) + Number(form.dataset.timerAdd);
    form.elements.seconds.value = String(wanted);
  }
}, true);

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  const form = ctx.sourceElement;
  if (!form.matches?.("form[data-command]")) return;
  const { request } = ctx;
  request.action = document.body.dataset.act;
  const body = request.body;
  for (const [name, value] of Array.from(body.entries())) if (value === "") body.delete(name);
  if (form.dataset.about) {
    const [field, name] = form.dataset.about.split(":");
    body.set(field, name);
  }
  const said = new URLSearchParams(body).toString();
  const last = keys.get(form);
  // The same words again after no answer came are the same command, and the server does it once.
  const key = last?.said === said ? last.key : uuid();
  keys.set(form, { said, key });
  request.headers["Idempotency-Key"] = key;
  request.headers.Accept = "application/json";
  request.timeout = 15_000;
});

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const form = ctx.sourceElement;
  if (!form.matches?.("form[data-command]")) return;
  keys.delete(form);
  if (ctx.response.status < 400) {
    done(form);
    return;
  }
  let said = {};
  try { said = JSON.parse(ctx.text); } catch { /* Not ours: a proxy's page, perhaps. */ }
  // Somebody else was faster: nothing is wrong, and the page shows what he did.
  if (said.overtaken) form.closest("dialog")?.close();
  toast(said.refused ?? word("wrong"), said.overtaken ? "overtaken" : "");
});

document.addEventListener("htmx:error", (event) => {
  const form = event.detail.ctx?.sourceElement;
  if (form?.matches?.("form[data-command]")) toast(word("noanswer"));
});

function done(form) {
  const dialog = form.closest("dialog");
  if (dialog && !("stays" in dialog.dataset)) dialog.close();
  form.closest("details[data-menu]")?.removeAttribute("open");
  if (dialog || "keep" in form.dataset) {
    form.reset();
    form.dispatchEvent(new Event("ttx:done", { bubbles: true }));
  }
  const { done: said } = form.querySelector("[data-done]")?.dataset ?? {};
  if (said) toast(said, "good");
}

document.addEventListener("click", (event) => {
  const hide = event.target.closest?.("[data-hide-announcement]");
  if (hide) hideAnnouncement(hide.closest("[data-announcement]").dataset.announcement);
});

// An announcement somebody has read may be put away; the next one shows again.

const HIDDEN = `ttx-read-${document.body.dataset.exercise}`;

function hideAnnouncement(seq) {
  try { sessionStorage.setItem(HIDDEN, seq); } catch { /* It comes back with the next page then. */ }
  document.documentElement.dataset.jsRead = seq;
  showAnnouncements();
}

export function showAnnouncements() {
  let read = document.documentElement.dataset.jsRead;
  try { read ??= sessionStorage.getItem(HIDDEN); } catch { /* As above. */ }
  for (const one of document.querySelectorAll("[data-announcement]")) {
    one.toggleAttribute("data-js-read", one.dataset.announcement === read);
  }
}

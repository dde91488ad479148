// An answer's form: reading its fields, filling them, and making of them what the server takes.
//
// `raw` is what the fields hold, finished or not: it is what a draft keeps. An answer is what is sent.

import { enlivenContacts, nameOf, put, rows, settled, showPicker } from "./contacts.js";
import { showLength } from "./length.js";
import { draggable, move, number, rank } from "./ranking.js";
import { word } from "./words.js";

const BESIDE = ["reservation", "dissent", "ask", "translation"]; // texts that stand beside an answer or a stance
const FIELDS = { text: "text", single: "choice", multiple: "choices", scale: "scale", ranking: "ranking", contacts: "contacts" };
const LONGEST = 20_000; // characters, as the server takes them

/** What the fields of a form hold now. */
export function read(form) {
  const raw = { stance: checked(form, "stance")[0] ?? "", reserve: checked(form, "reserve").length > 0 };
  for (const name of BESIDE) raw[name] = form.elements[name]?.value ?? "";
  for (const name of ["disagree", "translate"]) raw[name] = checked(form, name).length > 0;
  switch (form.dataset.kind) {
    case "text": raw.text = form.elements.text.value; break;
    case "single": raw.choice = checked(form, "choice")[0] ?? ""; break;
    case "multiple": raw.choices = checked(form, "choices"); break;
    case "scale": raw.scale = Number(checked(form, "scale")[0] ?? 0); break;
    case "ranking":
      raw.ranking = Array.from(form.querySelectorAll("[data-key]:is(li)"), (one) => one.dataset.key);
      raw.ranked = form.dataset.ranked === "true";
      break;
    default: raw.contacts = rows(form);
  }
  return raw;
}

function checked(form, name) {
  return Array.from(form.querySelectorAll(`input[name="${name}"]:checked`), (one) => one.value);
}

/** Put into the fields what `read` once took out of them; rows of contacts may be left as they are. */
export function fill(form, raw, keepsRows = false) {
  for (const name of ["choice", "choices", "scale", "stance"]) {
    const wanted = [raw[name] ?? []].flat().map(String);
    for (const one of form.querySelectorAll(`input[name="${name}"]`)) one.checked = wanted.includes(one.value);
  }
  if (form.elements.text) form.elements.text.value = raw.text ?? "";
  for (const name of BESIDE) if (form.elements[name]) form.elements[name].value = raw[name] ?? "";
  for (const name of ["reserve", "disagree", "translate"]) if (form.elements[name]) form.elements[name].checked = Boolean(raw[name]);
  if (raw.ranking) rank(form, raw.ranking, raw.ranked);
  if (form.dataset.kind === "contacts" && !keepsRows) put(form, raw.contacts);
  show(form);
}

/** The fields' content for an answer that the server knows. */
export function rawOf(answer, form) {
  const raw = { stance: answer.stance ?? "", reserve: Boolean(answer.reservation), reservation: answer.reservation ?? "" };
  Object.assign(raw, { disagree: Boolean(answer.dissent), dissent: answer.dissent ?? "", ask: answer.ask ?? "" });
  Object.assign(raw, { translate: Boolean(answer.translation), translation: answer.translation ?? "" });
  for (const name of ["text", "choice", "choices", "scale"]) if (answer[name] !== undefined) raw[name] = answer[name];
  if (answer.ranking) Object.assign(raw, { ranking: answer.ranking, ranked: true });
  if (answer.contacts) {
    raw.contacts = answer.contacts.map((one) => ({ basis: "", ...one, to: nameOf(form, one.to), hours: String(one.hours) }));
  }
  return raw;
}

/** Whether nothing has been put in yet. */
export function isEmpty(raw) {
  if (raw.stance || BESIDE.some((name) => raw[name]?.trim()) || raw.text?.trim() || raw.choice || raw.scale || raw.ranked) return false;
  if (raw.choices?.length) return false;
  return !raw.contacts?.some((one) => one.to || one.channel || one.hours || one.basis);
}

/** The answer the fields make, as {answer}, or {why} there is none yet; null where a field says so itself. */
export function settle(form, raw) {
  const answer = {};
  if (raw.reserve && raw.reservation.trim()) answer.reservation = raw.reservation.trim();
  if (raw.disagree && raw.dissent.trim()) answer.dissent = raw.dissent.trim();
  if (raw.stance === "would_ask" && !raw.ask.trim()) return { why: word("whom") };
  if (raw.stance === "would_ask") answer.ask = raw.ask.trim();
  if (raw.stance) return { answer: { ...answer, stance: raw.stance } };
  const name = FIELDS[form.dataset.kind];
  switch (form.dataset.kind) {
    case "text":
      answer.text = raw.text.trim();
      if (raw.translate && raw.translation.trim()) answer.translation = raw.translation.trim();
      break;
    case "ranking":
      if (!raw.ranked && !("jsAsGiven" in form.dataset)) { form.dataset.jsAsGiven = ""; return { why: word("asgiven") }; }
      answer.ranking = raw.ranking;
      break;
    case "contacts": {
      const contacts = settled(form, raw.contacts);
      if (!contacts) return { why: null };
      answer.contacts = contacts;
      break;
    }
    default: answer[name] = raw[name];
  }
  const given = answer[name];
  if (name === "text" && given.length > LONGEST) return { why: word("toolong", given.length - LONGEST) };
  if (!given || given.length === 0) {
    return { why: word({ single: "pick", multiple: "pick", scale: "scale" }[form.dataset.kind] ?? "empty") };
  }
  return { answer };
}

/** What the form holds, as nodes to read while it waits to be sent. */
export function readable(form, raw) {
  const labels = (values) => values.map((value) => {
    const input = form.querySelector(`input[value="${CSS.escape(value)}"]`);
    return input?.closest("label").textContent.trim() ?? value;
  });
  let lines = [];
  if (raw.stance) lines = raw.stance === "would_ask" ? [...labels([raw.stance]), raw.ask] : labels([raw.stance]);
  else if (raw.text) lines = [raw.text.trim()];
  else if (raw.choice) lines = labels([raw.choice]);
  else if (raw.choices) lines = labels(raw.choices);
  else if (raw.scale) lines = [String(raw.scale)];
  else if (raw.ranking) lines = raw.ranking.map((key, n) => `${n + 1}. ${form.querySelector(`li[data-key="${CSS.escape(key)}"] .rank-label`)?.textContent ?? key}`);
  else if (raw.contacts) lines = raw.contacts.filter((one) => one.to).map((one) => contactLine(form, one));
  const beside = [["translate", "translation"], ["reserve", "reservation"], ["disagree", "dissent"]];
  return [
    ...lines.map((line) => paragraph("said", { dir: "auto", textContent: line })),
    ...beside.filter(([chosen, name]) => raw[chosen] && raw[name]?.trim()).map(([, name]) => {
      const label = Object.assign(document.createElement("b"), { textContent: form.elements[name].closest("label").dataset.label });
      const words = Object.assign(document.createElement("span"), { dir: "auto", textContent: raw[name].trim() });
      const p = paragraph(`reservation ${name}`);
      p.append(label, " ", words);
      return p;
    }),
  ];
}

/** A contact with its channel and hours, in the words of its card. */
function contactLine(form, { to, channel, hours }) {
  const card = form.querySelector("[data-row]").content;
  const by = Array.from(card.querySelector("[name=channel]").options).find((one) => one.value === channel);
  const within = card.querySelector("[name=hours]").closest("label").textContent.trim();
  return `${to}: ${by?.textContent.trim() ?? channel} \u00b7 ${within}: ${hours}`;
}

const paragraph = (className, has = {}) => Object.assign(document.createElement("p"), { className, ...has });

// What the form does while it is filled in.

/** Fit the form to what it holds: fields rest under a stance, the reservation opens, the text grows. */
export function show(form) {
  const stance = checked(form, "stance").length > 0;
  const fields = form.querySelector("[data-fields]");
  fields.toggleAttribute("inert", stance);
  fields.toggleAttribute("data-resting", stance);
  form.querySelector("[data-reservation]").hidden = !form.elements.reserve.checked;
  for (const one of form.querySelectorAll("[data-beside]")) one.hidden = !checked(form, one.dataset.beside).includes(one.dataset.when);
  for (const area of form.querySelectorAll("textarea")) if (area.value !== grown.get(area)) grow(area);
  if (form.elements.text) showLength(form);
  number(form);
  if (form.dataset.kind === "contacts") showPicker(form);
}

const grown = new WeakMap(); // area -> the text it was last measured for: leaving a field must move nothing
const FITS = CSS.supports("field-sizing", "content"); // then the stylesheet does it, without moving anything

/** Where `field-sizing` is unknown: as high as its text, and whatever scrolls stays where it was. */
function grow(area) {
  if (FITS || !area.offsetParent) return;
  const frames = [];
  for (let one = area.parentElement; one; one = one.parentElement) if (one.scrollTop) frames.push([one, one.scrollTop]);
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, innerHeight * 0.6)}px`;
  for (const [one, top] of frames) one.scrollTop = top;
  grown.set(area, area.value);
}

/** Let a form's own buttons work. `changed` is called when something was changed by one of them. */
export function enliven(form, changed) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "stance" && event.target.checked) {
      for (const one of form.querySelectorAll('input[name="stance"]')) one.checked = one === event.target;
    }
    show(form);
    const opens = { reserve: "reservation", disagree: "dissent", translate: "translation", stance: event.target.value === "would_ask" ? "ask" : "" }[event.target.name];
    if (opens && event.target.checked) form.elements[opens].focus();
    changed();
  });
  form.addEventListener("input", (event) => {
    if (event.target.tagName === "TEXTAREA") grow(event.target);
    if (event.target.name === "text") showLength(form);
    changed();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-up], [data-down]");
    if (!button) return;
    move(form, button);
    changed();
  });
  draggable(form, changed);
  if (form.dataset.kind === "contacts") enlivenContacts(form, changed);
}

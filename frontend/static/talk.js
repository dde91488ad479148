// From a table to control: messages and calls for help go by the outbox like answers, so none is lost on the way.

import * as outbox from "./outbox.js";
import { hear, uuid, word } from "./words.js";

const panel = document.getElementById("talk");
const waiting = panel?.querySelector("[data-waiting]");
const mine = (item) => item.request?.do === "call";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches?.("form[data-call]")) return;
  event.preventDefault();
  const field = form.elements.text;
  const text = field.value.trim();
  if (!text) return;
  why("");
  await outbox.send(`call:${uuid()}`, { do: "call", sense: form.dataset.call, text }, text);
  if (field.type !== "hidden") form.reset();
});

function why(sentence) {
  const place = panel.querySelector("[data-why]");
  place.textContent = sentence;
  place.hidden = !sentence;
}

function line(item) {
  return waiting.querySelector(`[data-key="${item.key}"]`) ?? waiting.appendChild(Object.assign(document.createElement("li"), { dir: "auto" }));
}

function show(item, note) {
  if (!waiting || !mine(item)) return;
  const place = line(item);
  place.dataset.key = item.key;
  const small = document.createElement("small");
  small.textContent = note;
  place.replaceChildren(`${item.request.text} `, small);
}

hear("sending", ({ item }) => show(item, word("sending")));
hear("unsendable", ({ item, why: sentence }) => show(item, sentence ?? word("waiting")));
hear("sent", ({ item }) => { if (waiting && mine(item)) line(item).remove(); });
hear("refused", ({ item, why: sentence }) => {
  if (!waiting || !mine(item)) return;
  line(item).remove();
  why(sentence);
  const field = panel.querySelector("[data-call=message] textarea");
  if (item.request.sense === "message" && field && !field.value) field.value = item.request.text;
});

outbox.resume();

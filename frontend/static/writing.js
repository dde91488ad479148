// Tells control that somebody is writing, at most every three seconds a question; nothing of what is written.

import { say } from "./socket.js";

const EVERY = 3000; // ms
const told = new Map();

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-answer]");
  if (!form) return;
  const question = `${form.dataset.answer}:${form.dataset.question}`;
  if (performance.now() - (told.get(question) ?? -EVERY) < EVERY) return;
  told.set(question, performance.now());
  say({ writing: question });
});

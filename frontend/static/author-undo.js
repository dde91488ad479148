// Undo and redo, for the buttons and the keys.

import { ask, drawn } from "./author-link.js";
import { toast } from "./toasts.js";
import { announce, tell, word } from "./words.js";

/** Whether keys are letters here and nothing else. */
export const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]");

const BUTTONS = { undo: () => back("undo", "undone"), redo: () => back("redo", "redone") };

/** Press one of the two. One that rests can be reached like any other, and says why it rests. */
export function press(button) {
  if (button.ariaDisabled === "true") toast(button.title);
  else BUTTONS[button.id]();
}

/** Let the buttons here stand as they do on this page. */
export function standAs(page) {
  for (const id of Object.keys(BUTTONS)) {
    const [here, there] = [document, page].map((one) => one.getElementById(id));
    if (here && there) Object.assign(here, { ariaDisabled: there.ariaDisabled, title: there.title });
  }
}

/** There is something to take back now. */
export function undoable(sentence) {
  const button = document.getElementById("undo");
  if (button) Object.assign(button, { ariaDisabled: null, title: sentence });
}

/** Take back this author's last change. */
export const undo = BUTTONS.undo;

/** Do again what this author took back last. */
export const redo = BUTTONS.redo;

async function back(verb, done) {
  const { ok, data } = await ask({ do: verb });
  if (!ok) {
    toast(data.refused);
    return;
  }
  drawn(data.seq);
  const sentence = data.sentence && verb === "undo" ? `${word(done)}: ${data.sentence}` : data.sentence || word(done);
  announce(sentence);
  for (const one of document.querySelectorAll(".toast[data-good]")) one.remove(); // what it said is so no longer
  // The list and the graph swap their parts, the list taking care of what is half typed; other pages come anew.
  if (["list", "graph"].includes(document.body.dataset.tab)) {
    toast(sentence, "good");
    tell("undone", data);
  } else location.reload();
}

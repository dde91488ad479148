// A link into the clipboard, pressed at the button that has it.

import { toast } from "./toasts.js";
import { word } from "./words.js";

document.addEventListener("click", (event) => {
  const { link } = event.target.closest?.("button[data-link]")?.dataset ?? {};
  if (link) copied(link);
});

/** On plain http there is no clipboard to write to: then the link is shown. */
async function copied(link) {
  try {
    await navigator.clipboard.writeText(link);
    toast(word("copied"), "good");
  } catch {
    toast(word("copy", link), "stays");
  }
}

// Undo, for the button and the key.

import { ask, drawn } from "./author-link.js";
import { toast } from "./toasts.js";
import { announce, tell, word } from "./words.js";

/** Take back this author's last change. */
export async function undo() {
  const { ok, data } = await ask({ do: "undo" });
  if (!ok) {
    toast(data.refused);
    return;
  }
  drawn(data.seq);
  const sentence = data.sentence || word("undone");
  announce(sentence);
  // The list and the graph swap their parts, the list taking care of what is half typed; other pages come anew.
  if (["list", "graph"].includes(document.body.dataset.tab)) {
    toast(sentence, true);
    tell("undone", data);
  } else location.reload();
}

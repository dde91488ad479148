// A file that is dropped on a page of the scenario goes to where files are brought in.

import { base } from "./author-link.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

/** Whether this brings a file that no field takes by itself. */
export const carriesFile = (event) => event.dataTransfer?.types.includes("Files") && !event.target.closest?.("input[type=file]");

/** Send a file to be read, and go where it is shown. */
export async function bringFile(file) {
  if (file.size > 20_000_000) {
    toast(word("largefile", Math.max(20.1, Math.round(file.size / 1e5) / 10)).replace("%file", file.name));
    return;
  }
  const body = new FormData();
  body.set("do", "bring");
  body.set("file", file);
  try {
    const reply = await fetch(`${base}/import`, { method: "POST", body, headers: { Accept: "text/html" } });
    if (!reply.ok) throw new Error(reply.statusText);
    location.href = `${base}/import`;
  } catch {
    toast(word("notbrought", file.name));
  }
}

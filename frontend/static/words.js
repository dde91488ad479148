// The sentences the scripts say, in the page's language. The page brings them in meta elements.

const metas = document.querySelectorAll('meta[name="words"]');
const words = Object.assign({}, ...Array.from(metas, (meta) => JSON.parse(meta.content)));

const { digits } = document.documentElement.dataset; // the ten of the page's language, where they are not 0-9

/** Figures in the digits of the page's language. */
export function figures(text) {
  return digits ? String(text).replace(/[0-9]/g, (one) => digits[one]) : String(text);
}

/** A sentence by its name; %n is replaced. */
export function word(name, n = "") {
  return (words[name] ?? name).replace("%n", typeof n === "number" ? figures(n) : n);
}

let toSay = []; // what came while a moment was waited for: one sentence must not silence the one before it

/** Tell a screen reader, without moving the focus. */
export function announce(sentence) {
  toSay.push(sentence);
  if (toSay.length > 1) return;
  const said = speaker();
  if (said) said.textContent = "";
  setTimeout(() => { if (said) said.textContent = toSay.join(". "); toSay = []; }, 60);
}

/** The page's live region; while a dialog stands before the page nothing behind it is heard, so it gets one too. */
function speaker() {
  const dialog = document.querySelector("dialog:modal:not(#lock)");
  if (!dialog) return document.getElementById("said");
  const own = dialog.querySelector(":scope > [data-js-said]");
  if (own) return own;
  const made = Object.assign(document.createElement("p"), { className: "unseen" });
  made.dataset.jsSaid = "";
  made.setAttribute("role", "status");
  dialog.append(made);
  return made;
}

/** A UUID v4. crypto.randomUUID does not exist on plain http, getRandomValues does. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Tell the page's other modules that something happened. */
export function tell(name, detail = {}) {
  document.dispatchEvent(new CustomEvent(`ttx:${name}`, { detail }));
}

/** Hear what another module tells. */
export function hear(name, then) {
  document.addEventListener(`ttx:${name}`, (event) => then(event.detail));
}

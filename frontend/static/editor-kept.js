// What is typed and not saved, kept on this device: by draft and piece, restored when the form is opened again.

const PREFIX = `ttx-form-${document.body.dataset.draft}-`;

/**
 * Keep these fields of a piece; without any, forget it. `base` is the revision they were typed upon and `was` what
 * stood in them there, so that a colleague's words are told from them later too; `by` wrote those, if it is known.
 */
export function keep(piece, base, fields, was = null, by = "") {
  const names = Object.keys(fields);
  const stood = was && Object.fromEntries(names.map((name) => [name, was[name] ?? null]));
  try {
    if (names.length) localStorage.setItem(PREFIX + piece, JSON.stringify({ base, fields, was: stood, by }));
    else localStorage.removeItem(PREFIX + piece);
  } catch { /* A full or forbidden store: the page itself still holds it, and asks before it is left. */ }
}

/** What was kept of a piece, as `{base, fields, was, by}`; null if nothing. */
export function kept(piece) {
  try { return JSON.parse(localStorage.getItem(PREFIX + piece)); } catch { return null; }
}

/** Forget what was kept of a piece. */
export const forget = (piece) => keep(piece, "", {});

/** The injects with something kept, by id. */
export function unsaved() {
  const start = `${PREFIX}inject:`;
  try {
    return Object.keys(localStorage).filter((one) => one.startsWith(start)).map((one) => one.slice(start.length));
  } catch {
    return [];
  }
}

// A comment that is half written is kept as a form is.
const commentForm = () => document.querySelector(".comment-form");

/** Put back what was written of a comment. */
export function restoreComment() {
  const words = commentForm() && kept(`comment:${commentForm().dataset.commentOn}`)?.fields.text;
  if (words) commentForm().elements.text.value = words;
}
document.addEventListener("input", (event) => {
  const on = event.target.closest?.(".comment-form")?.dataset.commentOn;
  if (on) keep(`comment:${on}`, "", event.target.value.trim() ? { text: event.target.value } : {});
});

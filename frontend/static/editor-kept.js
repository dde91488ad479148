// What is typed and not saved, kept on this device: by draft and piece, restored when the form is opened again.

const PREFIX = `ttx-form-${document.body.dataset.draft}-`;

/** Keep these fields of a piece; without any, forget it. `base` is the revision they were typed upon. */
export function keep(piece, base, fields) {
  try {
    if (Object.keys(fields).length) localStorage.setItem(PREFIX + piece, JSON.stringify({ base, fields }));
    else localStorage.removeItem(PREFIX + piece);
  } catch { /* A full or forbidden store: the page itself still holds it, and asks before it is left. */ }
}

/** What was kept of a piece, as `{base, fields}`; null if nothing. */
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

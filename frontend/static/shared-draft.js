// One draft of an answer as several tablets write it: a Yjs document and what the fields of a form make of it.
//
// Texts grow together, letter by letter. Of every other part the last to write it has the word. `version` is the answer
// of record it would revise: that one stands in the document from the start, put there by all alike, as by one hand.

const TEXTS = ["text", "reservation", "dissent", "ask", "translation"];
const RESTING = { text: "", translation: "", translate: false, choice: "", choices: [], scale: 0, ranked: false, contacts: [] };
const FIRST = 1; // the hand that puts the answer of record there
const NOT_SHARED = new Set(["ranking"]); // told below: an order nobody has touched is no part of a draft

export class SharedDraft {
  /** `Y` is the library; `record` what the fields hold for the answer of record, if there is one. */
  constructor(Y, version, record) {
    this.Y = Y;
    this.version = version;
    this.doc = new Y.Doc();
    this.parts = this.doc.getMap("parts");
    const own = this.doc.clientID;
    this.doc.clientID = FIRST;
    if (record) this.write(record, "", FIRST);
    this.doc.clientID = own;
    this.first = this.raw();
  }

  /** What the fields hold. */
  raw() {
    const raw = { stance: "", reserve: false, disagree: false, translate: false };
    for (const name of TEXTS) raw[name] = this.doc.getText(name).toString();
    const rows = [];
    for (const [key, [value]] of this.parts.entries()) {
      const [name, which] = split(key);
      if (which === "") { if (name !== "proposed") raw[name] = value; continue; }
      if (name === "choices") raw.choices = [...(raw.choices ?? []), ...(value ? [which] : [])];
      else if (value) rows.push([which, value]);
    }
    if (raw.choices) raw.choices.sort();
    if (rows.length) [raw.rows, raw.contacts] = [rows.sort(byKey).map(([id]) => id), rows.map(([, value]) => value)];
    return raw;
  }

  /** Whether the answer of record, or nothing, is all it holds. */
  isUntouched() { return alike(this.raw(), this.first); }

  /** Make it hold what the fields hold, as written by somebody; `rows` are the ids of contacts, in their order. */
  write(raw, by, origin = "own", rows = raw.rows ?? []) {
    const now = this.raw();
    const set = (key, value) => this.parts.set(key, [value, by]);
    this.doc.transact(() => {
      for (const name of TEXTS) if (raw[name] !== undefined) this.#edit(name, raw[name]);
      for (const [name, value] of Object.entries(raw)) {
        if (TEXTS.includes(name) || NOT_SHARED.has(name) || name === "rows") continue;
        if (name === "choices") {
          const before = now.choices ?? [];
          for (const one of value) if (!before.includes(one)) set(`choices:${one}`, true);
          for (const one of before) if (!value.includes(one)) set(`choices:${one}`, false);
        } else if (name === "contacts") this.#contacts(value, rows, now, set);
        else if (JSON.stringify(now[name] ?? empty(value)) !== JSON.stringify(value)) set(name, value);
      }
      if (raw.ranked && JSON.stringify(now.ranking) !== JSON.stringify(raw.ranking)) set("ranking", raw.ranking);
    }, origin);
  }

  #contacts(contacts, rows, now, set) {
    const before = new Map((now.rows ?? []).map((id, at) => [id, now.contacts[at]]));
    contacts.forEach((one, at) => {
      const id = rows[at] ?? `a${String(at).padStart(3, "0")}`;
      const blank = !Object.values(one).some(Boolean);
      const known = before.get(id);
      before.delete(id);
      if ((known || !blank) && JSON.stringify(known) !== JSON.stringify(one)) set(`contact:${id}`, blank ? null : one);
    });
    for (const id of before.keys()) set(`contact:${id}`, null);
  }

  /** Change a text into another by one cut and one insertion, where they differ. */
  #edit(name, wanted) {
    const text = this.doc.getText(name);
    const { start, gone, put } = change(text.toString(), wanted);
    if (gone) text.delete(start, gone);
    if (put) text.insert(start, put);
  }

  /** Put in what another text has and this one lacks; nothing goes. All who do this to the same end as one. */
  carry(raw, by) {
    const own = this.doc.clientID;
    raw = trimmed(raw);
    this.doc.clientID = 2 + (hash(this.version + plain(raw)) % 0x7ffffff0);
    this.doc.transact(() => {
      for (const name of TEXTS) {
        const text = this.doc.getText(name);
        for (const { at, put } of lacking(text.toString(), raw[name] ?? "").reverse()) text.insert(at, put);
      }
    }, "own");
    this.doc.clientID = own;
    const { text, reservation, dissent, ask, translation, ...others } = raw;
    if (!text) this.write(others, by);
  }

  /** All of it, to keep and to pass on. */
  state() { return toBase64(this.Y.encodeStateAsUpdate(this.doc)); }

  /** Take in what another hand holds; false if that cannot be read. */
  take(state, origin = "other") {
    try {
      this.Y.applyUpdate(this.doc, fromBase64(state), origin);
      return true;
    } catch { return false; }
  }

  /** Whether these states together hold all that this one does. */
  isIn(states) {
    const all = new this.Y.Doc();
    for (const state of states) try { this.Y.applyUpdate(all, fromBase64(state)); } catch { /* As above. */ }
    return this.Y.equalSnapshots(this.Y.snapshot(this.doc), this.Y.snapshot(all));
  }
}

/** Two states of the fields hold the same. */
export const same = (one, two) => plain(one) === plain(two);

/** They would make the same answer: what stands around a text is no part of it, nor what rests under a stance. */
export const alike = (one, two) => same(meant(one), meant(two));

const trimmed = (raw) => ({ ...raw, ...Object.fromEntries(TEXTS.map((name) => [name, (raw[name] ?? "").trim()])) });
const meant = (raw) => ({ ...trimmed(raw), ...(raw.stance ? RESTING : {}) });

function plain(raw) {
  const told = Object.entries(raw).filter(([name, value]) => name !== "rows" && value && value.length !== 0);
  return JSON.stringify(told.map(([name, value]) => [name, spelled(name, value, raw)]).filter(([, value]) => value !== null).sort(byKey));
}

function spelled(name, value, raw) {
  if (name === "choices") return [...value].sort();
  if (name === "ranking") return raw.ranked ? value : null;
  if (name !== "contacts") return value;
  const rows = value.filter((one) => Object.values(one).some(Boolean));
  return rows.length ? rows.map((one) => Object.entries(one).sort(byKey)) : null;
}

/** The one stretch in which two texts differ; never through the middle of a sign of two units. */
export function change(before, after) {
  let start = 0;
  const most = Math.min(before.length, after.length);
  while (start < most && before[start] === after[start]) start += 1;
  if (start && isHigh(before, start - 1)) start -= 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  if (end && isLow(before, before.length - end)) end -= 1;
  return { start, gone: before.length - end - start, put: after.slice(start, after.length - end) };
}

/** What a text lacks of another, as insertions at places in it. What both say is said once: they are laid together
 * sentence by sentence, a sentence that only grew by what it grew; one that was changed stands beside the other. */
export function lacking(text, other, parts = pieces) {
  const found = [];
  let at = 0;
  for (const [gone, put] of stretches(parts(text), parts(other))) {
    const [before, after] = [gone.join(""), put.join("")];
    const end = at + before.length;
    const grew = change(before, after);
    const finer = parts === pieces && before && stretches(words(before), words(after)).every(([one, two]) => !one.length || !two.length || one === two);
    if (before && !grew.gone) found.push({ at: at + grew.start, put: grew.put });
    else if (finer) found.push(...lacking(before, after, words).map((one) => ({ at: at + one.at, put: one.put })));
    else if (after.trim()) found.push({ at: end, put: apart(text.slice(0, end), after, text.slice(end)) });
    at = end;
  }
  return found;
}

const words = (text) => text.match(/\s*\S+/g) ?? [];

const TOUCH = "\\s\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef"; // a space, or signs that stand without one
const ENDS = new RegExp(`[^${TOUCH}]$`);
const BEGINS = new RegExp(`^[^${TOUCH}]`);

/** Words that come between others, with a space where they would touch. */
function apart(before, words, after) {
  const first = ENDS.test(before) && BEGINS.test(words) ? " " : "";
  return first + words + (ENDS.test(words) && /^[\p{L}\p{N}]/u.test(after) && BEGINS.test(after) ? " " : "");
}

/** Sentences, lines, and in scripts that set spaces between phrases the phrases, each with the space behind it. */
function pieces(text) {
  return text.match(/[^]+?(?:[.!?\u061f\u06d4\u0964\u0965\u3002\uff01\uff1f\u104b\u17d4]+\s*|\n\s*|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]\s+|$)/g) ?? [];
}

/** Two lists of pieces as stretches in turn: [these, those], by their longest common run of pieces. */
function stretches(mine, theirs) {
  const equal = (a, b) => mine[a].trim() === theirs[b].trim();
  const longest = Array.from({ length: mine.length + 1 }, () => new Uint16Array(theirs.length + 1));
  for (let a = mine.length - 1; a >= 0; a -= 1) {
    for (let b = theirs.length - 1; b >= 0; b -= 1) {
      longest[a][b] = equal(a, b) ? longest[a + 1][b + 1] + 1 : Math.max(longest[a + 1][b], longest[a][b + 1]);
    }
  }
  const found = [];
  let [a, b, gone, put] = [0, 0, [], []];
  while (a < mine.length || b < theirs.length) {
    if (a < mine.length && b < theirs.length && equal(a, b)) {
      const both = [mine[a]];
      found.push([gone, put], [both, both]);
      [gone, put] = [[], []];
      [a, b] = [a + 1, b + 1];
    } else if (b >= theirs.length || (a < mine.length && longest[a + 1][b] >= longest[a][b + 1])) gone.push(mine[a++]);
    else put.push(theirs[b++]);
  }
  return [...found, [gone, put]];
}

const isHigh = (text, at) => (text.charCodeAt(at) & 0xfc00) === 0xd800;
const isLow = (text, at) => (text.charCodeAt(at) & 0xfc00) === 0xdc00;
const byKey = ([one], [two]) => (one < two ? -1 : one > two ? 1 : 0);

function split(key) {
  const at = key.indexOf(":");
  return at < 0 ? [key, ""] : [key.slice(0, at), key.slice(at + 1)];
}

const empty = (value) => (typeof value === "string" ? "" : typeof value === "number" ? 0 : typeof value === "boolean" ? false : undefined);

/** A number for a text, the same everywhere (FNV-1a). */
export function hash(text) {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return sum;
}

function toBase64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

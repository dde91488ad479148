// Where a tablet keeps what is written: drafts, and the outbox of answers on their way.
//
// IndexedDB when there is one, else localStorage, else this page's memory; `where()` tells the truth about it.

import { tell } from "./words.js";

const page = document.body.dataset;
const DRAFT = `draft|${page.exercise}|${page.seat}|`;
const BOX = `outbox|${page.exercise}|${page.seat}`;
const memory = new Map();
let weak = false; // whether something is held by this page alone

/** Whether anything would be lost with this page. */
export const isWeak = () => weak;

// Drafts: small, written with every keystroke, so in localStorage, which is done when it returns.

/** Keep a draft; null forgets it. */
export function keepDraft(name, raw) {
  try {
    if (raw === null) localStorage.removeItem(DRAFT + name);
    else localStorage.setItem(DRAFT + name, JSON.stringify(raw));
    memory.delete(name);
  } catch {
    weak = true;
    if (raw === null) memory.delete(name); else memory.set(name, raw);
  }
}

/** The draft of this name, or null. */
export function draftOf(name) {
  if (memory.has(name)) return memory.get(name);
  try { return JSON.parse(localStorage.getItem(DRAFT + name)); } catch { return null; }
}

// The outbox. An item: {key, seat, exercise, about, request, raw, at}.

const SLOWLY = 2000; // ms to wait for a database that may never answer, as in a private window
let opening = null;
let open = null; // the database, once there is one
let refused = false; // whether there is none

/** The database; null where there is none, or none yet: then what is kept goes to the next place, and is read from
    both. When it comes late, "late" is told. */
async function database() {
  if (open || refused) return open;
  opening ??= new Promise((resolve) => {
    const none = () => { refused = true; resolve(null); };
    let asked;
    try { asked = indexedDB.open("ttx", 1); } catch { none(); return; }
    asked.onupgradeneeded = () => asked.result.createObjectStore("outbox", { keyPath: "key" });
    asked.onsuccess = () => {
      open = asked.result;
      open.onversionchange = () => open.close();
      resolve(open);
      if (late) tell("late");
    };
    asked.onerror = asked.onblocked = none;
  });
  if (late) return null;
  const answer = await Promise.race([opening, new Promise((resolve) => { setTimeout(resolve, SLOWLY, null); })]);
  late ||= !open && !refused;
  return answer;
}
let late = false;

function transact(db, mode, work) {
  return new Promise((resolve, reject) => {
    // `durability: strict` asks for the disk and not only for the system's buffers.
    const transaction = db.transaction("outbox", mode, { durability: "strict" });
    const result = work(transaction.objectStore("outbox"));
    transaction.oncomplete = () => resolve(result?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

const held = new Map(); // what only this page holds
function local() { try { return JSON.parse(localStorage.getItem(BOX)) ?? {}; } catch { return {}; } }
function setLocal(items) { localStorage.setItem(BOX, JSON.stringify(items)); }

/** Put an item into the outbox; items about the same that were not yet taken are replaced. */
export async function post(item, replaced) {
  const db = await database();
  if (db) {
    try {
      await transact(db, "readwrite", (store) => {
        for (const key of replaced) store.delete(key);
        store.put(item);
      });
      forget(replaced);
      return;
    } catch { /* Full: the next place then. */ }
  }
  try {
    const items = local();
    items[item.key] = item;
    for (const key of replaced) delete items[key];
    setLocal(items);
  } catch {
    weak = true;
    held.set(item.key, item);
  }
  for (const key of replaced) held.delete(key);
}

function forget(keys) {
  for (const key of keys) held.delete(key);
  const items = local();
  if (!keys.some((key) => key in items)) return;
  for (const key of keys) delete items[key];
  try { setLocal(items); } catch { /* It was readable, so it can be made smaller. */ }
}

/** Take an item out. */
export async function taken(key) {
  const db = await database();
  if (db) { try { await transact(db, "readwrite", (store) => store.delete(key)); } catch { /* Tried again later. */ } }
  forget([key]);
}

/** Whether an item still waits, or another tab has sent or replaced it. Where nobody can tell, it does. */
export async function isWaiting(key) {
  if (held.has(key) || key in local()) return true;
  const db = await database();
  if (!db) return !refused;
  try { return await transact(db, "readonly", (store) => store.count(key)) > 0; } catch { return true; }
}

/** What waits for this seat, oldest first. */
export async function waiting() {
  const db = await database();
  let items = [];
  if (db) { try { items = await transact(db, "readonly", (store) => store.getAll()); } catch { /* None readable. */ } }
  items = items.filter((one) => one.seat === page.seat && one.exercise === page.exercise);
  const all = new Map([...items, ...Object.values(local()), ...held.values()].map((one) => [one.key, one]));
  return Array.from(all.values()).sort((a, b) => a.at - b.at);
}

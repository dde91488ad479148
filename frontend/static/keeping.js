// Where a tablet keeps what is written: drafts, and the outbox of answers on their way.
//
// IndexedDB when there is one, else localStorage, else this page's memory; `where()` tells the truth about it.

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

let opened;

function database() {
  opened ??= new Promise((resolve) => {
    let asked;
    try { asked = indexedDB.open("ttx", 1); } catch { resolve(null); return; }
    asked.onupgradeneeded = () => asked.result.createObjectStore("outbox", { keyPath: "key" });
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = asked.onblocked = () => resolve(null);
    // A browser in private mode may never answer.
    setTimeout(() => resolve(null), 2000);
  });
  return opened;
}

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

/** What waits for this seat, oldest first. */
export async function waiting() {
  const db = await database();
  let items = [];
  if (db) { try { items = await transact(db, "readonly", (store) => store.getAll()); } catch { /* None readable. */ } }
  items = items.filter((one) => one.seat === page.seat && one.exercise === page.exercise);
  const all = new Map([...items, ...Object.values(local()), ...held.values()].map((one) => [one.key, one]));
  return Array.from(all.values()).sort((a, b) => a.at - b.at);
}

// What a page needs only when it is opened: the style sheets and modules of a dialog, named by the button that opens it.
// The worker keeps them soon after the page, so that they are there without a network too.

const partsOf = (button) => button.dataset.late.split(" ");
const loading = new Map(); // address -> the promise of it

/** The addresses of everything that this page may load later. */
export const lateParts = () => [...new Set(Array.from(document.querySelectorAll("[data-late]"), partsOf).flat())];

/** Modules that are needed now, as `import` gives them. All come or none, and what did not come may be asked for again:
    Firefox never asks twice for a module that has failed, so each is fetched before it is imported. */
export async function bring(...names) {
  const addresses = names.map((one) => new URL(one, import.meta.url).href);
  await Promise.all(addresses.map(arrives));
  return Promise.all(addresses.map((one) => import(one)));
}

async function arrives(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(address);
  await response.arrayBuffer();
}

function load(address) {
  if (!loading.has(address)) {
    const part = address.endsWith(".css") ? dress(address) : bring(address);
    loading.set(address, part.then(() => true, () => { loading.delete(address); return false; }));
  }
  return loading.get(address);
}

function dress(href) {
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  const done = new Promise((resolve, reject) => {
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", () => { sheet.remove(); reject(new Error(href)); });
  });
  document.head.append(sheet);
  return done;
}

let ready = null; // the button whose parts have just come

// A press waits for its parts, and is then pressed anew. What does not come without a network is tried at the next press.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-late]");
  if (!button || button === ready) return;
  const parts = partsOf(button);
  event.stopImmediatePropagation();
  Promise.all(parts.map(load)).then(() => {
    ready = button;
    button.click();
    ready = null;
  });
}, true);

// Passkeys: asking the server what is to be signed, having the device sign it, and sending that back.
//
// <button data-passkey="/address"> signs in or unlocks, <form data-passkey-new="/address"> makes one; what went wrong
// stands in the nearest [data-passkey-why]. Where the browser has no passkeys at this address, neither is shown.

const GAVE_UP = "No passkey was used. Try once more, or use your password.";
const NO_ANSWER = "The server did not answer. Try again when it is back.";
const able = window.isSecureContext && "PublicKeyCredential" in window;

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

/** A reply of the server; throws its sentence if it refuses. */
async function post(address, body) {
  const json = !(body instanceof FormData);
  const reply = await fetch(address, {
    method: "POST",
    headers: { accept: "application/json", ...(json ? { "content-type": "application/json" } : {}) },
    body: json ? JSON.stringify(body) : new URLSearchParams(body),
  }).catch(() => { throw new Error(NO_ANSWER); });
  if (reply.ok) return reply;
  const said = await reply.json().catch(() => ({}));
  throw new Error(said.refused ?? NO_ANSWER);
}

/** What a device answered, as the server reads it. */
function answer(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const said = Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, text(response[part])]));
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: said };
}

async function make(form) {
  const options = await (await post(`${form.dataset.passkeyNew}/ask`, new FormData(form))).json();
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: named(options.excludeCredentials),
  };
  const credential = await navigator.credentials.create({ publicKey }).catch(() => { throw new Error(GAVE_UP); });
  await post(form.dataset.passkeyNew, { credential: answer(credential), name: form.elements.name.value });
}

/** Have a passkey answer the question of this address; the reply that follows. */
export async function use(address) {
  const options = await (await post(`${address}/ask`, {})).json();
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) };
  const credential = await navigator.credentials.get({ publicKey }).catch(() => { throw new Error(GAVE_UP); });
  return post(address, answer(credential));
}

/** Whether this browser has passkeys at this address. */
export const ready = able;

async function tries(what, place, then) {
  const why = place.querySelector("[data-passkey-why]");
  why.hidden = true;
  try {
    then(await what());
  } catch (fault) {
    why.textContent = fault.message;
    why.hidden = false;
  }
}

for (const button of document.querySelectorAll("button[data-passkey]")) {
  button.hidden = !able;
  button.addEventListener("click", () => tries(() => use(button.dataset.passkey), button.parentElement, (reply) => location.assign(reply.url)));
}
for (const form of document.querySelectorAll("form[data-passkey-new]")) {
  form.hidden = !able;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tries(() => make(form), form, () => location.reload());
  });
}
for (const one of document.querySelectorAll("[data-no-passkeys]")) one.hidden = able;

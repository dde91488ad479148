// A sound for calls for help, on a console that wants one; silent unless somebody switched it on.

import { hear } from "./words.js";

const KEPT = "ttx-sound";
const button = document.querySelector("[data-sound]");
let last = Number(document.getElementById("calls")?.dataset.calls ?? 0);
let context = null;

const wanted = () => { try { return localStorage.getItem(KEPT) === "on"; } catch { return button?.getAttribute("aria-checked") === "true"; } };

function show(on) {
  button?.setAttribute("aria-checked", String(on));
}

function ring() {
  try {
    context ??= new AudioContext();
    for (const [at, pitch] of [[0, 660], [0.22, 880]]) {
      const [tone, loud] = [context.createOscillator(), context.createGain()];
      const start = context.currentTime + at;
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0.0001, start);
      loud.gain.exponentialRampToValueAtTime(0.2, start + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.0001, start + 0.2);
      tone.connect(loud).connect(context.destination);
      tone.start(start);
      tone.stop(start + 0.22);
    }
  } catch { /* A browser without sound shows the call all the same. */ }
}

button?.addEventListener("click", () => {
  const on = button.getAttribute("aria-checked") !== "true";
  try { localStorage.setItem(KEPT, on ? "on" : "off"); } catch { /* It holds while this page is open. */ }
  show(on);
  if (on) ring();
});
hear("drawn", () => {
  const now = Number(document.getElementById("calls")?.dataset.calls ?? 0);
  if (now > last && wanted()) ring();
  last = Math.max(last, now);
});
show(wanted());

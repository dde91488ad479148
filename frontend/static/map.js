// What travels on the map travels: when a token's step changes, it goes along its trail once. The server has
// drawn it at the end already, so a page without motion, or opened later, shows the same.

import { hear } from "./words.js";

const LONG = 2500; // ms
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const steps = new Map(); // token -> the step that moved it last
const going = new Map(); // token -> the number of its running animation

function tokens() {
  return document.querySelectorAll("#map [data-token]");
}

function travel(token) {
  const trail = token.dataset.trail;
  if (!trail || calm.matches) return;
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", trail);
  const length = path.getTotalLength();
  if (!length) return;
  const id = token.dataset.token;
  const mine = (going.get(id) ?? 0) + 1;
  going.set(id, mine);
  const end = token.getAttribute("transform");
  const began = performance.now();
  const go = (now) => {
    const element = document.getElementById(`token-${id}`);
    if (going.get(id) !== mine || !element) return;
    const part = Math.min(1, (now - began) / LONG);
    if (part === 1) { element.setAttribute("transform", end); return; }
    const eased = part < 0.5 ? 4 * part ** 3 : 1 - (-2 * part + 2) ** 3 / 2;
    const point = path.getPointAtLength(length * eased);
    element.setAttribute("transform", `translate(${point.x} ${point.y})`);
    requestAnimationFrame(go);
  };
  requestAnimationFrame(go);
}

for (const token of tokens()) steps.set(token.dataset.token, token.dataset.step);

hear("region", ({ id }) => {
  if (id !== "stage") return;
  for (const token of tokens()) {
    const name = token.dataset.token;
    if (steps.get(name) !== token.dataset.step) {
      steps.set(name, token.dataset.step);
      travel(token);
    }
  }
});

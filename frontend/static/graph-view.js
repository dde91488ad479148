// The view of the graph: pan, zoom, what is in sight, the small map. One transform moves the whole picture.

const view = document.getElementById("graph");
const world = view.querySelector(".graph-world");
const percent = document.getElementById("percent");
const strip = document.querySelector(".graph-strip"); // beside the picture, so that the small map hides nothing of it
const map = strip.querySelector(".graph-map");
const mapCards = map.querySelector(".graph-map-cards");
const mapView = map.querySelector(".graph-map-view");

const LEAST = 0.08, MOST = 2.5;
const EDGE = 18; // px of paper around the picture
const FAR = 6; // px a pointer may wander before a press is a drag
const MAP = 112; // px the small map is wide at most
const STRIP = 23; // px around it, its border and that of the strip among them

const at = { x: EDGE, y: EDGE, k: 1 };
let drawing = 0;
let settled = 0;

/** What others do with the view's events: `grab(event)` may return {move, end} to take a drag; `tap(event)` a press. */
export const hooks = { grab: () => null, tap: () => {} };

function size() {
  return { width: world.offsetWidth, height: world.offsetHeight, w: view.clientWidth, h: view.clientHeight };
}

function bounded(place, room, long) {
  if (long + 2 * EDGE <= room) return (room - long) / 2;
  return Math.min(EDGE, Math.max(room - long - EDGE, place));
}

let frame = size();
let scale = 0; // of the small map
let room = 0; // px the picture and the strip have between them
let beside = 0; // px the strip takes of them where not all is in sight

function apply() {
  drawing = 0;
  world.style.transform = `translate3d(${at.x}px, ${at.y}px, 0) scale(${at.k})`;
  const whole = frame.width * at.k <= room && frame.height * at.k <= frame.h;
  if (strip.hidden !== whole) strip.hidden = whole;
  mapView.setAttribute("x", String((-at.x / at.k) * scale));
  mapView.setAttribute("y", String((-at.y / at.k) * scale));
  mapView.setAttribute("width", String((frame.w / at.k) * scale));
  mapView.setAttribute("height", String((frame.h / at.k) * scale));
}

function go(x, y, k = at.k) {
  const zoomed = k !== at.k;
  at.k = Math.min(MOST, Math.max(LEAST, k));
  at.x = bounded(x, frame.w, frame.width * at.k);
  at.y = at.k * frame.height + 2 * EDGE <= frame.h ? EDGE : bounded(y, frame.h, frame.height * at.k);
  if (!drawing) drawing = requestAnimationFrame(apply);
  if (zoomed) {
    percent.textContent = `${Math.round(at.k * 100)}%`;
    clearTimeout(settled);
    settled = setTimeout(sharpen, 180);
  }
}

// A layer of its own is moved without being painted, and stretched without it too: painted anew once the zoom rests.
function sharpen() {
  world.classList.add("still");
  requestAnimationFrame(() => requestAnimationFrame(() => world.classList.remove("still")));
}

/** Move the picture by so many px. */
export function pan(x, y) {
  go(at.x + x, at.y + y);
}

/** Zoom by a factor about a point of the view, its middle if none is named. */
export function zoom(factor, x = frame.w / 2, y = frame.h / 2) {
  const k = Math.min(MOST, Math.max(LEAST, at.k * factor));
  const by = k / at.k;
  go(x - (x - at.x) * by, y - (y - at.y) * by, k);
}

/** Everything in sight. */
export function fit() {
  go(0, 0, Math.min((room - 2 * EDGE) / frame.width, (frame.h - 2 * EDGE) / frame.height, 1.4));
}

/** As wide as the window where that can be read, from the top. */
export function begin() {
  const wide = (room - 2 * EDGE) / frame.width;
  const less = frame.height * wide > frame.h ? beside / frame.width : 0;
  go(EDGE, EDGE, Math.min(1, Math.max(wide - less, 0.7)));
}

/** Where an element is, in px of the view. */
export function box(element) {
  if (drawing) { cancelAnimationFrame(drawing); apply(); }
  const [outer, inner] = [view.getBoundingClientRect(), element.getBoundingClientRect()];
  return { x: inner.x - outer.x, y: inner.y - outer.y, width: inner.width, height: inner.height };
}

/** Bring an element into sight, no further than needed; with `middle`, into the middle. */
export function reveal(element, middle = false) {
  const one = box(element);
  const gap = 40;
  if (middle) { pan(frame.w / 2 - one.x - one.width / 2, frame.h / 2 - one.y - one.height / 2); return; }
  const x = one.x < gap ? gap - one.x : Math.min(0, frame.w - gap - one.x - one.width);
  const y = one.y < gap ? gap - one.y : Math.min(0, frame.h - gap - one.y - one.height);
  if (x || y) pan(x, y);
}

/** Bring a day's upper left corner to that of the view. */
export function turnTo(band) {
  const one = box(band);
  pan(EDGE - one.x, EDGE - one.y);
}

/** The picture or the window has another size: measure, and draw the small map. */
export function measure() {
  // A band out of sight is not laid out: it is told how large it will be, so that nothing jumps when it comes in.
  for (const band of world.children) {
    const svg = band.querySelector("svg");
    band.style.containIntrinsicSize = `${svg.getAttribute("width")}px ${svg.getAttribute("height")}px`;
  }
  frame = size();
  room = frame.w + strip.offsetWidth;
  const wide = Math.min(MAP, ((frame.h - 2 * EDGE) * frame.width) / Math.max(frame.height, 1));
  scale = wide / Math.max(frame.width, 1);
  beside = wide + STRIP;
  map.setAttribute("width", String(wide));
  map.setAttribute("height", String(frame.height * scale));
  let path = "";
  for (const band of world.children) {
    const top = band.offsetTop;
    for (const card of band.querySelectorAll(".card-g")) {
      const { e, f } = card.transform.baseVal.consolidate().matrix;
      path += `M${(e * scale).toFixed(1)} ${((top + f) * scale).toFixed(1)}h${(120 * scale).toFixed(1)}v${(70 * scale).toFixed(1)}h${(-120 * scale).toFixed(1)}z`;
    }
  }
  mapCards.setAttribute("d", path);
  go(at.x, at.y);
}

/** Where the view is, to be kept over a reload. */
export const where = () => ({ ...at });

/** Go where the view was. */
export function back(kept) {
  go(kept.x, kept.y, kept.k);
  sharpen();
}

// Wheel and pinch.

view.addEventListener("wheel", (event) => {
  event.preventDefault();
  const unit = event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? frame.h : 1;
  const outer = view.getBoundingClientRect();
  if (event.ctrlKey || event.metaKey) {
    zoom(Math.exp(-event.deltaY * unit * 0.004), event.clientX - outer.x, event.clientY - outer.y);
  } else if (event.shiftKey && !event.deltaX) pan(-event.deltaY * unit, 0);
  else pan(-event.deltaX * unit, -event.deltaY * unit);
}, { passive: false });

const pointers = new Map();
let held = null; // the drag under way: {move, end}
let from = null; // where it began

// A press on a card must not move the keyboard there before it is known whether it is a drag.
view.addEventListener("mousedown", (event) => {
  if (event.target.closest?.(".card-g, .wire")) event.preventDefault();
});

view.addEventListener("pointerdown", (event) => {
  if (event.button > 1) return;
  pointers.set(event.pointerId, event);
  if (pointers.size === 1) from = event;
  else { held?.end(event, true); held = null; from = null; }
});

addEventListener("pointermove", (event) => {
  const before = pointers.get(event.pointerId);
  if (!before) return;
  pointers.set(event.pointerId, event);
  if (pointers.size === 2) { pinch(before, event); return; }
  if (from && !held && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > FAR) {
    held = hooks.grab(from) ?? { move: (now, last) => pan(now.clientX - last.clientX, now.clientY - last.clientY), end: () => {} };
    try { view.setPointerCapture(event.pointerId); } catch { /* The pointer is gone already. */ }
    held.move(event, from);
  } else held?.move(event, before);
});

function pinch(before, now) {
  const other = [...pointers.values()].find((one) => one.pointerId !== now.pointerId);
  const outer = view.getBoundingClientRect();
  const [was, is] = [before, now].map((one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY));
  zoom(is / Math.max(was, 1), (now.clientX + other.clientX) / 2 - outer.x, (now.clientY + other.clientY) / 2 - outer.y);
  pan((now.clientX - before.clientX) / 2, (now.clientY - before.clientY) / 2);
}

function letGo(event) {
  if (!pointers.delete(event.pointerId)) return;
  if (held) held.end(event, event.type === "pointercancel");
  else if (from && event.type === "pointerup") hooks.tap(from);
  held = from = null;
}
addEventListener("pointerup", letGo);
addEventListener("pointercancel", letGo);

/** Give up the drag under way. */
export function drop() {
  held?.end(null, true);
  held = from = null;
}

map.addEventListener("mousedown", (event) => event.preventDefault());
map.addEventListener("pointerdown", (event) => {
  const jump = (one) => {
    const outer = map.getBoundingClientRect();
    go(frame.w / 2 - ((one.clientX - outer.x) / scale) * at.k, frame.h / 2 - ((one.clientY - outer.y) / scale) * at.k);
  };
  jump(event);
  map.setPointerCapture(event.pointerId);
  map.onpointermove = jump;
  map.onpointerup = () => { map.onpointermove = null; };
});

document.querySelector(".graph-zoom").addEventListener("click", (event) => {
  const wanted = event.target.closest("[data-zoom]")?.dataset.zoom;
  if (wanted === "in") zoom(1.25);
  if (wanted === "out") zoom(0.8);
  if (wanted === "one") zoom(1 / at.k);
  if (wanted === "fit") fit();
});

new ResizeObserver(() => measure()).observe(view);

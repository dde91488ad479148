// What the graph on this page says: its cards in their order, and what leads from one to the other.

const world = document.querySelector(".graph-world");

/** The card of an inject, if it is drawn. */
export const card = (id) => document.getElementById(`card-${id}`);

/** All cards in the order of the files. */
export const cards = () => Array.from(world.querySelectorAll(".card-g"));

/** The band a card stands in. */
export const band = (one) => one.closest(".graph-band");

/** Whether a card's day may be changed. */
export const editable = (one) => band(one).dataset.edit === "1";

/** All bands from above. */
export const bands = () => Array.from(world.children);

let leaving = new Map();
let entering = new Map();

/** Read the wires anew: after the page was drawn, or a band. */
export function learn() {
  leaving = new Map();
  entering = new Map();
  const seen = new Map();
  for (const element of world.querySelectorAll(".wire[data-source]")) {
    const { source, target, option = null, need } = element.dataset;
    const key = [source, target, option, need].join(" ");
    const known = seen.get(key);
    if (known) { known.elements.push(element); continue; }
    const link = { source, target, option, need: Boolean(need), elements: [element] };
    seen.set(key, link);
    put(leaving, source, link);
    put(entering, target, link);
  }
}

function put(index, id, link) {
  if (!index.has(id)) index.set(id, []);
  index.get(id).push(link);
}

/** Links that leave an inject, and links that come to it: steps, then needs. */
export const out = (id) => ordered(leaving.get(id));
export const into = (id) => ordered(entering.get(id));

function ordered(links = []) {
  return [...links].sort((one, other) => Number(one.need) - Number(other.need));
}

/** The link an element on the picture belongs to. */
export function linkOf(element) {
  return out(element.dataset.source).find((link) => link.elements.includes(element)) ?? null;
}

/** Where a card stands: its middle in the picture's own units, and its band. */
function middle(one) {
  const { e, f } = one.transform.baseVal.consolidate().matrix;
  return { x: e, y: band(one).offsetTop + f };
}

// What lies in an arrow's direction: within the lane for right and left, beyond it for up and down.
const LIES = {
  ArrowRight: (dx, dy) => dx > 4 && Math.abs(dy) < 60,
  ArrowLeft: (dx, dy) => dx < -4 && Math.abs(dy) < 60,
  ArrowUp: (_dx, dy) => dy < -20,
  ArrowDown: (_dx, dy) => dy > 20,
};

/** The card an arrow key leads to: right and left along steps, the straightest first, else to the neighbour; up and
 *  down between lanes. Home and End lead to the day's first and last. */
export function neighbour(one, key) {
  const day = band(one).querySelectorAll(".card-g");
  if (key === "Home" || key === "End") return day[key === "Home" ? 0 : day.length - 1];
  const id = one.dataset.id;
  const ends = { ArrowRight: out(id).map((link) => link.target), ArrowLeft: into(id).map((link) => link.source) }[key] ?? [];
  const here = middle(one);
  const along = ends.map(card).filter((next) => next && next !== one);
  if (along.length) return nearest(along, (next) => Math.abs(middle(next).y - here.y));
  const [wide, high] = key === "ArrowUp" || key === "ArrowDown" ? [1, 3] : [1, 1];
  return nearest(cards().filter((other) => other !== one), (other) => {
    const there = middle(other);
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    return LIES[key](dx, dy) ? wide * Math.abs(dx) + high * Math.abs(dy) : Infinity;
  });
}

function nearest(some, far) {
  let [best, least] = [null, Infinity];
  for (const one of some) {
    const here = far(one);
    if (here < least) [best, least] = [one, here];
  }
  return best;
}

/** A card's kind, as the picture names it. */
export const kindOf = (one) => one.querySelector(".card-kind").textContent;

/** A card's title, whole. */
export const titleOf = (one) => one.querySelector("title").textContent.slice(one.dataset.id.length + 1);

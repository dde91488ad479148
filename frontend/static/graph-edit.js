// Changing the story on the graph: every change is asked of the server, and then the bands that differ come anew.

import { ask, base, drawn, fetched, stands } from "./author-link.js";
import { standAs, undoable } from "./author-undo.js";
import { band, bands, card, cards, editable, neighbour, out } from "./graph-story.js";
import { box, pan, reveal } from "./graph-view.js";
import { toast } from "./toasts.js";
import { announce, hear, tell, word } from "./words.js";

const view = document.getElementById("graph");
const world = view.querySelector(".graph-world");
const form = document.getElementById("asking");
const field = form.elements.id;
const line = view.querySelector(".graph-drag");
const SVG = "http://www.w3.org/2000/svg";

/** What may be done with a card, or with a link. */
export const act = {
  move: (one) => begin("move", one),
  connect: (one) => begin("connect", one),
  insert: (one) => {
    const known = new Set(cards().map((other) => other.dataset.id));
    change(one, { do: "add_inject", day: Number(band(one).dataset.day), after: one.dataset.id }, known);
  },
  duplicate: (one) => change(one, { do: "duplicate_inject", inject: one.dataset.id }, new Set(cards().map((other) => other.dataset.id))),
  delete: async (one) => {
    if (!may(one) || !(await confirmed(one))) return;
    const next = neighbour(one, "ArrowRight") ?? neighbour(one, "ArrowLeft");
    change(one, { do: "delete_inject", inject: one.dataset.id }, null, next?.dataset.id);
  },
  disconnect: (link) => {
    if (link.need) { toast(word("cannotcut")); return; }
    const option = link.option === null ? {} : { option: link.option };
    change(card(link.source), { do: "disconnect", source: link.source, target: link.target, ...option }, null, link.source);
  },
};

function may(one) {
  if (one && editable(one)) return true;
  announce(word("readonly"));
  toast(word("readonly"));
  return false;
}

// `known` are the ids before, so that the one that is new can be picked; `then` is what is picked otherwise.
async function change(one, body, known = null, then = one?.dataset.id) {
  if (!may(one)) return;
  const { ok, data } = await ask(body);
  if (!ok) { toast(data.refused); return; }
  stands("saved", word("saved", new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })));
  announce(data.sentence ?? word("drawn"));
  if (data.sentence) toast(data.sentence, "good");
  undoable(data.sentence ?? "");
  await redraw(known, then);
}

/** Fetch the bands that are other than those here, and put them in their places. */
export async function redraw(known = null, then = undefined) {
  const have = bands().map((one) => one.dataset.digest).join(",");
  let text;
  try {
    const reply = await fetch(`${base}/graph/bands?have=${have}`, { headers: { Accept: "text/html" } });
    if (!reply.ok) throw new Error(String(reply.status));
    text = await reply.text();
  } catch {
    toast(word("stale"));
    return;
  }
  const fresh = Array.from(new DOMParser().parseFromString(text, "text/html").querySelectorAll(".graph-band"));
  if (!fresh.length) { location.reload(); return; }
  drawn(fresh[0].dataset.head);
  const kept = new Map(bands().map((one) => [one.dataset.digest, one]));
  const placed = fresh.map((one) => (one.firstElementChild ? document.adoptNode(one) : kept.get(one.dataset.digest)));
  // Bands that stay are not moved, so that the keyboard stays where it is.
  for (const old of bands()) if (!placed.includes(old)) old.remove();
  placed.forEach((one, place) => { if (world.children[place] !== one) world.insertBefore(one, world.children[place] ?? null); });
  const added = known && cards().find((other) => !known.has(other.dataset.id));
  tell("redrawn", { pick: added ? added.dataset.id : then });
  header();
}

// How many findings there are, in all and by day, and what Undo would take back stand in every page's head; the shortest one is asked.
async function header() {
  const page = await fetched(`${base}?part=head`);
  if (!page) return;
  const [old, found] = [document, page].map((one) => one.getElementById("found"));
  if (old && found) old.replaceWith(document.adoptNode(found));
  const [mine, theirs] = [document, page].map((one) => Array.from(one.querySelectorAll(".day-tab small")));
  if (mine.length === theirs.length) mine.forEach((one, place) => one.replaceWith(document.adoptNode(theirs[place])));
  standAs(page);
}

hear("others", async () => { await redraw(); announce(word("others")); });
hear("undone", () => redraw());

function confirmed(one) {
  const dialog = document.getElementById("graph-delete");
  dialog.querySelector("[data-delete-id]").textContent = one.dataset.id;
  dialog.querySelector("[data-delete-title]").textContent = one.querySelector("title").textContent.slice(one.dataset.id.length + 1);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((said) => dialog.addEventListener("close", () => said(dialog.returnValue === "yes"), { once: true }));
}

// Where to: a line that asks for an id, which arrows on the graph or typing fill in.

let question = null; // {verb, one, at}: what is asked, for which card, and the card that is the answer so far

/** Whether a place is being asked for. */
export const asking = () => question !== null;

/** A card chosen on the graph is the answer: what was asked for is done to it, and Undo takes it back. */
export function answered(id) {
  if (id === question.one.dataset.id) return;
  field.value = id;
  mark(card(id));
  form.requestSubmit();
}

function begin(verb, one, at = null) {
  if (!may(one)) return;
  question = { verb, one, at: null };
  form.hidden = false;
  form.querySelector("[data-asking]").textContent = word(verb === "move" ? "after" : "connect", one.dataset.id);
  document.getElementById("all-ids").replaceChildren(...cards().map((other) => new Option(other.dataset.id)));
  const decides = verb === "connect" && one.dataset.kind === "decision";
  form.querySelector(".asking-option").hidden = !decides;
  form.elements.option.required = decides;
  const options = Array.from(new Set(out(one.dataset.id).map((link) => link.option).filter(Boolean)));
  document.getElementById("all-options").replaceChildren(...options.map((key) => new Option(key)));
  form.elements.option.value = decides ? free(options) : "";
  one.classList.add("lifted");
  field.value = "";
  mark(at ?? (verb === "move" ? before(one) : null));
  if (question.at) field.value = question.at.dataset.id;
  field.focus({ preventScroll: true });
  field.select();
}

function free(options) {
  return Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ").find((key) => !options.includes(key)) ?? "";
}

function before(one) {
  const all = cards();
  return all[all.indexOf(one) - 1] ?? null;
}

function mark(one) {
  for (const other of world.querySelectorAll(".target, .put-after")) other.classList.remove("target", "put-after");
  question.at = one;
  if (!one) return;
  one.classList.add(question.verb === "move" ? "put-after" : "target");
  reveal(one);
}

function leave() {
  if (!question) return;
  const { one } = question;
  for (const other of world.querySelectorAll(".target, .put-after, .lifted")) other.classList.remove("target", "put-after", "lifted");
  question = null;
  form.hidden = true;
  if (one.isConnected) one.focus({ preventScroll: true });
}

field.addEventListener("input", () => mark(card(field.value.trim())));

field.addEventListener("keydown", (event) => {
  if (!event.key.startsWith("Arrow") || !question) return;
  const { verb, one, at } = question;
  let next;
  if (verb === "move" && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    const all = cards().filter((other) => other !== one);
    next = all[all.indexOf(at) + (event.key === "ArrowRight" ? 1 : -1)];
  } else next = neighbour(at ?? one, event.key);
  event.preventDefault();
  if (!next || next === one) return;
  field.value = next.dataset.id;
  mark(next);
  announce(`${form.querySelector("[data-asking]").textContent} ${next.dataset.id}`);
});

form.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
form.addEventListener("click", (event) => { if (event.target.closest("[data-act=leave]")) leave(); });

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!question) return;
  const { verb, one } = question;
  const typed = field.value.trim();
  const there = card(typed);
  if (!there && !(verb === "move" && !typed)) { announce(word("unknown", typed)); toast(word("unknown", typed)); return; }
  const option = form.elements.option.value.trim();
  leave();
  if (verb === "move") put(one, there);
  else join(one, there, option || null);
});

// Without a card to stand after, an inject becomes the first of its day.
function put(one, after) {
  const day = Number(band(after ?? one).dataset.day);
  change(one, { do: "move_inject", inject: one.dataset.id, day, ...(after ? { after: after.dataset.id } : {}) });
}

function join(one, there, option) {
  change(one, { do: "connect", source: one.dataset.id, target: there.dataset.id, ...(option ? { option } : {}) });
}

// By hand: a card is dragged to its new place, or a line is drawn from its port to another card.

/** A drag that began on a card; `port` draws a line. What `graph-view` asks for: {move, end}. */
export function grabbed(one, port) {
  return port ? drawing(one) : carrying(one);
}

function over(event) {
  const hit = document.elementFromPoint(event.clientX, event.clientY);
  return hit?.closest?.(".card-g") ?? null;
}

// Near the edge of the view the picture comes along.
function follow(event) {
  const outer = view.getBoundingClientRect();
  const [x, y] = [event.clientX - outer.x, event.clientY - outer.y];
  const toward = (place, room) => (place < 36 ? 14 : place > room - 36 ? -14 : 0);
  const [dx, dy] = [toward(x, outer.width), toward(y, outer.height)];
  if (dx || dy) pan(dx, dy);
  return { x, y };
}

function carrying(one) {
  const ghost = document.createElement("div");
  ghost.className = "graph-ghost";
  ghost.textContent = one.dataset.id;
  document.body.append(ghost);
  one.classList.add("lifted");
  let after;
  const unmark = () => world.querySelector(".put-after")?.classList.remove("put-after");
  return {
    move: (event) => {
      follow(event);
      ghost.style.transform = `translate(${event.clientX + 14}px, ${event.clientY + 12}px)`;
      const there = over(event);
      unmark();
      after = undefined;
      if (!there || there === one) return;
      const half = box(there);
      const left = event.clientX - view.getBoundingClientRect().x < half.x + half.width / 2;
      after = left ? behind(there, one) : there;
      after?.classList.add("put-after");
      ghost.textContent = after ? `${one.dataset.id} \u21e2 ${after.dataset.id}` : `${one.dataset.id} \u21e2 ${word("first")}`;
      if (left && !after) after = band(there);
    },
    end: (event, given) => {
      ghost.remove();
      one.classList.remove("lifted");
      unmark();
      if (given || after === undefined) return;
      if (after.matches(".graph-band")) {
        change(one, { do: "move_inject", inject: one.dataset.id, day: Number(after.dataset.day) });
      } else if (after !== one) put(one, after);
    },
  };
}

// The card before this one in its day, leaving out the one that is carried; null is none.
function behind(there, one) {
  const day = Array.from(band(there).querySelectorAll(".card-g")).filter((other) => other !== one);
  return day[day.indexOf(there) - 1] ?? null;
}

function drawing(one) {
  line.removeAttribute("hidden");
  const path = line.firstElementChild ?? line.appendChild(document.createElementNS(SVG, "path"));
  let there = null;
  return {
    move: (event) => {
      const { x, y } = follow(event);
      const start = box(one);
      path.setAttribute("d", `M${start.x + start.width} ${start.y + start.height / 2}L${x} ${y}`);
      there?.classList.remove("target");
      there = over(event);
      if (there === one) there = null;
      there?.classList.add("target");
    },
    end: (event, given) => {
      line.setAttribute("hidden", "");
      path.removeAttribute("d");
      there?.classList.remove("target");
      if (given || !there) return;
      if (one.dataset.kind === "decision") { begin("connect", one, there); form.elements.option.focus(); form.elements.option.select(); }
      else join(one, there, null);
    },
  };
}


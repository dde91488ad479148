// In a question's card: who else is writing here, what somebody changed, and that somebody thinks it ready to confirm.

import { readable } from "./answers.js";
import { hash } from "./shared-draft.js";
import { announce, word } from "./words.js";

const me = document.body.dataset.person ?? "";
const known = new Map(); // name -> what is shown there

/** The part of a draft's card that speaks of the others. */
export function at(one) {
  if (!known.has(one.name)) known.set(one.name, new AtWork(one));
  return known.get(one.name);
}

class AtWork {
  constructor(one) {
    this.one = one;
    this.changes = new Map(); // part -> {by, raw, mine}
    this.announced = "";
  }

  /** Somebody else changed parts that have one value. */
  tell(event) {
    for (const [key, { oldValue }] of event.changes.keys) {
      const value = this.one.draft.parts.get(key);
      const part = key.split(":")[0];
      if (!value || part === "contact" || ["reserve", "disagree", "translate", "ranked"].includes(part)) continue;
      if (part === "proposed") { this.changes.delete(part); continue; }
      const mine = oldValue && oldValue[1] === me && me ? oldValue[0] : undefined;
      this.changes.set(part, { by: value[1], part, mine });
    }
  }

  show() {
    const { one } = this;
    const place = one.form.closest("article.question")?.querySelector("[data-at-work]");
    if (!place) return;
    const lines = one.writers.map((name) => line("iswriting", name, "writes"));
    for (const change of this.changes.values()) lines.push(this.#changed(change));
    const proposal = this.#proposal();
    if (proposal) lines.push(proposal);
    place.replaceChildren(...lines);
    place.hidden = lines.length === 0;
  }

  #changed({ by, part, mine }) {
    const raw = this.one.draft.raw();
    const told = line("chose", nameOf(by) || word("unnamed"), "changed");
    told.append(" ", apart(said(this.one.form, part, raw[part])));
    if (mine !== undefined && JSON.stringify(mine) !== JSON.stringify(raw[part])) {
      told.append(" ", ...around("youhad", said(this.one.form, part, mine)), " ");
      const back = document.createElement("button");
      back.type = "button";
      back.className = "button small";
      back.textContent = word("putback");
      back.addEventListener("click", () => {
        this.changes.delete(part);
        this.one.draft.doc.transact(() => this.one.draft.parts.set(part, [mine, me]), "own");
        this.one.fit();
        this.show();
      });
      told.append(back);
    }
    return told;
  }

  #proposal() {
    const { draft } = this.one;
    const value = draft?.parts.get("proposed");
    if (!value?.[0] || draft.isUntouched()) return null;
    const [{ name, of }, by] = value;
    const still = of === digest(draft.raw());
    const told = line(still ? "proposed" : "proposedsince", nameOf(by) || name || word("unnamed"), still ? "proposed" : "since");
    if (told.textContent !== this.announced) announce(told.textContent);
    this.announced = told.textContent;
    return told;
  }

  /** Say that this draft is ready for the head of delegation to confirm. */
  propose() {
    const { draft } = this.one;
    draft.doc.transact(() => draft.parts.set("proposed", [{ name: nameOf(me, "bdi"), of: digest(draft.raw()) }, me]), "own");
    this.show();
  }
}

const digest = (raw) => hash(JSON.stringify(Object.entries(raw).filter(([name]) => name !== "rows").sort()));

/** Who somebody is, as this page says it; of one who is not here nothing. What goes to other tablets, which may speak
    another language, is the name alone. */
function nameOf(person, only = "") {
  const hand = person && document.querySelector(`#hands [data-hand="${CSS.escape(person)}"] .hand-name ${only}`);
  return hand ? hand.textContent.trim() : "";
}

function said(form, part, value) {
  const lines = value === undefined || value === "" || value?.length === 0 ? [] : readable(form, { [part]: value });
  return lines.map((one) => one.textContent).join("; ") || word("nothing");
}

function line(name, who, look) {
  const element = document.createElement("p");
  element.dataset.look = look;
  element.append(...around(name, who));
  return element;
}

/** A sentence of the page around somebody's words, which may run the other way. */
function around(name, words) {
  const [before, after = ""] = word(name, "%n").split("%n");
  return [before, apart(words), after];
}

const apart = (words) => Object.assign(document.createElement("bdi"), { textContent: words });

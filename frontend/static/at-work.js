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
      if (!value || part === "contact" || ["reserve", "disagree", "ranked"].includes(part)) continue;
      if (part === "proposed") { this.changes.delete(part); continue; }
      const mine = oldValue && oldValue[1] === me && me ? oldValue[0] : undefined;
      this.changes.set(part, { by: value[1], part, mine });
    }
  }

  show() {
    const { one } = this;
    const place = one.form.closest("article.question")?.querySelector("[data-at-work]");
    if (!place) return;
    const lines = one.writers.map((name) => line(word("iswriting", name), "writes"));
    for (const change of this.changes.values()) lines.push(this.#changed(change));
    const proposal = this.#proposal();
    if (proposal) lines.push(proposal);
    place.replaceChildren(...lines);
    place.hidden = lines.length === 0;
  }

  #changed({ by, part, mine }) {
    const raw = this.one.draft.raw();
    const told = line(word("chose", nameOf(by)), "changed");
    told.append(" ", said(this.one.form, part, raw[part]));
    if (mine !== undefined && JSON.stringify(mine) !== JSON.stringify(raw[part])) {
      told.append(" ", word("youhad", said(this.one.form, part, mine)), " ");
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
    const [{ name, of }] = value;
    const still = of === digest(draft.raw());
    const text = word(still ? "proposed" : "proposedsince", name || word("unnamed"));
    if (text !== this.announced) announce(text);
    this.announced = text;
    return line(text, still ? "proposed" : "since");
  }

  /** Say that this draft is ready for the head of delegation to confirm. */
  propose() {
    const { draft } = this.one;
    draft.doc.transact(() => draft.parts.set("proposed", [{ name: nameOf(me), of: digest(draft.raw()) }, me]), "own");
    this.show();
  }
}

const digest = (raw) => hash(JSON.stringify(Object.entries(raw).filter(([name]) => name !== "rows").sort()));

function nameOf(person) {
  const hand = person && document.querySelector(`#hands [data-hand="${CSS.escape(person)}"] .hand-name`);
  return hand ? hand.textContent.trim() : word("unnamed");
}

function said(form, part, value) {
  const lines = value === undefined || value === "" || value?.length === 0 ? [] : readable(form, { [part]: value });
  return lines.map((one) => one.textContent).join("; ") || word("nothing");
}

function line(text, look) {
  const element = document.createElement("p");
  element.dataset.look = look;
  element.dir = "auto";
  element.textContent = text;
  return element;
}

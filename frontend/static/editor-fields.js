// Forms as data and back. A control carries `data-field` and `data-type`; a list's or map's items are `data-item`, new
// ones come from its template. What is empty reads as null, which takes the field away in the file.

const NUMBER = /^-?\d+$/;
const SPOT = /^(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)$/;

const scope = (element) => element.parentElement?.closest("[data-field], [data-item]");

/** The fields that stand directly in this container, not in a field or item within it. */
export function fieldsOf(container) {
  const inside = container.matches("[data-field], [data-item]") ? container : null;
  return Array.from(container.querySelectorAll("[data-field]")).filter((one) => scope(one) === inside);
}

/** The items of a list or map. */
export function itemsOf(list) {
  return Array.from(list.querySelectorAll("[data-item]")).filter((one) => scope(one) === list);
}

/** Everything a form holds, by field. */
export function readForm(form) {
  return Object.fromEntries(fieldsOf(form).map((field) => [field.dataset.field, read(field)]));
}

/** What one field holds; null if nothing, or if it does not apply. */
export function read(field) {
  if (field.closest("[data-when][hidden]")) return null;
  switch (field.dataset.type) {
    case "number": return scalar(field.value.trim());
    case "value": return value(field.value.trim());
    case "flag": return field.value === "" ? null : field.value === "true";
    case "spot": return spot(field.value.trim());
    case "points": return points(field.value);
    case "checks": return some(ticked(field));
    case "audience": return checked(field) === "all" ? "all" : group(field) ?? {};
    case "next": return followers(field);
    case "group": return group(field);
    case "list": return some(itemsOf(field).map(item).filter((one) => one !== null));
    case "map": return keyed(field);
    default: return field.value.trim() === "" ? null : field.value.trim();
  }
}

const some = (list) => (list.length ? list : null);
const scalar = (text) => (text === "" ? null : NUMBER.test(text) ? Number(text) : text);
const ticked = (field) => Array.from(field.querySelectorAll("input:checked"), (one) => one.value);
const checked = (field) => field.querySelector("input[type=radio]:checked")?.value;

function value(text) {
  if (text === "true" || text === "false") return text === "true";
  return scalar(text);
}

function spot(text) {
  const found = SPOT.exec(text);
  return found ? [Number(found[1]), Number(found[2])] : text === "" ? null : text;
}

function points(text) {
  const words = text.replace(/\s*,\s*/g, ",").split(/[\s;]+/).filter(Boolean);
  return some(words.map((one) => spot(one)));
}

function group(field) {
  const found = {};
  for (const one of fieldsOf(field)) {
    const held = read(one);
    if (held !== null) found[one.dataset.field] = held;
  }
  const needed = field.dataset.needs;
  if (needed && found[needed] === undefined) return null;
  return Object.keys(found).length ? found : null;
}

function item(one) {
  const fields = fieldsOf(one);
  if (fields.length === 1 && fields[0].dataset.field === "") return read(fields[0]);
  const held = group(one);
  const rest = JSON.parse(one.dataset.rest ?? "{}");
  return held === null ? null : { ...held, ...rest };
}

function keyed(field) {
  const found = {};
  for (const one of itemsOf(field)) {
    const held = item(one);
    if (held === null) continue;
    const { "@key": key, "@value": only, ...more } = held;
    const bare = fieldsOf(one).some((each) => each.dataset.field === "@value");
    // Without a key it is kept under a blank one, so that the check asks for it and nothing is lost.
    found[key ?? ""] = bare ? only ?? "" : more;
  }
  return Object.keys(found).length ? found : null;
}

function followers(field) {
  const how = checked(field);
  if (how === "follow") return null;
  return how === "ends" ? [] : read(fieldsOf(field)[0]) ?? [];
}

/** Put a value into a field, as `read` would give it. */
export function fill(field, held) {
  switch (field.dataset.type) {
    case "flag": field.value = held === null || held === undefined ? "" : String(held); break;
    case "spot": field.value = Array.isArray(held) ? held.join(", ") : held ?? ""; break;
    case "points": field.value = (held ?? []).map((one) => (Array.isArray(one) ? one.join(",") : one)).join(" "); break;
    case "checks":
      for (const box of field.querySelectorAll("input[type=checkbox]")) box.checked = (held ?? []).includes(box.value);
      break;
    case "audience":
      pick(field, held && held !== "all" ? "some" : "all");
      if (held && held !== "all") for (const one of fieldsOf(field)) fill(one, held[one.dataset.field]);
      break;
    case "next":
      pick(field, held === null || held === undefined ? "follow" : held.length ? "these" : "ends");
      if (held?.length) fill(fieldsOf(field)[0], held);
      break;
    case "group": for (const one of fieldsOf(field)) fill(one, held?.[one.dataset.field] ?? null); break;
    case "list": refill(field, held ?? [], (held ?? []).map((one) => (typeof one === "object" && !Array.isArray(one) ? one : { "": one }))); break;
    case "map": refill(field, held ?? {}, Object.entries(held ?? {}).map(([key, one]) => ({ "@key": key, ...(typeof one === "object" && one !== null ? one : { "@value": one }) }))); break;
    default: place(field, held === null || held === undefined ? "" : String(held));
  }
}

/** A select takes a word it does not know too: it is shown, and the check says what is wrong with it. */
function place(field, text) {
  if (field.tagName === "SELECT" && text && !Array.from(field.options).some((one) => one.value === text)) field.add(new Option(text, text));
  field.value = text;
}

function pick(field, wanted) {
  for (const one of field.querySelectorAll("input[type=radio]")) {
    if (scope(one) === field) one.checked = one.value === wanted;
  }
}

function refill(list, held, wanted) {
  for (const one of itemsOf(list)) one.remove();
  for (const data of wanted) {
    const one = fresh(list);
    const known = fieldsOf(one).map((field) => field.dataset.field);
    for (const field of fieldsOf(one)) fill(field, data[field.dataset.field] ?? null);
    const rest = Object.entries(data).filter(([name]) => !known.includes(name) && !name.startsWith("@") && name !== "");
    if (rest.length) one.dataset.rest = JSON.stringify(Object.fromEntries(rest));
  }
}

/** A new item at the end of a list, from its template. */
export function fresh(list) {
  const own = (selector) => Array.from(list.querySelectorAll(selector)).find((one) => scope(one) === list);
  const made = own("template").content.firstElementChild.cloneNode(true);
  own("[data-items]").append(made);
  return made;
}

/** Whether two values are the same to a file. */
export const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** What a value consists of, by id or name; null where it is one whole. */
export function partsOf(value) {
  if (Array.isArray(value)) return value.every((one) => one?.id) ? Object.fromEntries(value.map((one) => [one.id, one])) : null;
  return value && typeof value === "object" ? value : null;
}

/** Mine and theirs put together, as deep as both consist of parts: what I changed since `begun` is mine, the rest theirs. */
export function combined(begun, mine, theirs) {
  if (same(mine, theirs) || same(begun, mine)) return theirs;
  if (same(begun, theirs)) return mine;
  const [was, own, other] = [begun, mine, theirs].map(partsOf);
  if (!own || !other || (!was && !Array.isArray(mine)) || Array.isArray(mine) !== Array.isArray(theirs)) return mine;
  const both = {};
  const [first, second] = same(Object.keys(other), Object.keys(was ?? {})) ? [own, other] : [other, own];
  for (const name of new Set([...Object.keys(first), ...Object.keys(second)])) {
    const value = combined(was?.[name], own[name], other[name]);
    if (value !== undefined) both[name] = value;
  }
  return Array.isArray(mine) ? Object.values(both) : both;
}

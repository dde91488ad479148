// Two texts word by word: what of one does not stand in the other.

const MOST = 1_000_000; // words times words that are compared; 20 ms, beyond that all is marked between what both begin and end with

const split = (text) => text.match(/\s+|[^\s]+/g) ?? [];

/** The text in runs, as `[own, words]`: `own` are those that the other text has not, or not in this order. */
export function pieces(text, other) {
  const [one, two] = [split(text), split(other)];
  const runs = [];
  const kept = shared(one, two);
  one.forEach((word, at) => {
    const own = !kept.has(at) && word.trim() !== "";
    if (runs.at(-1)?.[0] === own) runs.at(-1)[1] += word;
    else runs.push([own, word]);
  });
  return runs;
}

/** One text with the words of both: what they share stands once, and where they part mine come before theirs. */
export function together(mine, theirs) {
  const [one, two] = [split(mine), split(theirs)];
  const kept = shared(one, two);
  const made = [];
  let from = 0;
  const takeUntil = (end) => {
    if (from < end && /\S$/.test(made.at(-1) ?? "") && two[from].trim()) made.push(" ");
    made.push(...two.slice(from, end));
    from = end + 1;
  };
  one.forEach((word, at) => {
    if (kept.has(at)) takeUntil(kept.get(at));
    made.push(word);
  });
  takeUntil(two.length);
  return made.join("");
}

/** A longest run of words that both have in the same order: their places in `one`, and for each that in `two`. */
function shared(one, two) {
  const found = new Map();
  const least = Math.min(one.length, two.length);
  let head = 0;
  while (head < least && one[head] === two[head]) { found.set(head, head); head += 1; }
  let tail = 0;
  while (tail < least - head && one.at(-1 - tail) === two.at(-1 - tail)) { tail += 1; found.set(one.length - tail, two.length - tail); }
  const [mine, theirs] = [one.slice(head, one.length - tail), two.slice(head, two.length - tail)];
  if (mine.length * theirs.length > MOST) return found;
  const width = theirs.length + 1;
  const best = new Uint32Array((mine.length + 1) * width);
  for (let i = mine.length - 1; i >= 0; i -= 1) {
    for (let j = theirs.length - 1; j >= 0; j -= 1) {
      best[i * width + j] = mine[i] === theirs[j] ? best[(i + 1) * width + j + 1] + 1 : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  for (let i = 0, j = 0; i < mine.length && j < theirs.length;) {
    if (mine[i] === theirs[j]) { found.set(head + i, head + j); i += 1; j += 1; }
    else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

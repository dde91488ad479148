// Two texts: what of one does not stand in the other, word by word, and both in one, sentence by sentence.

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

// A sentence, up to its end or that of its line; what follows with a small letter belongs to it.
const SENTENCE = /\s*[^\n]*?(?:[.!?\u2026]+["'\u201d\u2019\u00bb)\]]*(?=\s+[^\s\p{Ll}]|\s*$)|[\u3002\uff01\uff1f\u0964\u104b\u17d4]+[\u300d\u300f\u201d\u2019]*|(?=\n)|$)/gu;
const BEGUN = /^\P{L}*$|(?:^|\s)\p{Lu}\p{Ll}?\.$/u; // "2.", "Dr."

/** The sentences of a text, each with the space before it; the first has none. */
function sentences(text) {
  const found = [];
  let open = "";
  for (const part of [...text.trim().match(SENTENCE), null]) {
    open += part ?? "";
    if (part === null ? !open.trim() : BEGUN.test(open)) continue;
    found.push({ words: open.trim(), gap: found.length ? open.match(/^\s*/)[0] : null });
    open = "";
  }
  return found;
}

/**
 * One text with the sentences of both, whole: what they share stands once, and where they part mine come before theirs.
 * What `was` there before them and one of the two took out or wrote anew is left out.
 */
export function together(mine, theirs, was = "") {
  const [one, two] = [mine, theirs].map(sentences);
  const [own, other, before] = [one, two, sentences(was)].map((list) => list.map(({ words }) => words));
  const kept = shared(own, other);
  let made = "";
  const put = ({ words, gap }, beside) => {
    if (before.includes(words) && !beside.includes(words)) return;
    if (made) made += gap ?? (/\p{P}$/u.test(made) ? " " : " / ");
    made += words;
  };
  let from = 0;
  const takeUntil = (end) => {
    for (const sentence of two.slice(from, end)) put(sentence, own);
    from = end + 1;
  };
  one.forEach((sentence, at) => {
    if (kept.has(at)) takeUntil(kept.get(at));
    put(sentence, other);
  });
  takeUntil(two.length);
  return made;
}

/** A longest run of what both have in the same order: the places in `one`, and for each that in `two`. */
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

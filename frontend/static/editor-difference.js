// Two texts word by word: what of one does not stand in the other.

const MOST = 1_000_000; // words times words that are compared; 20 ms, beyond that nothing is marked

const split = (text) => text.match(/\s+|[^\s]+/g) ?? [];

/** The text in runs, as `[own, words]`: `own` are those that the other text has not, or not in this order. */
export function pieces(text, other) {
  const [one, two] = [split(text), split(other)];
  if (one.length * two.length > MOST) return [[false, text]];
  const runs = [];
  const kept = shared(one, two);
  one.forEach((word, at) => {
    const own = !kept.has(at) && word.trim() !== "";
    if (runs.at(-1)?.[0] === own) runs.at(-1)[1] += word;
    else runs.push([own, word]);
  });
  return runs;
}

/** The places in `one` of a longest run of words that both have in the same order. */
function shared(one, two) {
  const width = two.length + 1;
  const best = new Uint32Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = two.length - 1; j >= 0; j -= 1) {
      best[i * width + j] = one[i] === two[j] ? best[(i + 1) * width + j + 1] + 1 : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  const found = new Set();
  for (let i = 0, j = 0; i < one.length && j < two.length;) {
    if (one[i] === two[j]) { found.add(i); i += 1; j += 1; }
    else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

// Texts made comparable: whoever looks for "melilla" finds "MÉLILLA", and full-width letters count as letters.

const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu; // a letter with its marks

/** Without case, width and the accents of Latin letters; marks of other scripts are letters, and stay. */
function bare(text) {
  return text.normalize("NFKD").replace(/(\p{Script=Latin})\p{M}+/gu, "$1").normalize("NFKC").toUpperCase().toLowerCase();
}

/** A text made comparable, with single spaces. */
export const fold = (text) => bare(text).replace(/\s+/g, " ").trim();

/** Where a folded text is found in another one, as [from, to] of that one as it is written; null if nowhere. */
export function locate(text, wanted) {
  let folded = "";
  const places = [];
  for (const cluster of text.matchAll(CLUSTER)) {
    const part = bare(cluster[0]);
    for (let n = 0; n < part.length; n += 1) places.push([cluster.index, cluster.index + cluster[0].length]);
    folded += part;
  }
  const at = folded.indexOf(wanted);
  return at < 0 || !wanted ? null : [places[at][0], places[at + wanted.length - 1][1]];
}

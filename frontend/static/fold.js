// Texts made comparable: whoever looks for "melilla" finds "MÉLILLA", and full-width letters count as letters.

/** A text without case, width and the accents of Latin letters; marks of other scripts are letters, and stay. */
export function fold(text) {
  const bare = text.normalize("NFKD").replace(/(\p{Script=Latin})\p{M}+/gu, "$1").normalize("NFKC");
  return bare.toUpperCase().toLowerCase().replace(/\s+/g, " ").trim();
}

// How long a text is, said quietly. It is a guide and stops nobody.

import { word } from "./words.js";

const MANY = 150; // words: about as much as is read in a minute, aloud

let segmenter = null; // made for the first word that is typed: it takes a slow tablet 0.1 s

/** How many words a text has, also in scripts that put nothing between them. */
function count(text) {
  if (!text) return 0;
  segmenter ??= self.Intl?.Segmenter ? new Intl.Segmenter(undefined, { granularity: "word" }) : null;
  if (!segmenter) return text.split(/\s+/).filter(Boolean).length;
  let words = 0;
  for (const one of segmenter.segment(text)) if (one.isWordLike) words += 1;
  return words;
}

/** Bring the line below a form's text up to date. */
export function showLength(form) {
  const guide = form.querySelector("[data-length]");
  const words = count(form.elements.text.value);
  const said = words === 0 ? word("fewwords") : words > MANY ? word("manywords", words) : word("words", words);
  if (guide.textContent !== said) guide.textContent = said;
}

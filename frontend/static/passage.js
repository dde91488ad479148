// What is selected in a piece's text becomes the passage that is marked; without this script its words are typed or
// pasted. Places are counted in characters as the server counts them, not in UTF-16 units.

for (const form of document.querySelectorAll("[data-passage]")) {
  const whole = form.querySelector("[data-passage-whole]");
  const text = whole.querySelector("textarea");
  whole.hidden = false;
  // A field that is read-only has no caret that arrow keys move in every browser; this one is, and takes no change.
  text.readOnly = false;
  text.setAttribute("aria-readonly", "true");
  text.addEventListener("beforeinput", (event) => event.preventDefault());
  text.addEventListener("drop", (event) => event.preventDefault());

  const take = () => {
    const { selectionStart: start, selectionEnd: end, value } = text;
    if (document.activeElement !== text) return;
    form.elements.words.value = value.slice(start, end);
    form.elements.start.value = [...value.slice(0, start)].length;
  };

  for (const event of ["select", "keyup", "pointerup"]) text.addEventListener(event, () => setTimeout(take));
}

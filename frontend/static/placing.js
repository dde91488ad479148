// Puts the place of a number or picture into the text, where the caret is; a picture into a line of its own.

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-place]");
  const text = button?.closest("form").elements.text;
  if (!text) return;
  const [before, after] = [text.value.slice(0, text.selectionStart), text.value.slice(text.selectionEnd)];
  const alone = "alone" in button.dataset;
  const start = alone && before && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
  const end = alone && after && !after.startsWith("\n") ? "\n\n" : "";
  text.setRangeText(start + button.dataset.place + end, text.selectionStart, text.selectionEnd, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
});

// Helps with typing a code: capitals, no spaces, a hyphen after the fourth sign. The form works without it.

const field = document.getElementById("code");

function tidy() {
  const end = field.selectionStart === field.value.length;
  const signs = field.value.toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, 8);
  const text = signs.length > 4 ? `${signs.slice(0, 4)}-${signs.slice(4)}` : signs;
  if (text === field.value) return;
  const at = field.selectionStart;
  field.value = text;
  field.setSelectionRange(end ? text.length : at, end ? text.length : at);
}

field?.addEventListener("input", tidy);

// A file that takes longer than a second to write: its link says so, with the seconds that have passed. No words but the
// link's own, so that it reads in every language. What is turned down is shown as the page it always was.

const PATIENCE = 1000;

function counts(pressed) {
  const told = document.createElement("span");
  told.role = "status";
  told.className = "taking";
  pressed.after(told);
  pressed.setAttribute("aria-busy", "true");
  const begun = Date.now();
  const ticking = setInterval(() => {
    told.textContent = `${pressed.textContent.trim()} \u2026 ${Math.floor((Date.now() - begun) / 1000)} s`;
  }, PATIENCE);
  return () => {
    clearInterval(ticking);
    told.remove();
    pressed.removeAttribute("aria-busy");
  };
}

async function take(link) {
  const done = counts(link);
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(String(answer.status));
    const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "");
    const made = document.createElement("a");
    made.href = URL.createObjectURL(await answer.blob());
    made.download = name ? name[1] : link.textContent.trim().toLowerCase();
    made.click();
    setTimeout(() => URL.revokeObjectURL(made.href), 60_000);
  } catch {
    location.assign(link.href);
  } finally {
    done();
  }
}

// A form that takes as long: its page stays until the answer comes, and a second press sends nothing.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-taking]");
  if (!form) return;
  if (form.hasAttribute("aria-busy")) return void event.preventDefault();
  form.setAttribute("aria-busy", "true");
  const done = counts(event.submitter ?? form);
  addEventListener("pageshow", () => (form.removeAttribute("aria-busy"), done()), { once: true });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[download]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (!link.isConnected || new URL(link.href).origin !== location.origin) return;
  event.preventDefault();
  if (!link.hasAttribute("aria-busy")) take(link);
});

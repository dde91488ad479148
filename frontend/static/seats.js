// Who waits at the door and who is here, asked for anew while the page is open: a device should not wait for a reload.

const EVERY = 4000; // ms

async function fresh() {
  if (document.hidden) return;
  try {
    const reply = await fetch("?fresh=yes", { headers: { accept: "text/html" } });
    if (!reply.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    for (const now of page.querySelectorAll("[data-fresh]")) {
      const shown = document.getElementById(now.id);
      // What somebody stands on stays as it is until he has left it.
      if (!shown || shown.contains(document.activeElement) || shown.innerHTML === now.innerHTML) continue;
      shown.replaceChildren(...now.childNodes);
    }
  } catch { /* the next try comes */ }
}

setInterval(fresh, EVERY);

// While a rehearsal goes on, its counts are fetched anew; when it has ended, the page is, with the figures.

const EVERY = 3000; // ms

async function fresh() {
  try {
    const reply = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!reply.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const now = page.getElementById("progress");
    if (now === null) location.reload();
    else document.getElementById("progress").replaceWith(now);
  } catch { /* the next try comes */ }
}

setInterval(fresh, EVERY);

// What every live page does: hold the link, turn frames into the page, tell how it stands, send commands.

import "./regions.js";
import { connect, serverNow } from "./socket.js";
import "./status.js";
import "./clock.js";
import "./pictures.js";
import { showAnnouncements } from "./commands.js";
import { hear } from "./words.js";

const HALL = 10 * 60_000; // ms an announcement stays on the hall's screen

hear("drawn", showAnnouncements);
showAnnouncements();

if (document.body.dataset.page === "plenary") {
  setInterval(() => {
    for (const one of document.querySelectorAll("[data-announcement]")) {
      one.toggleAttribute("data-js-read", serverNow() - Number(one.dataset.at) > HALL);
    }
  }, 1000);
}

// A page that the browser kept while it was in the background is as old as it looks; its scripts go on.
document.documentElement.dataset.link = "connecting";
connect();

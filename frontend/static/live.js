// What every live page does: hold the link, turn frames into the page, tell how it stands, send commands.

import "./regions.js";
import { takeKept } from "./offline.js";
import { begin, serverNow } from "./socket.js";
import "./status.js";
import "./clock.js";
import { clearHall } from "./faces.js";
import "./pictures.js";
import "./room.js";
import "./stop.js";
import { showAnnouncements } from "./commands.js";
import { hear } from "./words.js";

hear("drawn", showAnnouncements);
showAnnouncements();

if (document.body.dataset.page === "plenary") {
  setInterval(() => clearHall(document, serverNow()), 1000);
}

// A page that the browser kept while it was in the background is as old as it looks; its scripts go on.
document.documentElement.dataset.link = "connecting";
takeKept().finally(begin);

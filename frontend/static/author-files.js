// A file dropped anywhere on the page of papers and files is brought in; without this the browser would leave the page.

import { bringFile, carriesFile } from "./bringing.js";

document.addEventListener("dragover", (event) => { if (carriesFile(event)) event.preventDefault(); });
document.addEventListener("drop", async (event) => {
  if (!carriesFile(event)) return;
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  if (file) await bringFile(file);
});

// Opening a vote from the console: the dialog gets what the scenario says, and the tab of votes opens with the vote.

import { open } from "./worktabs.js";

const dialog = document.getElementById("open-vote");
let voters = {}; // the names of those who may vote, as delegations and as tables

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-open-vote]");
  if (opener && !opener.disabled && dialog) fill(JSON.parse(opener.dataset.openVote));
  const wanted = event.target.closest?.("[data-work]");
  if (wanted) {
    open(wanted.dataset.work);
    document.getElementById(wanted.dataset.work).scrollIntoView({ block: "nearest" });
  }
});

function fill(rules) {
  const form = dialog.querySelector("form");
  const fields = form.elements;
  fields.inject.value = rules.inject;
  fields.by.value = rules.by;
  ({ voters } = rules);
  fields.hidden.checked = rules.hidden;
  fields.binding.checked = rules.binding;
  fields.quorum.value = String(rules.quorum);
  const row = form.querySelector("[data-option-row]").content;
  form.querySelector("[data-options]").replaceChildren(...rules.keys.map((key, n) => {
    const option = row.cloneNode(true);
    option.querySelector("input").value = key;
    option.querySelector("b").textContent = key;
    option.querySelector("bdi").textContent = rules.options[n];
    return option;
  }));
  name();
  dialog.showModal();
}

/** Say who they are that would vote. */
function name() {
  const place = dialog.querySelector("[data-voters]");
  const names = voters[dialog.querySelector("[name=by]:checked").value] ?? [];
  place.textContent = names.length ? `${names.length}: ${names.join(", ")}` : place.dataset.none;
}
dialog?.addEventListener("change", (event) => { if (event.target.name === "by") name(); });

dialog?.addEventListener("ttx:done", () => open("work-vote"));

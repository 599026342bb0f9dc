// An answer that a newer one, saved elsewhere, shut out: it is told, and both can be shown.
import { bodyOf, box, drop, entries, newKey, part } from "./waiting.js";

export function showRefused() {
  const entry = entries().find((one) => one.state === "refused");
  part("refused").hidden = !entry;
  if (!entry) return;
  box.hidden = false;
  const said = part("refused-said");
  said.textContent = said.dataset.says.replace("{position}", entry.answer.split("/")[1]);
}

// Both answers, as the page without scripts shows them: the server is asked to take this one.
export function showBoth() {
  const entry = entries().find((one) => one.state === "refused");
  const one = document.createElement("form");
  Object.assign(one, { method: "post", action: entry.url });
  for (const [name, value] of bodyOf({ ...entry, key: newKey() })) {
    const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    one.append(input);
  }
  document.body.append(one);
  drop(entry);
  one.submit();
}

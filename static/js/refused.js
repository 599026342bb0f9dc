// An answer that a newer one, saved elsewhere, shut out: it is told, and both can be shown.
import { bodyOf, box, drop, entries, newKey, part, says } from "./waiting.js";

// Of the quiz that is open; where none is, of any.
const shutOut = () => entries().find((one) => one.state === "refused" && one.answer.startsWith(says.attempt ?? ""));

export function showRefused() {
  const entry = shutOut();
  part("refused").hidden = !entry;
  if (!entry) return;
  box.hidden = false;
  const said = part("refused-said");
  said.textContent = said.dataset.says.replace("{position}", entry.answer.split("/")[1]);
}

// Both answers, as the page without scripts shows them: the server is asked to take this one. It
// leaves the device only when the server is known to be there and to know the question.
export async function showBoth() {
  const entry = shutOut();
  const body = bodyOf({ ...entry, key: newKey() });
  const asked = { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" };
  const answer = await fetch(entry.url, asked).catch(() => undefined);
  if (![200, 409].includes(answer?.status)) {
    part("refused-said").textContent = answer?.status === 404 ? says.saysShut : says.saysWaiting;
    return;
  }
  const one = document.createElement("form");
  Object.assign(one, { method: "post", action: entry.url });
  for (const [name, value] of body) one.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  document.body.append(one);
  drop(entry);
  one.submit();
}

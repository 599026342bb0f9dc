// The page before handing in: what this device still holds of the quiz is sent first, and what cannot
// be sent is named before anything is handed in without it.
import { entries, says } from "./waiting.js";

const handIn = document.querySelector("[data-hand-in]");
const unsaved = document.querySelector("[data-unsaved]");
const unsent = () => entries().filter((one) => one.answer.startsWith(`${says.attempt}/`));

export function tellUnsaved() {
  if (!unsaved) return;
  const positions = unsent().map((one) => Number(one.answer.split("/")[1]));
  unsaved.hidden = positions.length === 0;
  const words = positions.length === 1 ? unsaved.dataset.saysOne : unsaved.dataset.saysMany;
  const said = words.replace("{positions}", positions.sort((one, other) => one - other).join(", "));
  const told = unsaved.querySelector("[data-unsaved-said]");
  if (told.textContent !== said) told.textContent = said;
}

export function watchHandIn(send) {
  let passing = false;
  addEventListener("pageshow", () => (passing = false));
  handIn?.addEventListener("submit", async (event) => {
    if (passing || event.submitter?.dataset.without !== undefined) return;
    event.preventDefault();
    // The page is left: what arrives now need not be shown on it first.
    delete says.renew;
    await send();
    if (unsent().length) {
      says.renew = "";
      return void unsaved.focus();
    }
    passing = true;
    // Later: a form is not sent while its own submit event still goes round.
    setTimeout(() => handIn.requestSubmit(event.submitter));
  });
}

// Passkeys: allauth's own scripts are fetched when somebody reaches for the button, not with every
// page that offers one. A passkey that was refused, or a request stopped, is told on the page.
import "./focus_errors.js";

const place = document.querySelector("[data-passkey-problem]");
const forms = [...document.querySelectorAll("script[data-allauth-onload]")].map((script) => ({
  name: script.dataset.allauthOnload,
  told: JSON.parse(script.textContent),
}));
const sources = document.querySelector("[data-passkey-sources]").dataset.passkeySources.split(" ");
let armed;

function problem() {
  if (place) place.textContent = place.dataset.passkeyProblem;
}

function load(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = resolve;
    script.onerror = () => reject(new Error(source));
    document.head.append(script);
  });
}

async function arm() {
  for (const source of sources) await load(source);
  for (const { name, told } of forms) {
    name.split(".").reduce((found, part) => found[part], window)(told);
  }
}

// Once: later calls wait for the first. A failed fetch is tried again at the next touch.
function ready() {
  armed ??= arm().catch((error) => {
    armed = undefined;
    throw error;
  });
  return armed;
}

for (const { told } of forms) {
  const button = document.getElementById(told.ids.login ?? told.ids.authenticate ?? told.ids.add);
  let done = false;
  const prepare = () => ready().then(() => (done = true), () => {});
  button.addEventListener("pointerenter", prepare);
  button.addEventListener("focus", prepare);
  button.addEventListener(
    "click",
    async (event) => {
      if (done) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      try {
        await ready();
      } catch {
        problem();
        return;
      }
      done = true;
      button.click();
    },
    { capture: true },
  );
}

document.addEventListener("allauth.error", (event) => {
  if (!place) return;
  event.preventDefault();
  problem();
});

// On the offline page: how many answers wait on this device, and back to the page that was wanted
// as soon as the site answers again. That page sends them.
const EVERY = 5000;
const WAITING = "chancery/answers/";
const said = document.querySelector("[data-waiting]");

function count() {
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(WAITING))
    .filter((name) => JSON.parse(localStorage.getItem(name)).state === "waiting").length;
}

function tell() {
  const n = count();
  const words = n === 0 ? said.dataset.saysNone : n === 1 ? said.dataset.saysOne : said.dataset.saysMany;
  said.textContent = words.replace("{n}", n);
}

async function tryAgain() {
  try {
    const answer = await fetch(said.dataset.well, { cache: "no-store" });
    if (answer.ok) location.reload();
  } catch {
    // Still no connection, which the page says; the next beat tries again.
  }
}

tell();
addEventListener("storage", tell);
addEventListener("online", tryAgain);
setInterval(tryAgain, EVERY);

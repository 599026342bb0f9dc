// Looks again every ten seconds and puts what is new in its place; what is typed in forms stays.
const EVERY = 10_000;
const parts = (page) => page.querySelectorAll("[data-live-part]");

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = [...parts(page)];
    parts(document).forEach((part, at) => (part.innerHTML = fresh[at].innerHTML));
  } catch {
    // Offline: the time of the last look stands on the page, and the next one tries again.
  }
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);

// Tells the server which paragraph of a lesson is being read, so that reading resumes there.
//
// <article class="reader" data-place-url="…" data-csrf="…"> with .para[id] inside.
const PAUSE = 5000;
const reader = document.querySelector("[data-place-url]");

function keep(article) {
  const paragraphs = [...article.querySelectorAll(".para[id]")];
  let kept = null;
  let sending = false;
  let touched = false;
  let next = 0;
  let timer;

  // The paragraph that crosses a line a quarter down the window, or the last one above it.
  function here() {
    const line = innerHeight / 4;
    let found = paragraphs[0];
    for (const paragraph of paragraphs) {
      if (paragraph.getBoundingClientRect().top > line) break;
      found = paragraph;
    }
    const end = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    return (end ? paragraphs.at(-1) : found)?.id;
  }

  async function send(leaving = false) {
    clearTimeout(timer);
    timer = undefined;
    const place = here();
    // Opened and left without moving: the place of the last time stands.
    if (!touched || !place || place === kept || (sending && !leaving)) return;
    sending = true;
    next = Date.now() + PAUSE;
    try {
      const answer = await fetch(article.dataset.placeUrl, {
        method: "POST",
        headers: { "X-CSRFToken": article.dataset.csrf },
        body: new URLSearchParams({ paragraph: place }),
        keepalive: true,
      });
      // Not kept: a place is a comfort, so nothing is said; the next move tries again.
      if (answer.ok && !answer.redirected) kept = place;
    } catch {
      // Offline: as above.
    } finally {
      sending = false;
      if (kept === place && here() !== place) moved();
    }
  }

  function moved() {
    touched = true;
    timer ??= setTimeout(send, Math.max(1000, next - Date.now()));
  }

  addEventListener("scroll", moved, { passive: true });
  addEventListener("online", moved);
  addEventListener("pagehide", () => send(true));
  document.addEventListener("visibilitychange", () => document.hidden && send(true));
}

if (reader) keep(reader);

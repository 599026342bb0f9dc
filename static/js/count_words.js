// Counts the words of a written answer while it is written. Without this script the page says how
// many were saved.
function count(field) {
  const shown = field.closest("form")?.querySelector("[data-word-count]");
  if (!shown) return;
  const words = field.value.split(/\s+/u).filter(Boolean).length;
  const over = words > Number(shown.dataset.most);
  shown.textContent = (over ? shown.dataset.saysOver : shown.dataset.says).replace("{count}", words);
  shown.classList.toggle("is-over", over);
}

document.addEventListener("input", (event) => {
  if (event.target.matches("textarea")) count(event.target);
});
for (const field of document.querySelectorAll("[data-word-count]")) {
  const box = field.closest("form").querySelector("textarea");
  if (box) count(box);
}

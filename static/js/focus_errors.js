// Moves the focus to the error summary, so that what is wrong is the first thing heard.
const summary = document.querySelector("[data-error-summary]");

if (summary) {
  summary.focus();
  // The link of an error leads into its control, not only near it.
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    const field = control.closest(".field") ?? control;
    field.scrollIntoView({ block: "start" });
    control.focus({ preventScroll: true });
  });
}

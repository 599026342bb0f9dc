// Says on the page that a passkey was refused or cancelled; otherwise only the console knows.
const place = document.querySelector("[data-passkey-problem]");

document.addEventListener("allauth.error", (event) => {
  if (!place) return;
  event.preventDefault();
  place.textContent = place.dataset.passkeyProblem;
});

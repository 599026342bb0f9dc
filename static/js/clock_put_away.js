// Puts the time left away where somebody wants it so, on this device and until they want it back.
// When it is read out, at ten minutes, five and one, it is shown for a while all the same.
//
// <span class="clock" data-seconds-left=…>… <button data-clock-hide data-hide=… data-show=… hidden>
const SHOWN_FOR = 20_000;
const PUT_AWAY = "chancery/clock-put-away";

function fitButton(button) {
  const clock = button.closest(".clock");
  let shownAgain;

  function setClockFace() {
    const away = localStorage.getItem(PUT_AWAY) !== null;
    clock.classList.toggle("is-put-away", away);
    button.textContent = away ? button.dataset.show : button.dataset.hide;
  }

  button.addEventListener("click", () => {
    if (localStorage.getItem(PUT_AWAY) === null) localStorage.setItem(PUT_AWAY, "yes");
    else localStorage.removeItem(PUT_AWAY);
    setClockFace();
  });
  clock.addEventListener("chancery:time-said", () => {
    clock.classList.remove("is-put-away");
    clearTimeout(shownAgain);
    shownAgain = setTimeout(setClockFace, SHOWN_FOR);
  });
  button.hidden = false;
  setClockFace();
}

document.querySelectorAll("[data-clock-hide]").forEach(fitButton);

// Counts down what the server said is left. It only shows: the server alone decides when time is up.
//
// <span class="clock" data-seconds-left="2280" data-minutes="{minutes} min left"
//       data-seconds="{clock} left" data-over="Time is up">
//   <span data-clock-face>38 min left</span>
//   <span class="visually-hidden" role="status" data-clock-voice></span></span>
//
// Change data-seconds-left to correct it (more time was granted); the count follows at once.
const SHORT = 5 * 60;
const SPOKEN_AT = [10 * 60, 5 * 60, 60];

function start(clock) {
  const face = clock.querySelector("[data-clock-face]") ?? clock;
  const voice = clock.querySelector("[data-clock-voice]");
  // The page's own figure was true when the server began to answer, not when this script came.
  let from = performance.getEntriesByType("navigation")[0]?.responseStart;
  let given, since, before, timer, over;

  // performance.now() keeps counting evenly when the computer's own clock is set or wrong.
  const left = () => Math.max(0, Math.ceil(given - (performance.now() - since) / 1000));

  function words(seconds) {
    if (seconds === 0) return clock.dataset.over;
    if (seconds > SHORT) return clock.dataset.minutes.replace("{minutes}", Math.ceil(seconds / 60));
    const rest = String(seconds % 60).padStart(2, "0");
    return clock.dataset.seconds.replace("{clock}", `${Math.floor(seconds / 60)}:${rest}`);
  }

  function tick() {
    const seconds = left();
    const shown = words(seconds);
    if (face.textContent !== shown) face.textContent = shown;
    clock.classList.toggle("is-short", seconds <= SHORT);
    const reached = SPOKEN_AT.some((mark) => before > mark && seconds <= mark);
    if (voice && (reached || (seconds === 0 && before > 0))) {
      voice.textContent = shown;
      clock.dispatchEvent(new CustomEvent("chancery:time-said"));
    }
    before = seconds;
    if (seconds > 0 || over) return;
    over = true;
    clearInterval(timer);
    clock.dispatchEvent(new CustomEvent("chancery:time-up", { bubbles: true }));
  }

  function set() {
    given = Number(clock.dataset.secondsLeft);
    if (!Number.isFinite(given)) return;
    since = Math.min(from ?? Infinity, performance.now());
    from = undefined;
    before = given;
    over = false;
    clearInterval(timer);
    timer = setInterval(tick, 1000);
    tick();
  }

  set();
  new MutationObserver(set).observe(clock, { attributeFilter: ["data-seconds-left"] });
  // A sleeping computer or a tab in the background wakes with the right number.
  document.addEventListener("visibilitychange", () => document.hidden || tick());
}

document.querySelectorAll("[data-seconds-left]").forEach(start);

// The time left as the server told it last.
export function setClock(left) {
  const clock = document.querySelector("[data-seconds-left]");
  if (!clock || left === null || left === undefined) return;
  if (Math.abs(Number(clock.dataset.secondsLeft) - left) > 0) clock.dataset.secondsLeft = left;
}

// Marking with the keyboard alone: a number picks a level of the criterion in turn, Enter saves. What
// is filled in is kept as a draft by itself. The keys work inside the form only, and never in a text.
import "./focus_errors.js";

const form = document.querySelector("form[data-marking]");
const state = form.querySelector("[data-draft-state]");
const criteria = [...form.querySelectorAll("[data-criterion]")];
const radios = (one) => [...one.querySelectorAll("input[type=radio]")];
const chosen = (one) => radios(one).find((radio) => radio.checked);
const PAUSE = 800;

// The criterion that has the focus, or else the first without a level.
function current() {
  const here = document.activeElement?.closest?.("[data-criterion]");
  return here ?? criteria.find((one) => !chosen(one)) ?? criteria[0];
}

function pick(number) {
  const here = current();
  const radio = radios(here)[number - 1];
  if (!radio) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("input", { bubbles: true }));
  const following = criteria[criteria.indexOf(here) + 1];
  const next = following ? (chosen(following) ?? radios(following)[0]) : form.querySelector(".rubric .buttons button");
  next.focus();
}

form.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("textarea, input:not([type=radio]), select")) return;
  if (/^[1-9]$/.test(event.key)) {
    event.preventDefault();
    pick(Number(event.key));
  } else if (event.key === "Enter" && !event.target.closest("button, a, summary")) {
    event.preventDefault();
    form.requestSubmit(form.querySelector(".rubric .buttons button"));
  }
});

// --- The draft ---
let pause;
// How often something was filled in, and how often of that was kept.
let changes = 0;
let kept = 0;

async function keep(options = {}) {
  clearTimeout(pause);
  const sent = changes;
  const body = new URLSearchParams([...new FormData(form)]);
  body.set("step", "draft");
  const headers = { Accept: "application/json" };
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers, redirect: "manual", ...options });
    if (answer.status !== 204) throw new Error(answer.status);
    kept = sent;
    if (kept === changes) state.textContent = state.dataset.saysKept;
  } catch {
    state.textContent = state.dataset.saysFailed;
    pause = setTimeout(keep, 5000);
  }
}

if (state) {
  form.addEventListener("input", () => {
    changes += 1;
    state.textContent = "";
    clearTimeout(pause);
    pause = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(pause);
    kept = changes;
  });
  addEventListener("pagehide", () => {
    if (kept !== changes) keep({ keepalive: true });
  });
}

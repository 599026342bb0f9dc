// Looks again every ten seconds and puts what is new in its place; what is typed and chosen in forms
// stays. A look that fails is told, and the next one tries again.
const EVERY = 10_000;
const PATIENCE = 8000;
const parts = (page) => page.querySelectorAll("[data-live-part]");
const lists = (page) => page.querySelectorAll("[data-live-choices]");
const tokens = (page) => page.querySelectorAll("[name=csrfmiddlewaretoken]");
// Not where this page is: that of a form that was refused has another address.
const from = document.querySelector("[data-live-from]").href;
const trouble = document.querySelector("[data-live-trouble]");

// What is the trouble, by its name among the data of the page; undefined for none.
function tell(what) {
  const since = document.querySelector("[data-live-at]").dataset.liveAt;
  const words = what ? trouble.dataset[what].replace("{time}", since) : "";
  const said = trouble.querySelector("[data-live-said]");
  // The same words put there again would be read out again.
  if (said.textContent === words) return;
  said.textContent = words;
  trouble.querySelector("a").hidden = what !== "signedOut";
  trouble.firstElementChild.hidden = !what;
}

// Whoever was chosen and has handed in since stays chosen: nobody else is meant instead.
const given = new WeakMap();

function offer(list, fresh) {
  if ((given.get(list) ?? list.innerHTML) === fresh.innerHTML) return;
  given.set(list, fresh.innerHTML);
  const [chosen] = list.selectedOptions;
  const same = [...fresh.options].find((one) => one.value === chosen.value);
  list.innerHTML = fresh.innerHTML;
  if (!same) list.append(chosen);
  list.value = chosen.value;
}

function show(page) {
  const fresh = [...parts(page)];
  const choices = [...lists(page)];
  const [token] = tokens(page);
  parts(document).forEach((part, at) => (part.innerHTML = fresh[at].innerHTML));
  lists(document).forEach((list, at) => offer(list, choices[at]));
  // A new sign-in has a new one.
  tokens(document).forEach((one) => (one.value = token.value));
}

async function look() {
  if (document.hidden) return;
  let answer, text;
  try {
    answer = await fetch(from, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    text = await answer.text();
  } catch {
    return tell("offline");
  }
  if (answer.type === "opaqueredirect") return tell("signedOut");
  if (!answer.ok) return tell("refused");
  show(new DOMParser().parseFromString(text, "text/html"));
  tell();
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
addEventListener("online", look);

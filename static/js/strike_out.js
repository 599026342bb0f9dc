// Options that a trainee has ruled out are struck through. Kept on this device, never sent: an
// option that is struck out can still be chosen, and then it is not struck out any more.
import { says } from "./waiting.js";

const STRUCK = `chancery/struck/${says.person}/`;
const questions = document.querySelector("[data-question-place]");
const kept = (answer) => JSON.parse(localStorage.getItem(STRUCK + answer)) ?? [];

function keepStruck(answer, values) {
  if (values.length) localStorage.setItem(STRUCK + answer, JSON.stringify(values));
  else localStorage.removeItem(STRUCK + answer);
}

function strike(row, out) {
  row.classList.toggle("is-struck", out);
  row.querySelector("[data-strike]").setAttribute("aria-pressed", out);
  row.querySelector("[data-struck]").textContent = out ? `, ${says.saysStruck}` : "";
}

function remember(row, out) {
  const { answer } = row.closest("[data-answer]").dataset;
  const { value } = row.querySelector("input");
  const others = kept(answer).filter((one) => one !== value);
  keepStruck(answer, out ? [...others, value] : others);
  strike(row, out);
}

function fit(choice) {
  const row = document.createElement("div");
  row.className = "strikeable";
  choice.replaceWith(row);
  const words = choice.querySelector("span");
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "link-button", textContent: says.saysStrike });
  button.dataset.strike = "";
  button.setAttribute("aria-label", `${says.saysStrike}: ${words.textContent.trim()}`);
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.dataset.struck = "";
  choice.append(said);
  row.append(choice, button);
  const input = choice.querySelector("input");
  strike(row, kept(row.closest("[data-answer]").dataset.answer).includes(input.value));
  button.addEventListener("click", () => remember(row, button.getAttribute("aria-pressed") !== "true"));
  input.addEventListener("change", () => input.checked && remember(row, false));
}

function fitAll() {
  questions.querySelectorAll("[data-answer] .choices.boxed > .choice").forEach(fit);
}

if (questions) {
  // What was ruled out in another attempt is of no use any more.
  Object.keys(localStorage)
    .filter((name) => name.startsWith(STRUCK) && !name.startsWith(STRUCK + says.attempt))
    .forEach((name) => localStorage.removeItem(name));
  fitAll();
  questions.addEventListener("chancery:shown", fitAll);
}

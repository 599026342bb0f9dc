// Saves the answers of a running quiz by itself. What cannot be sent waits on this device, through
// reloads and restarts of the browser, and is sent in order when the connection is back.
//
// <div data-saving data-person=… data-paper=… data-clock=… …> holds what is said, and
// <form data-answer="attempt/position"> is the question. The page works without this script.
import { setClock } from "./countdown.js";
import { tellUnsaved, watchHandIn } from "./handing_in.js";
import { onward } from "./onward.js";
import { showBoth, showRefused } from "./refused.js";
import { bodyOf, box, download, drop, fieldsOf, fill, givenFields, keep, known, learn, newKey, own, part, read, says, waiting } from "./waiting.js";

const PAUSE = 700;
// Whoever goes on typing is saved as often; each save is a row that is kept (decision 0043).
const LONGEST_PAUSE = 3000;
const PATIENCE = 8000;
const BEAT = 10_000;
const LONGEST_WAIT = 15_000;

const place = document.querySelector("[data-question-place]");
// The questions of the page: one that is a form, or the parts of one form.
const shown = () => [...(place?.querySelectorAll("[data-answer]") ?? [])];
const form = () => place?.querySelector("form[data-answer]");
const about = (answer) => shown().find((one) => one.dataset.answer === answer);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function tell(answer, state, words) {
  const said = about(answer)?.closest(".question").querySelector("[data-save-state]");
  if (!said) return;
  said.className = `save-state ${state}`;
  said.textContent = words;
}

// --- The connection ---
let failures = 0, rest = 0, timer;

function connection(there) {
  failures = there ? 0 : failures + 1;
  const off = part("offline");
  const n = waiting().length;
  const said = part("offline-said");
  const words = n === 0 ? said.dataset.saysNone : n === 1 ? said.dataset.saysOne : said.dataset.saysMany;
  said.textContent = words.replace("{n}", n);
  // Read out once, when the connection goes; the number on the page follows in silence.
  if (there) part("offline-voice").textContent = "";
  off.hidden = there;
  box.hidden = false;
}

function later() {
  clearTimeout(timer);
  if (waiting().length) timer = setTimeout(send, Math.max(rest, Math.min(1000 * 2 ** failures, LONGEST_WAIT)));
  rest = 0;
}

function ask(url, options = {}) {
  return fetch(url, {
    headers: { Accept: "application/json" },
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
    ...options,
  });
}

// Once: a second call would break off the first on its way.
let leaving = false;

function leave(url) {
  if (!leaving) location.assign(url);
  leaving = true;
}

// --- Sending ---
let sending;
// The address to go to when all is sent, because the attempt is over; and whether something arrived
// that a page which shows the answers has not shown yet.
let ended, news = false;

function send() {
  clearTimeout(pause);
  since = undefined;
  sending ??= sendAll().finally(() => {
    sending = undefined;
    later();
    tellUnsaved();
    if (ended) leave(ended);
    else if (news && says.renew !== undefined) location.reload();
  });
  return sending;
}

async function sendAll() {
  for (let entry = waiting()[0]; entry; entry = waiting()[0]) {
    if (!(await deliver(entry))) return;
  }
}

// A save that was sent keeps its key until its fate is known: sent twice, it counts once.
async function deliver(entry) {
  entry.trying ??= { key: newKey(), sequence: entry.sequence, fields: entry.fields };
  keep(entry);
  tell(entry.answer, "saving", says.saysSaving);
  let answer, told;
  try {
    answer = await ask(entry.url, { method: "POST", body: bodyOf(entry.trying) });
    if (answer.type !== "opaqueredirect") told = await answer.json().catch(() => ({}));
  } catch {
    return failed(entry);
  }
  if (answer.type === "opaqueredirect") return signedOut(entry);
  const now = read(entry.answer) ?? entry;
  if (answer.status === 200) return stored(now, told);
  if (answer.status === 400) return settled(now, "incomplete", incomplete(told));
  if (answer.status === 413) return settled(now, "incomplete", says.saysTooLong);
  if (answer.status === 409) return told.state === "closed" ? over(now, told) : refused(now);
  if (answer.status === 410) return over(now, told);
  if (answer.status === 429) return paused(now, answer);
  if (answer.status === 403 && (await renew())) return true;
  if (answer.status === 404) return settled(now, "shut", says.saysShut);
  return failed(entry);
}

// What is no answer yet, in the words of the server: an order with a gap, words for a number.
function incomplete({ errors = [] }) {
  return errors.length ? says.saysProblem.replace("{problem}", errors[0]) : says.saysIncomplete;
}

function failed(entry) {
  connection(false);
  tell(entry.answer, "unsaved", says.saysWaiting);
  return false;
}

// The server is there and asks for patience: the same save goes again when it says.
function paused(entry, answer) {
  rest = 1000 * (Number(answer.headers.get("Retry-After")) || 1);
  tell(entry.answer, "unsaved", says.saysWaiting);
  return false;
}

function stored(entry, told) {
  connection(true);
  learn(entry.answer, entry.trying.fields, told.sequence);
  news = true;
  const whole = same(entry.fields, entry.trying.fields);
  entry.sequence = told.sequence;
  delete entry.trying;
  if (whole) drop(entry);
  else keep(entry);
  const one = about(entry.answer);
  if (one) {
    own(one, "sequence").value = told.sequence;
    own(one, "key").value = newKey();
    if (whole) tell(entry.answer, "saved", (told.answered ? says.saysSaved : says.saysCleared).replace("{time}", told.time));
  }
  setClock(told.left);
  return true;
}

function settled(entry, state, words) {
  connection(true);
  delete entry.trying;
  keep({ ...entry, state });
  tell(entry.answer, "unsaved", words);
  return true;
}

function refused(entry) {
  settled(entry, "refused", says.saysStale);
  showRefused();
  return true;
}

function over(entry, told) {
  drop(entry);
  news = true;
  const here = says.attempt && entry.answer.startsWith(says.attempt);
  if (here && (place || told.state === "over")) ended = told.url;
  return true;
}

// --- Signed out: sign in where one is ---
function signedOut(entry) {
  if (entry) tell(entry.answer, "unsaved", says.saysWaiting);
  box.hidden = false;
  if (!part("signed-out").open) part("signed-out").showModal();
  return false;
}

async function signIn(event) {
  event.preventDefault();
  const problem = part("sign-in-problem");
  const { login, password } = event.target.elements;
  problem.textContent = "";
  try {
    const page = new DOMParser().parseFromString(await (await fetch(says.signIn)).text(), "text/html");
    const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    const body = new URLSearchParams({ login: login.value, password: password.value, csrfmiddlewaretoken: token });
    const answer = await fetch(says.signIn, { method: "POST", body });
    if (answer.status === 429) return void (problem.textContent = problem.dataset.saysWait);
  } catch {
    problem.textContent = says.saysWaiting;
    return;
  }
  if (await renew()) {
    password.value = "";
    part("signed-out").close();
    send();
  } else {
    problem.textContent = problem.dataset.says;
  }
}

// A new sign-in has a new token for its forms. Says whether this person may go on here.
async function renew() {
  const value = await fetchPaper().catch(() => undefined);
  if (!value) return false;
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => (input.value = value));
  return true;
}

// --- Going on without a connection: the whole paper, as the server wrote it ---
const PAPER = `chancery/paper/${says.attempt}`;

async function fetchPaper() {
  const answer = await ask(says.paper);
  if (!answer.ok) return undefined;
  const { questions, token } = await answer.json();
  // Where one question follows the other, or all are here, there is no other one to go on to.
  if (says.noPaper === undefined) sessionStorage.setItem(PAPER, JSON.stringify(questions));
  return token;
}

function show(position) {
  const questions = JSON.parse(sessionStorage.getItem(PAPER)) ?? [];
  const found = questions.find((one) => one.position === position);
  if (!found) return false;
  const { value } = document.querySelector("[name=csrfmiddlewaretoken]");
  const clock = place.querySelector("[data-seconds-left]");
  place.innerHTML = found.html;
  // The one that runs, in place of the one from when the paper was fetched.
  if (clock) place.querySelector("[data-seconds-left]")?.replaceWith(clock);
  place.dispatchEvent(new CustomEvent("chancery:shown"));
  place.querySelector("[name=csrfmiddlewaretoken]").value = value;
  history.replaceState(null, "", place.querySelector("form").action);
  shown().forEach(restore);
  for (const button of place.querySelectorAll(".navigator button")) {
    const answer = `${says.attempt}/${button.value}`;
    if ((read(answer) ?? known(answer))?.fields.some(([name]) => name !== "certainty")) button.classList.add("is-answered");
  }
  const section = place.querySelector("section");
  section.tabIndex = -1;
  section.focus();
  return true;
}

// The form as it was left: what waits here, else what the server was last known to have.
function restore(one) {
  const { answer } = one.dataset;
  const entry = read(answer);
  const last = known(answer);
  const sequence = own(one, "sequence");
  if (last && last.sequence > Number(sequence.value)) {
    fill(one, last.fields);
    sequence.value = last.sequence;
  } else {
    learn(answer, givenFields(one), Number(sequence.value));
  }
  if (!entry || entry.state === "refused") {
    // Answered before this script was there.
    if (!same(fieldsOf(one), known(answer).fields)) note(one);
    return;
  }
  fill(one, entry.fields);
  tell(answer, "unsaved", { incomplete: says.saysIncomplete, shut: says.saysShut }[entry.state] ?? says.saysWaiting);
}

// --- What the trainee does ---
let pause, since;

function note(one) {
  const { answer } = one.dataset;
  const fields = fieldsOf(one);
  const before = read(answer);
  const stands = before?.state === "waiting" ? before.fields : known(answer)?.fields;
  if (same(fields, stands) && before?.state !== "incomplete") return;
  keep({
    answer,
    fields,
    url: one.action ?? one.dataset.url,
    at: Date.now(),
    state: "waiting",
    sequence: Number(own(one, "sequence").value),
    trying: before?.trying,
  });
  tell(answer, "saving", says.saysSaving);
}

function changed(event) {
  const one = event.target.closest("[data-answer]");
  if (!one) return;
  note(one);
  const now = performance.now();
  since ??= now;
  clearTimeout(pause);
  pause = setTimeout(send, Math.max(0, Math.min(PAUSE, since + LONGEST_PAUSE - now)));
}

let passing = false;

async function submitted(event) {
  if (event.target.dataset.all !== undefined) return submittedAll(event);
  const one = event.target.closest("form[data-answer]");
  if (!one || passing) return;
  event.preventDefault();
  const target = onward(place, one, event.submitter);
  const { answer, position } = one.dataset;
  note(one);
  await send();
  const entry = read(answer);
  if (entry?.state === "waiting" || !navigator.onLine) {
    if (typeof target !== "number" || !show(target)) connection(false);
  } else if (target === undefined || entry) {
    passing = true;
    // Later: a form is not sent while its own submit event still goes round.
    setTimeout(() => one.requestSubmit(event.submitter));
  } else {
    leave(target === "review" ? says.review : one.action.replace(/\d+\/$/, `${target}/`));
  }
}

// Everything on the page is sent as it would be without a touch; what is left the server names.
async function submittedAll(event) {
  if (passing) return;
  event.preventDefault();
  const button = event.submitter;
  shown().forEach(note);
  await send();
  const left = shown().map((one) => read(one.dataset.answer)).filter(Boolean);
  if (left.some((entry) => entry.state === "waiting") || !navigator.onLine) {
    connection(false);
  } else if (left.length || (button?.name && button.name !== "go")) {
    passing = true;
    setTimeout(() => event.target.requestSubmit(button));
  } else if (button?.value === "review") {
    leave(says.review);
  }
}

// --- The clock, and whether the server is there ---
async function beat() {
  if (document.hidden) return;
  try {
    const answer = await ask(says.clock);
    if (answer.type === "opaqueredirect") return void signedOut();
    const told = await answer.json();
    if (answer.status === 410) {
      // What waits goes first: the next page says which answers came late.
      ended = told.url;
      return void send();
    }
    if (!answer.ok) throw new Error(answer.status);
    setClock(told.left);
    connection(true);
    if (waiting().length) send();
  } catch {
    connection(false);
  }
}

part("download").addEventListener("click", download);
part("show-both").addEventListener("click", showBoth);
part("sign-in-form").addEventListener("submit", signIn);
addEventListener("online", () => send().then(beat));
addEventListener("offline", () => connection(false));
addEventListener("pageshow", () => (leaving = passing = false));
addEventListener("pagehide", () => {
  for (const entry of waiting()) {
    entry.trying ??= { key: newKey(), sequence: entry.sequence, fields: entry.fields };
    keep(entry);
    ask(entry.url, { method: "POST", body: bodyOf(entry.trying), keepalive: true }).catch(() => {});
  }
});
if (says.clock) {
  document.addEventListener("chancery:time-up", beat);
  document.addEventListener("visibilitychange", beat);
  setInterval(beat, BEAT);
}
if (place) {
  document.addEventListener("input", changed);
  document.addEventListener("submit", submitted);
  shown().forEach(restore);
  if (says.noPaper === undefined && !sessionStorage.getItem(PAPER)) fetchPaper().catch(() => connection(false));
}
showRefused();
tellUnsaved();
watchHandIn(send);
if (!navigator.onLine) connection(false);
send();
// Without it the site works; it only does not open without a network. Plain http has none.
navigator.serviceWorker?.register(says.worker).catch((problem) => console.info(problem));

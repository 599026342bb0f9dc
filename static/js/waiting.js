// What a trainee answered and the server has not confirmed: kept on this device, one entry a
// question, until it has. Answers only, and only for the person whose key the page names.
export const box = document.querySelector("[data-saving]");
export const part = (name) => box.querySelector(`[data-${name}]`);
export const says = box.dataset;
const OWN_FIELDS = new Set(["csrfmiddlewaretoken", "key", "sequence"]);
const OWN = `chancery/answers/${says.person}/`;
const named = (answer) => OWN + answer;

export const read = (answer) => JSON.parse(localStorage.getItem(named(answer)));
export const keep = (entry) => localStorage.setItem(named(entry.answer), JSON.stringify(entry));
export const drop = (entry) => localStorage.removeItem(named(entry.answer));
// Oldest change first.
export const entries = () =>
  Object.keys(localStorage)
    .filter((name) => name.startsWith(OWN))
    .map((name) => JSON.parse(localStorage.getItem(name)))
    .sort((one, other) => one.at - other.at);
export const waiting = () => entries().filter((entry) => entry.state === "waiting");

// What the server was last known to have, so that a question shown again offline is up to date.
export const known = (answer) => JSON.parse(sessionStorage.getItem(named(answer)));
export const learn = (answer, fields, sequence) =>
  sessionStorage.setItem(named(answer), JSON.stringify({ fields, sequence }));

// crypto.randomUUID exists on secure pages only; a schoolhouse may serve plain http.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

// A question is a form of its own, or a part of one in which its names begin with its prefix.
const formOf = (one) => one.closest("form");
const nameOf = (one, input) => {
  const prefix = one.dataset.prefix ?? "";
  return input.name.startsWith(prefix) ? input.name.slice(prefix.length) : "";
};
const controls = (one) => [...one.querySelectorAll("input, select, textarea")].filter((input) => nameOf(one, input));
export const own = (one, name) => controls(one).find((input) => nameOf(one, input) === name);

export function fieldsOf(one) {
  const given = [...new FormData(formOf(one))].map(([name, value]) => [nameOf(one, { name }), value]);
  return given.filter(([name, value]) => name && !OWN_FIELDS.has(name) && value !== "");
}

// The same as the server wrote the form, whatever was touched before this script was there.
export function givenFields(one) {
  const given = [];
  for (const input of controls(one)) {
    const name = nameOf(one, input);
    if (OWN_FIELDS.has(name)) continue;
    const box = input.type === "radio" || input.type === "checkbox";
    const chosen = input.options && [...input.options].find((option) => option.defaultSelected);
    const value = input.options ? (chosen?.value ?? "") : box && !input.defaultChecked ? "" : box ? input.value : input.defaultValue;
    if (value !== "") given.push([name, value]);
  }
  return given;
}

export function fill(one, fields) {
  for (const input of controls(one)) {
    const field = nameOf(one, input);
    if (OWN_FIELDS.has(field)) continue;
    const values = fields.filter(([name]) => name === field).map(([, value]) => value);
    if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
    else if (input.type !== "hidden") input.value = values[0] ?? "";
  }
}

// What is sent of an entry, with the token that the page holds now.
export function bodyOf({ key, sequence, fields }) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  return new URLSearchParams([...fields, ["key", key], ["sequence", sequence], ["csrfmiddlewaretoken", token]]);
}

// A last resort, which an instructor can load: everything that waits, as a file.
export function download(event) {
  const text = JSON.stringify({ person: says.person, answers: entries() }, null, 1);
  event.target.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
}

// Where a button leads, or undefined where the server must act first (a flag, taking back).
export function onward(place, one, button) {
  const here = Number(one.dataset.position);
  const last = place.querySelectorAll(".navigator button").length;
  if (button && !["go", ""].includes(button.name)) return undefined;
  const wanted = button?.name === "go" ? button.value : "";
  if (wanted === "back") return Math.max(1, here - 1);
  if (["next", "skip"].includes(wanted)) return undefined;
  if (wanted === "review" || (!wanted && here === last)) return "review";
  return wanted ? Number(wanted) : here + 1;
}

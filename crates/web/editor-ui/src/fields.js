// The form's fields around the body: reading and writing them by name, and the lengths of headlines, counted as readers
// see letters.
import { make, wordButton } from "./element.js";
import { number, word } from "./words.js";

const NOT_FIELDS = ["version", "text", "body", "csrf", "action"];
const letters = typeof Intl.Segmenter === "function" ? new Intl.Segmenter("ar", { granularity: "grapheme" }) : null;

/** How many letters a reader sees. */
export function clusters(text) {
  if (!letters) return [...text].length;
  let count = 0;
  for (const _ of letters.segment(text)) count++;
  return count;
}

/** The inputs that are fields of the story: all that have a name, but for the body's and the version's. */
export function inputsOf(form) {
  return [...form.elements].filter(
    (input) =>
      input.name && !NOT_FIELDS.includes(input.name) && !input.closest(".editor") &&
      !["submit", "button", "image", "file", "reset"].includes(input.type),
  );
}

/** What stands in the fields. */
export function readFields(form) {
  const out = {};
  for (const input of inputsOf(form)) {
    if (input.type === "radio") {
      if (input.checked) out[input.name] = input.value;
      else out[input.name] ??= "";
    } else out[input.name] = input.type === "checkbox" ? (input.checked ? input.value : "") : input.value;
  }
  return out;
}

/** Puts these values into the fields; the cursor stays where it is in what does not change. */
export function writeFields(form, values) {
  for (const input of inputsOf(form)) {
    const value = values[input.name];
    if (typeof value !== "string") continue;
    if (input.type === "radio" || input.type === "checkbox") input.checked = input.value === value;
    else if (input.value !== value) {
      input.value = value;
      input.dispatchEvent(new Event("midad-set", { bubbles: true }));
    }
  }
}

/** Meters under every field with a limit. */
export function meters(form) {
  for (const input of inputsOf(form)) {
    const limit = Number(input.dataset.limit);
    if (!limit) continue;
    const bar = make("meter", { class: "meter", min: 0, max: limit, "aria-hidden": "true" });
    const said = make("span", { class: "meter-words" });
    const line = make("p", { class: "meter-line", id: `meter-${input.name}` }, bar, said);
    input.after(line);
    input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), line.id].filter(Boolean).join(" "));
    const measure = () => {
      const count = clusters(input.value.trim());
      bar.value = Math.min(count, limit);
      line.hidden = count === 0;
      line.dataset.state = count > limit ? "over" : count > limit * 0.9 ? "near" : "fine";
      said.textContent = count > limit ? word("meter-over", { n: count - limit, limit }) : word("meter", { n: count, limit }) || `${number(count)} / ${number(limit)}`;
    };
    for (const kind of ["input", "midad-set"]) input.addEventListener(kind, measure);
    measure();
  }
}

/** Offers: for a field that two wrote, mine stays beside theirs until one is chosen. */
export class Offers {
  constructor(form, changed) {
    Object.assign(this, { form, changed, open: {} });
    this.boxes = new Map();
  }

  set(offered) {
    this.open = { ...offered };
    for (const box of this.boxes.values()) box.remove();
    this.boxes.clear();
    for (const [name, mine] of Object.entries(this.open)) this.show(name, mine);
  }

  get count() {
    return Object.keys(this.open).length;
  }

  show(name, mine) {
    const input = this.form.elements[name];
    const place = input?.closest?.(".field") ?? input?.parentElement;
    if (!place) return void delete this.open[name];
    const close = (value) => {
      delete this.open[name];
      this.boxes.get(name)?.remove();
      this.boxes.delete(name);
      if (value !== undefined) writeFields(this.form, { [name]: value });
      input.focus?.();
      this.changed();
    };
    const box = make(
      "div",
      { class: "offer", role: "group", "aria-label": word("conflict-mine") },
      make("p", { class: "offer-title" }, word("field-conflict")),
      make("p", { class: "offer-text", dir: "auto" }, mine),
      make("p", { class: "offer-ways" }, wordButton("conflict-use-mine", () => close(mine)), wordButton("conflict-use-theirs", () => close())),
    );
    this.boxes.set(name, box);
    place.append(box);
  }
}

// Headlines: the phone that shows them as readers will see them, and suggestions under the fields.
import { icon, make, wordButton } from "./element.js";
import { change } from "./lint.js";
import { wayOf } from "./directions.js";
import { cutting, pictureAddress } from "./sizes.js";
import { word } from "./words.js";

const CHECKED = ["kicker", "headline", "front_headline", "push_headline", "standfirst", "lead_caption"];

/** A card of the front page and a notification, live. */
export function preview(form) {
  const after = form.elements.push_headline ?? form.elements.front_headline ?? form.elements.headline;
  const place = after?.closest?.(".field") ?? after?.parentElement;
  if (!place) return;
  const value = (...names) => names.map((name) => form.elements[name]?.value.trim()).find(Boolean) ?? "";
  const line = (name) => make("p", { class: `phone-${name}`, dir: "auto" });
  const [kicker, front, standfirst, push] = ["kicker", "front", "standfirst", "push"].map(line);
  const lead = make("img", { class: "phone-lead", alt: "", width: 16, height: 9, decoding: "async" });
  const paper = document.querySelector('meta[property="og:site_name"]')?.content ?? "";
  const screen = (key, ...inside) => make("figure", { class: "phone" }, make("figcaption", {}, word(key)), ...inside);
  const element = make(
    "section",
    { class: "headline-preview", "aria-label": word("preview") },
    make("h2", {}, icon("preview"), word("preview")),
    make(
      "div",
      { class: "phones" },
      screen("preview-front", make("div", { class: "phone-screen" }, lead, kicker, front, standfirst)),
      screen("preview-push", make("div", { class: "phone-screen phone-locked" }, make("div", { class: "phone-note" }, paper ? make("p", { class: "phone-paper" }, make("bdi", {}, paper)) : null, push))),
    ),
  );
  place.after(element);
  const draw = () => {
    kicker.textContent = value("kicker");
    front.textContent = value("front_headline", "headline");
    push.textContent = value("push_headline", "headline");
    standfirst.textContent = value("standfirst");
    // As on the front page: what stands first does not turn a line. Telephones turn theirs by themselves.
    for (const line of [kicker, front, standfirst]) Object.assign(line, wayOf(form));
    const file = value("lead");
    const address = file ? pictureAddress({ file }, 960) : "";
    lead.hidden = !address;
    if (address && lead.getAttribute("src") !== address) lead.src = address;
    lead.className = ["phone-lead", cutting({ file })].filter(Boolean).join(" ");
  };
  lead.addEventListener("error", () => (lead.hidden = true));
  for (const kind of ["input", "change", "midad-set"]) form.addEventListener(kind, (event) => !event.target.closest(".editor") && draw());
  draw();
}

/** Suggestions for the fields, in a list below each. */
export function fieldLint(form, suggestions) {
  const fields = CHECKED.map((name) => form.elements[name]).filter((input) => input && "value" in input && input.type !== "hidden");
  let timer = 0;
  const lists = new Map(fields.map((input) => [input, make("ul", { class: "field-lint", hidden: true })]));
  for (const [input, list] of lists) (input.closest(".field") ?? input.parentElement).append(list);
  const draw = () => {
    for (const [input, list] of lists) {
      const text = input.value;
      list.replaceChildren(...(suggestions.of(text) ?? []).map((s) => entry(input, text, s)));
      list.hidden = !list.childElementCount;
    }
  };
  const entry = (input, text, s) => {
    const accept = () => {
      if (input.value !== text) return;
      input.setRangeText(s.replacement, s.start, s.end, "end");
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.focus();
    };
    const dismiss = () => (suggestions.dismiss(text, s), draw(), input.focus());
    return make(
      "li",
      {},
      make("span", { class: "lint-why" }, word(`lint-${s.kind}`)),
      change(text.slice(s.start, s.end), s.replacement),
      wordButton("lint-accept", accept),
      wordButton("lint-dismiss", dismiss),
    );
  };
  const later = () => {
    draw();
    clearTimeout(timer);
    timer = setTimeout(async () => (await suggestions.ask(fields.map((input) => input.value))) && draw(), 1000);
  };
  for (const input of fields) {
    input.addEventListener("input", later);
    input.addEventListener("midad-set", later);
    input.addEventListener("keydown", (event) => {
      const button = event.altKey && event.key === "Enter" && lists.get(input).querySelector("button");
      if (button) event.preventDefault(), button.click();
    });
  }
  form.elements.language?.addEventListener?.("change", () => (suggestions.forget(), later()));
  later();
}

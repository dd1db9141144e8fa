// The library of pictures: choosing one, uploading one.
import { make, wordButton } from "./element.js";
import { isPicture } from "./schema.js";
import { image, learn } from "./sizes.js";
import { TAKEN, uploadInto } from "./uploading.js";
import { word } from "./words.js";

/** A picture of the desk as a block has it. What else the desk says of it is remembered. */
export function picture({ file, alt, caption, credit, size, ...more }) {
  learn(file, more);
  return { file, alt: alt ?? "", caption: caption ?? null, credit: credit ?? null, size: size ?? [0, 0] };
}

/** Opens the library; resolves to the chosen picture, or `null`. */
export function library(form) {
  return new Promise((resolve) => {
    let latest = 0;
    let timer = 0;
    const under = new Set();
    const close = (chosen) => {
      for (const upload of under) upload.cancel();
      dialog.close();
      dialog.remove();
      resolve(chosen);
    };
    const grid = make("ul", { class: "library-grid" });
    const said = make("p", { class: "library-said", role: "status" });
    const look = async () => {
      const turn = ++latest;
      said.textContent = word("pictures-loading");
      const found = await fetched(form.dataset.pictures, search.value.trim());
      if (turn !== latest) return;
      said.textContent = !found ? word("pictures-fail") : found.length ? "" : word("pictures-none");
      grid.replaceChildren(...(found ?? []).map((p) => make("li", {}, make("button", { type: "button", onclick: () => close(picture(p)) }, image(picture(p), 480), make("span", { dir: "auto" }, p.alt || p.caption || p.file)))));
    };
    const search = make("input", { type: "search", id: "library-search", dir: "auto", autocomplete: "off" });
    search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, 300);
    });
    const file = make("input", { type: "file", accept: TAKEN, id: "library-file", class: "unseen" });
    const sending = make("div", { class: "library-sending" });
    file.addEventListener("change", async () => {
      if (!file.files[0]) return;
      const upload = uploadInto(sending, form.dataset.upload, file.files[0]);
      file.value = "";
      under.add(upload);
      const sent = await upload.sent;
      under.delete(upload);
      if (sent) close(picture(sent));
    });
    const dialog = make(
      "dialog",
      { class: "editor-dialog library", "aria-labelledby": "library-title", oncancel: () => close(null) },
      make("h2", { id: "library-title" }, word("pictures-title")),
      make("div", { class: "library-ways" }, make("div", { class: "block-field" }, make("label", { for: "library-search" }, word("pictures-search")), search), form.dataset.upload ? make("div", { class: "library-upload" }, file, make("label", { for: "library-file", class: "say" }, word("picture-upload"))) : null),
      sending,
      said,
      grid,
      make("p", { class: "ask-ways" }, wordButton("cancel", () => close(null))),
    );
    document.body.append(dialog);
    dialog.showModal();
    look();
  });
}

async function fetched(address, words) {
  try {
    const url = new URL(address, location.href);
    if (words) url.searchParams.set("q", words);
    const response = await fetch(url, { headers: { accept: "application/json" }, signal: AbortSignal.timeout(15_000) });
    const { pictures } = await response.json();
    return pictures.filter(isPicture);
  } catch {
    return null;
  }
}

/** A button beside the lead picture's field. */
export function leadPicker(form, changed) {
  const input = form.elements.lead;
  if (!input || !("value" in input) || !form.dataset.pictures) return;
  const set = (chosen) => {
    const values = { lead: chosen?.file, lead_alt: chosen?.alt, lead_caption: chosen?.caption, lead_credit: chosen?.credit };
    for (const [name, value] of Object.entries(values)) {
      const field = form.elements[name];
      if (!field) continue;
      field.value = value ?? "";
      field.dispatchEvent(new Event("midad-set", { bubbles: true }));
    }
    changed();
  };
  const choose = wordButton("lead-choose", async () => {
    const chosen = await library(form);
    if (chosen) set(chosen);
    choose.focus();
  });
  const remove = wordButton("lead-remove", () => set(null));
  input.after(make("span", { class: "lead-ways" }, choose, remove));
}

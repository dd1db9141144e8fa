// The library of pictures: choosing one, uploading one.
import { make, wordButton } from "./element.js";
import { isPicture } from "./schema.js";
import { word } from "./words.js";

const picture = ({ file, alt, caption, credit, size }) => ({ file, alt: alt ?? "", caption: caption ?? null, credit: credit ?? null, size: size ?? [0, 0] });

/** Sends a file; `progress` hears from 0 to 1. `{picture}` or `{problem}`. */
export function upload(address, file, progress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const sent = new FormData();
    sent.append("picture", file);
    request.open("POST", address);
    request.setRequestHeader("accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    const fails = () => resolve({ problem: request.response?.problem ?? word("picture-upload-fails", { name: file.name }) });
    request.onerror = request.onabort = request.ontimeout = fails;
    request.onload = () => (request.status === 200 && isPicture(request.response?.picture) ? resolve({ picture: picture(request.response.picture) }) : fails());
    request.send(sent);
  });
}

/** Uploads with a bar in `place`; the picture, or nothing after the problem was said there. */
export async function uploadInto(place, address, file) {
  if (!file.type.startsWith("image/")) return void place.replaceChildren(word("picture-not-image"));
  const bar = make("progress", { max: 1, "aria-label": word("picture-uploading", { name: file.name }) });
  place.replaceChildren(word("picture-uploading", { name: file.name }), " ", bar);
  place.parentElement.hidden = false;
  const { picture, problem } = await upload(address, file, (part) => (bar.value = part));
  place.replaceChildren(problem ?? "");
  return picture;
}

/** Opens the library; resolves to the chosen picture, or `null`. */
export function library(form) {
  return new Promise((resolve) => {
    let latest = 0;
    let timer = 0;
    const close = (chosen) => {
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
      grid.replaceChildren(...(found ?? []).map((p) => make("li", {}, make("button", { type: "button", onclick: () => close(picture(p)) }, make("img", { src: p.src ?? `/pictures/${encodeURIComponent(p.file)}`, alt: "", loading: "lazy" }), make("span", { dir: "auto" }, p.alt || p.caption || p.file)))));
    };
    const search = make("input", { type: "search", id: "library-search", dir: "auto", autocomplete: "off" });
    search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, 300);
    });
    const file = make("input", { type: "file", accept: "image/*", id: "library-file", class: "unseen" });
    file.addEventListener("change", async () => {
      const chosen = file.files[0] && (await uploadInto(said, form.dataset.upload, file.files[0]));
      if (chosen) close(chosen);
      file.value = "";
    });
    const dialog = make(
      "dialog",
      { class: "editor-dialog library", "aria-labelledby": "library-title", oncancel: () => close(null) },
      make("h2", { id: "library-title" }, word("pictures-title")),
      make("div", { class: "library-ways" }, make("div", { class: "block-field" }, make("label", { for: "library-search" }, word("pictures-search")), search), form.dataset.upload ? make("div", { class: "library-upload" }, file, make("label", { for: "library-file", class: "say" }, word("picture-upload"))) : null),
      make("div", {}, said),
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

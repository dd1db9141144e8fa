// Making elements without markup in strings and without inline style.
import { word } from "./words.js";

/** An element with attributes, listeners (`onclick`) and children; `null` attributes and children are left out. */
export function make(tag, attrs = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const DRAWN = {
  strong: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  emphasis: "M10 5h8M6 19h8M14 5l-4 14",
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4.2 4.2 0 0 0-6-6l-1.5 1.5M14 10a4 4 0 0 0-6-.5l-3 3a4.2 4.2 0 0 0 6 6l1.5-1.5",
  heading2: "M4 6v12M12 6v12M4 12h8M16 10a2.3 2.3 0 1 1 4 1.5L16 18h5",
  heading3: "M4 6v12M12 6v12M4 12h8M16 8h4.5l-2.8 4a3 3 0 1 1-2 5",
  list: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  ordered: "M10 6h10M10 12h10M10 18h10M4 5l1.5-1v5M4 14.5a1.4 1.4 0 1 1 2.5 1L4 19h3",
  quote: "M10 7c-3 0-5 2-5 5v5h5v-5H7M20 7c-3 0-5 2-5 5v5h5v-5h-3",
  more: "M12 5v14M5 12h14",
  undo: "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  note: "M5 4h14v12l-4 4H5zM15 20v-4h4M8 9h8M8 13h5",
  passage: "M4 5h16v11h-9l-4 4v-4H4zM8 9h8M8 12h5",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01",
  gallery: "M7 3h14v12H7zM3 7v14h14M7 12l4-4 3 3 2-2 5 5",
  "link-card": "M3 6h18v12H3zM7 10h6M7 14h10",
  table: "M4 5h16v14H4zM4 10h16M4 15h16M12 5v14",
  correction: "M12 8v5M12 16.5h.01M12 3 2.5 20h19z",
  separator: "M4 12h16",
  preview: "M7 3h10v18H7zM11 18h2",
  close: "M6 6l12 12M18 6 6 18",
};

/** A drawing on a button. Those that point along the line turn with it (see `.icon-turns`). */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", DRAWN[name] ?? "");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", ["undo", "redo", "list", "ordered", "quote"].includes(name) ? "icon icon-turns" : "icon");
  svg.append(path);
  return svg;
}

/** A button that shows a drawing and is called by a word. */
export const iconButton = (name, key, onclick, more = {}) =>
  make("button", { type: "button", class: "tool", "aria-label": word(key) || null, title: word(key) || null, onclick, ...more }, icon(name));
/** A button that shows its word. */
export const wordButton = (key, onclick, more = {}) => make("button", { type: "button", class: "say", onclick, ...more }, word(key));

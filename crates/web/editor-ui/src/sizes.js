// Which file of a picture is loaded: never more of it than the place can show, and none that the desk does not have.
import { make } from "./element.js";

/** Of each picture that was heard of: the widths that there are, and what must be seen of it where it is cut. */
const known = new Map();

/** The desk said something about a picture. */
export function learn(file, { widths, focus } = {}) {
  const is = (list) => Array.isArray(list) && list.every(Number.isInteger);
  known.set(file, { widths: is(widths) ? widths : null, focus: is(focus) && focus.length === 2 ? focus : null });
}

/** What the page of a story knows of its pictures, as JSON. */
export function learnAll(json) {
  try {
    for (const [file, facts] of Object.entries(JSON.parse(json || "{}"))) learn(file, facts ?? {});
  } catch {
    // Then they are loaded in their smallest size.
  }
}

/** The address of the widest file that is no wider than `wide` pixels; the picture itself, where it is smaller or has no others. */
export function pictureAddress({ file, size }, wide) {
  const print = /^([0-9a-f]{32})\.jpg$/.exec(file)?.[1];
  const own = size?.[0] || Infinity;
  // The smallest is made as the picture comes in, the others when the desk has time.
  const fits = (known.get(file)?.widths ?? (own > 480 && own < Infinity ? [480] : [])).filter((width) => width <= wide && width < own);
  return print && fits.length && own > wide ? `/pictures/${print}-${Math.max(...fits)}.jpg` : `/pictures/${encodeURIComponent(file)}`;
}

/** The classes by which it is cut, as on readers' pages. */
export function cutting({ file }) {
  const focus = known.get(file)?.focus;
  return focus ? focus.map((n, at) => `focus-${"xy"[at]}-${Math.floor((Math.min(100, Math.max(0, n)) + 5) / 10)}`).join(" ") : null;
}

/** A picture as an image with its place kept free. */
export function image(picture, wide, more = {}) {
  const [width, height] = picture.size?.[0] ? picture.size : [null, null];
  const shown = make("img", { src: pictureAddress(picture, wide), class: cutting(picture), alt: "", width, height, loading: "lazy", decoding: "async", ...more });
  const whole = pictureAddress(picture, Infinity);
  // A size that is gone meanwhile.
  shown.addEventListener("error", () => shown.getAttribute("src") !== whole && (shown.src = whole));
  return shown;
}

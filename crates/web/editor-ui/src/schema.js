// The document in the browser. One node for every block of the model, and two that the model does not know: `opaque`
// keeps a block of a later version untouched, `conflict` holds two writers' versions until somebody has chosen. Which way a
// block runs is no part of it: see directions.js.
import { Schema } from "prosemirror-model";

/** Where a link may lead: another site, or a path of this paper. */
export const isAddress = (address) =>
  typeof address === "string" && address.length <= 2048 && !/[\s\u0000-\u001f]/.test(address) &&
  (/^https?:\/\/[^/]/i.test(address) || /^\/(?!\/)/.test(address));

const words = (tag, more = {}) => ({
  content: "inline*",
  group: "block",
  parseDOM: [{ tag }],
  toDOM: () => [tag, more, 0],
});
const boxed = (name) => ({
  content: "inline*",
  group: "block",
  defining: true,
  parseDOM: [{ tag: `div[data-block=${name}]` }],
  toDOM: () => ["div", { class: `block-${name}`, "data-block": name }, 0],
});
const read = (element) => {
  try {
    return JSON.parse(element.getAttribute("data-attrs"));
  } catch {
    return null;
  }
};
/** A block that is made of facts and not of running words. */
const facts = (name, attrs, fits) => ({
  group: "block",
  atom: true,
  draggable: true,
  attrs,
  parseDOM: [{
    tag: `div[data-block=${name}][data-attrs]`,
    getAttrs: (element) => {
      const found = read(element);
      return found && fits(found) ? found : false;
    },
  }],
  toDOM: (node) => ["div", { "data-block": name, "data-attrs": JSON.stringify(node.attrs) }],
});

const text = (value) => typeof value === "string";
const maybe = (value) => value === null || value === undefined || text(value);
const sizes = (value) => Array.isArray(value) && value.length === 2 && value.every((n) => Number.isInteger(n) && n >= 0);
export const isPicture = (p) =>
  !!p && typeof p === "object" && text(p.file) && text(p.alt ?? "") && maybe(p.caption) && maybe(p.credit) && sizes(p.size ?? [0, 0]);

const nodes = {
  doc: { content: "block+" },
  paragraph: words("p"),
  heading: {
    content: "inline*",
    group: "block",
    defining: true,
    attrs: { level: { default: 2 } },
    parseDOM: [{ tag: "h1,h2", attrs: { level: 2 } }, { tag: "h3,h4,h5,h6", attrs: { level: 3 } }],
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },
  list: {
    content: "entry+",
    group: "block",
    attrs: { ordered: { default: false } },
    parseDOM: [{ tag: "ul" }, { tag: "ol", attrs: { ordered: true } }],
    toDOM: (node) => [node.attrs.ordered ? "ol" : "ul", 0],
  },
  entry: { content: "inline*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
  quote: {
    content: "inline*",
    group: "block",
    defining: true,
    attrs: { source: { default: null } },
    parseDOM: [{ tag: "blockquote", getAttrs: (element) => ({ source: element.getAttribute("data-source") }) }],
    toDOM: (node) => ["blockquote", node.attrs.source ? { "data-source": node.attrs.source } : {}, 0],
  },
  picture: facts(
    "picture",
    { file: {}, alt: { default: "" }, caption: { default: null }, credit: { default: null }, size: { default: [0, 0] } },
    isPicture,
  ),
  gallery: facts("gallery", { pictures: { default: [] } }, (a) => Array.isArray(a.pictures) && a.pictures.every(isPicture)),
  link_card: facts(
    "link-card",
    { address: {}, title: { default: "" }, description: { default: null } },
    (a) => isAddress(a.address) && text(a.title) && maybe(a.description),
  ),
  note: boxed("note"),
  correction: boxed("correction"),
  separator: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  table: {
    content: "row+",
    group: "block",
    isolating: true,
    attrs: { header: { default: false } },
    parseDOM: [{ tag: "table", getAttrs: (element) => ({ header: !!element.querySelector("th") }) }],
    toDOM: (node) => ["table", node.attrs.header ? { "data-header": "" } : {}, ["tbody", 0]],
  },
  row: { content: "cell+", parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0] },
  cell: { content: "inline*", isolating: true, parseDOM: [{ tag: "td,th" }], toDOM: () => ["td", 0] },
  opaque: { group: "block", atom: true, attrs: { json: {} }, toDOM: () => ["div", { class: "block-opaque" }] },
  conflict: { content: "theirs mine", group: "block", isolating: true, defining: true, toDOM: () => ["div", { class: "conflict" }, 0] },
  theirs: { content: "block*", isolating: true, toDOM: () => ["div", { class: "conflict-side" }, 0] },
  mine: { content: "block*", isolating: true, toDOM: () => ["div", { class: "conflict-side conflict-mine" }, 0] },
  hard_break: {
    inline: true,
    group: "inline",
    selectable: false,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
    leafText: () => "\n",
  },
  text: { group: "inline" },
};

const marks = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [{
      tag: "a[href]",
      getAttrs: (element) => {
        const href = element.getAttribute("href");
        return isAddress(href) ? { href } : false;
      },
    }],
    toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noopener" }, 0],
  },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  emphasis: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
};

export const schema = new Schema({ nodes, marks });

// Blocks of the model, to the document in the browser and back. What is not understood to the last key is kept as it is.
import { schema, isAddress, isPicture } from "./schema.js";

const { nodes: n, marks: m } = schema;
const only = (value, ...keys) =>
  !!value && typeof value === "object" && !Array.isArray(value) && Object.keys(value).every((key) => keys.includes(key));
const isText = (value) => typeof value === "string";
const isMaybe = (value) => value === null || value === undefined || isText(value);

/* To the document. */

const isSpan = (span) =>
  only(span, "text", "strong", "emphasis", "link") && isText(span.text) &&
  [true, false, undefined].includes(span.strong) && [true, false, undefined].includes(span.emphasis) &&
  (span.link === undefined || span.link === null || isAddress(span.link));
const isWords = (spans) => Array.isArray(spans) && spans.every(isSpan);

function inline(spans) {
  const out = [];
  for (const span of spans) {
    const marks = [];
    if (span.link) marks.push(m.link.create({ href: span.link }));
    if (span.strong) marks.push(m.strong.create());
    if (span.emphasis) marks.push(m.emphasis.create());
    span.text.split("\n").forEach((line, at) => {
      if (at) out.push(n.hard_break.create(null, null, marks));
      if (line) out.push(schema.text(line, marks));
    });
  }
  return out;
}

const picture = (p) => ({ file: p.file, alt: p.alt ?? "", caption: p.caption ?? null, credit: p.credit ?? null, size: p.size ?? [0, 0] });
const pictureKeys = ["file", "alt", "caption", "credit", "size"];
const isPictureExactly = (p, ...more) => only(p, ...pictureKeys, ...more) && isPicture(p);

/** Each kind: whether the block is wholly understood, and the node it becomes. */
const READ = {
  paragraph: [(b) => only(b, "block", "text") && isWords(b.text), (b) => n.paragraph.create(null, inline(b.text))],
  heading: [
    (b) => only(b, "block", "level", "text") && [2, 3].includes(b.level) && isWords(b.text),
    (b) => n.heading.create({ level: b.level }, inline(b.text)),
  ],
  list: [
    (b) => only(b, "block", "ordered", "entries") && typeof b.ordered === "boolean" && Array.isArray(b.entries) && b.entries.length > 0 && b.entries.every(isWords),
    (b) => n.list.create({ ordered: b.ordered }, b.entries.map((entry) => n.entry.create(null, inline(entry)))),
  ],
  quote: [
    (b) => only(b, "block", "text", "source") && isWords(b.text) && isMaybe(b.source),
    (b) => n.quote.create({ source: b.source ?? null }, inline(b.text)),
  ],
  picture: [(b) => isPictureExactly(b, "block"), (b) => n.picture.create(picture(b))],
  gallery: [
    (b) => only(b, "block", "pictures") && Array.isArray(b.pictures) && b.pictures.every((p) => isPictureExactly(p)),
    (b) => n.gallery.create({ pictures: b.pictures.map(picture) }),
  ],
  "link-card": [
    (b) => only(b, "block", "address", "title", "description") && isText(b.address) && isText(b.title) && isMaybe(b.description),
    (b) => n.link_card.create({ address: b.address, title: b.title, description: b.description ?? null }),
  ],
  note: [(b) => only(b, "block", "text") && isWords(b.text), (b) => n.note.create(null, inline(b.text))],
  correction: [(b) => only(b, "block", "text") && isWords(b.text), (b) => n.correction.create(null, inline(b.text))],
  separator: [(b) => only(b, "block"), () => n.separator.create()],
  table: [
    (b) =>
      only(b, "block", "header", "rows") && typeof b.header === "boolean" && Array.isArray(b.rows) && b.rows.length > 0 &&
      b.rows.every((row) => Array.isArray(row) && row.length > 0 && row.every(isWords)),
    (b) => n.table.create({ header: b.header }, b.rows.map((row) => n.row.create(null, row.map((cell) => n.cell.create(null, inline(cell)))))),
  ],
  // Only in what this browser keeps, never on its way to or from the server.
  conflict: [
    (b) => only(b, "block", "theirs", "mine") && Array.isArray(b.theirs) && Array.isArray(b.mine),
    (b) => n.conflict.create(null, [n.theirs.create(null, nodesOf(b.theirs)), n.mine.create(null, nodesOf(b.mine))]),
  ],
};

function nodeOf(block) {
  const [fits, make] = (block && Object.hasOwn(READ, block.block) && READ[block.block]) || [];
  return fits?.(block) ? make(block) : n.opaque.create({ json: JSON.stringify(block) });
}

/** Nodes for these blocks, one each. */
export const nodesOf = (blocks) => blocks.map(nodeOf);

/** The document for a body; there is always a paragraph to write in. */
export function toDocument(blocks) {
  const made = nodesOf(Array.isArray(blocks) ? blocks : []);
  return n.doc.create(null, made.length ? made : [n.paragraph.create()]);
}

/* And back. */

/** The words of a node as spans, neighbours of one look joined. */
export function spansOf(node) {
  const out = [];
  node.forEach((child) => {
    const span = { text: child.isText ? child.text : "\n" };
    for (const mark of child.marks) {
      if (mark.type === m.strong) span.strong = true;
      if (mark.type === m.emphasis) span.emphasis = true;
      if (mark.type === m.link) span.link = mark.attrs.href;
    }
    const last = out.at(-1);
    if (last && last.strong === span.strong && last.emphasis === span.emphasis && last.link === span.link) last.text += span.text;
    else out.push(span);
  });
  return out;
}

function pictureOf({ file, alt, caption, credit, size }) {
  const out = { file, alt };
  if (caption) out.caption = caption;
  if (credit) out.credit = credit;
  out.size = [...size];
  return out;
}

const blank = (node) => !node.textContent.trim();
const kids = (node, map) => Array.from({ length: node.childCount }, (_, at) => map(node.child(at)));

const WRITE = {
  paragraph: (node) => (blank(node) ? null : { block: "paragraph", text: spansOf(node) }),
  heading: (node) => (blank(node) ? null : { block: "heading", level: node.attrs.level, text: spansOf(node) }),
  list: (node) => {
    const entries = kids(node, (entry) => entry).filter((entry) => !blank(entry)).map(spansOf);
    return entries.length ? { block: "list", ordered: node.attrs.ordered, entries } : null;
  },
  quote: (node) => (blank(node) && !node.attrs.source ? null : { block: "quote", text: spansOf(node), source: node.attrs.source || null }),
  picture: (node) => ({ block: "picture", ...pictureOf(node.attrs) }),
  gallery: (node) => (node.attrs.pictures.length ? { block: "gallery", pictures: node.attrs.pictures.map(pictureOf) } : null),
  link_card: ({ attrs }) => ({ block: "link-card", address: attrs.address, title: attrs.title, description: attrs.description || null }),
  note: (node) => (blank(node) ? null : { block: "note", text: spansOf(node) }),
  correction: (node) => (blank(node) ? null : { block: "correction", text: spansOf(node) }),
  separator: () => ({ block: "separator" }),
  table: (node) => ({ block: "table", header: node.attrs.header, rows: kids(node, (row) => kids(row, spansOf)) }),
  opaque: (node) => JSON.parse(node.attrs.json),
};

/**
 * The blocks of a document or of one side of a conflict. What is empty is left out. `conflicts` keeps frames whole, for
 * this browser; without it, what stands on the server stands in for them.
 */
export function toBlocks(parent, { conflicts = false } = {}) {
  const out = [];
  parent.forEach((node) => {
    if (node.type === n.conflict) {
      const [theirs, mine] = kids(node, (side) => toBlocks(side));
      if (conflicts) out.push({ block: "conflict", theirs, mine });
      else out.push(...theirs);
      return;
    }
    const block = WRITE[node.type.name]?.(node);
    if (block || node.type === n.opaque) out.push(block);
  });
  return out;
}

/** A body as this editor would write it, so that two can be compared. */
export const settled = (blocks, options) => toBlocks(toDocument(blocks), options);
/** How many frames wait for a choice. */
export function conflictsIn(doc) {
  let count = 0;
  doc.forEach((node) => (count += node.type === n.conflict ? 1 : 0));
  return count;
}

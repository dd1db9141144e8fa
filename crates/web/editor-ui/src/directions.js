// Which way each block runs: as the story does, unless most of its own letters run the other way. Readers' pages go by the
// same rule (`arabic::bidi::majority`), and both are held to tests/directions.json.
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { schema } from "./schema.js";

const { nodes: n } = schema;
const key = new PluginKey("directions");

const LETTER = /(?!\p{M})\p{Alphabetic}/gu;
const FROM_RIGHT = /(?!\p{M})(?=\p{Alphabetic})[\u{590}-\u{8ff}\u{fb1d}-\u{fdff}\u{fe70}-\u{feff}\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/gu;
/** An address of the web or of mail, or a name by which people are called there: Latin in every language. */
const isAddress = (word) => word.includes("://") || word.includes("@") || word.includes("www.");

/** "rtl" or "ltr" by most letters; null where as many run one way as the other. */
export function majority(text) {
  const words = text.split(/\p{White_Space}+/u).filter((word) => !isAddress(word)).join(" ");
  const right = words.match(FROM_RIGHT)?.length ?? 0;
  const left = (words.match(LETTER)?.length ?? 0) - right;
  return right > left ? "rtl" : right < left ? "ltr" : null;
}

const known = new WeakMap();
/** The direction of a block's own words. A node never changes, so it is counted once. */
function ownWay(node) {
  if (!known.has(node)) known.set(node, majority(node.textBetween(0, node.content.size, "\n", "\n")));
  return known.get(node);
}

const TURNED = new Set([n.paragraph, n.heading, n.list, n.quote, n.note, n.correction, n.table]);

/** The attribute of every block that runs otherwise than the story, and of every cell. */
export function waysOf(doc, story) {
  const out = [];
  doc.descendants((node, pos) => {
    const way = TURNED.has(node.type) || node.type === n.cell ? ownWay(node) : null;
    // Cells have theirs each: a number alone is set from the left, whatever the table is.
    const dir = node.type === n.cell ? way ?? "auto" : way !== story && way;
    if (dir) out.push({ from: pos, to: pos + node.nodeSize, dir });
    return !node.isTextblock && node.type !== n.list;
  });
  return out;
}

const decorated = (doc, { dir }) => DecorationSet.create(doc, waysOf(doc, dir).map((one) => Decoration.node(one.from, one.to, { dir: one.dir })));

/** `way` is language and direction of the story: `{ lang, dir }`. */
export const directions = (way) =>
  new Plugin({
    key,
    state: {
      init: (_, { doc }) => ({ way, set: decorated(doc, way) }),
      apply(tr, was, _, { doc }) {
        const now = tr.getMeta(key) ?? was.way;
        return tr.docChanged || now !== was.way ? { way: now, set: decorated(doc, now) } : was;
      },
    },
    props: {
      attributes: (state) => key.getState(state).way,
      decorations: (state) => key.getState(state).set,
    },
  });

/** The story is in another language now. */
export const speak = (view, way) => view.dispatch(view.state.tr.setMeta(key, way).setMeta("addToHistory", false));

const LINES = ["kicker", "headline", "front_headline", "push_headline", "standfirst"];

/** Language and direction of the story, as its form says. */
export function wayOf(form) {
  const choice = form.elements.language;
  const chosen = choice?.selectedOptions?.[0];
  const lang = choice?.value || form.dataset.lang || "ar";
  return { lang, dir: chosen?.dataset.dir ?? (form.dataset.storyDir || "rtl") };
}

/** The lines around the body run as the story does, whatever stands first in them. */
export function turnLines(form, { lang, dir }) {
  for (const name of LINES) {
    const line = form.elements[name];
    if (line) Object.assign(line, { lang, dir });
  }
}

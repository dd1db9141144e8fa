// What can be done to blocks. Lists hold entries of words alone, so their commands are our own.
import { TextSelection, NodeSelection, Selection } from "prosemirror-state";
import { setBlockType } from "prosemirror-commands";
import { canSplit } from "prosemirror-transform";
import { schema } from "./schema.js";

const { nodes: n } = schema;

/** The depth of the blocks of the story at this place: 1, or deeper inside a frame. */
export function blockDepth($pos) {
  for (let depth = $pos.depth; depth > 0; depth--) if ([n.doc, n.theirs, n.mine].includes($pos.node(depth - 1).type)) return depth;
  return 0;
}

/** The blocks of the story that the selection touches: `{parent, from, to, first, last}`, or nothing. */
export function touched(state) {
  const { $from, $to, from, to, node } = state.selection;
  if (node?.isBlock && [n.doc, n.theirs, n.mine].includes($from.parent.type))
    return { parent: $from.parent, start: from - $from.parentOffset, from, to, first: $from.index(), last: $from.index() };
  const depth = Math.min(blockDepth($from), blockDepth($to));
  if (!depth || $from.node(depth - 1) !== $to.node(depth - 1)) return null;
  return {
    parent: $from.node(depth - 1),
    start: $from.start(depth - 1),
    from: $from.before(depth),
    to: $to.after(depth),
    first: $from.index(depth - 1),
    last: $to.index(depth - 1),
  };
}

const children = (parent, first, last) => Array.from({ length: last - first + 1 }, (_, at) => parent.child(first + at));

/** The words of a block as entries or paragraphs: one for each line of it. */
const lines = (block) => (block.type === n.list ? Array.from({ length: block.childCount }, (_, at) => block.child(at).content) : [block.content]);

/** Replaces the touched blocks; the cursor stays at the words where it was. */
function exchange(state, dispatch, range, made) {
  if (!dispatch) return true;
  const { from, to } = state.selection;
  const tr = state.tr.replaceWith(range.from, range.to, made);
  const shift = made[0].type === n.list ? 1 : -1;
  const place = (pos) => tr.doc.resolve(Math.max(0, Math.min(pos + shift, tr.doc.content.size)));
  tr.setSelection(TextSelection.between(place(from), place(to)));
  dispatch(tr.scrollIntoView());
  return true;
}

/** A list of the touched blocks; another kind of list; or, of the same kind, paragraphs again. */
export const toggleList = (ordered) => (state, dispatch) => {
  const range = touched(state);
  if (!range) return false;
  const blocks = children(range.parent, range.first, range.last);
  if (!blocks.every((block) => block.isTextblock || block.type === n.list)) return false;
  if (blocks.length === 1 && blocks[0].type === n.list) {
    if (blocks[0].attrs.ordered !== ordered) {
      dispatch?.(state.tr.setNodeMarkup(range.from, null, { ordered }));
      return true;
    }
    return exchange(state, dispatch, range, lines(blocks[0]).map((line) => n.paragraph.create(null, line)));
  }
  const entries = blocks.flatMap(lines).map((line) => n.entry.create(null, line));
  return exchange(state, dispatch, range, [n.list.create({ ordered }, entries)]);
};

/** The entry under the cursor leaves its list and is a paragraph. */
export function liftEntry(state, dispatch) {
  const { $from } = state.selection;
  if ($from.parent.type !== n.entry) return false;
  if (!dispatch) return true;
  const list = $from.node(-1);
  const at = $from.index(-1);
  const part = (first, last) => (first <= last ? [n.list.create(list.attrs, children(list, first, last))] : []);
  const before = part(0, at - 1);
  const start = $from.before(-1);
  const tr = state.tr.replaceWith(start, $from.after(-1), [...before, n.paragraph.create(null, $from.parent.content), ...part(at + 1, list.childCount - 1)]);
  const place = start + (before[0]?.nodeSize ?? 0) + 1 + $from.parentOffset;
  dispatch(tr.setSelection(TextSelection.create(tr.doc, place)).scrollIntoView());
  return true;
}

/** Enter in an empty entry ends the list. */
export function leaveList(state, dispatch) {
  const { $from, empty } = state.selection;
  return empty && $from.parent.type === n.entry && $from.parent.content.size === 0 && liftEntry(state, dispatch);
}

/** Backspace at the very start of a heading, a quote or an entry makes it a paragraph first. */
export function plainAtStart(state, dispatch, view) {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset || ![n.heading, n.quote, n.note, n.correction, n.entry].includes($from.parent.type)) return false;
  return $from.parent.type === n.entry ? liftEntry(state, dispatch) : setBlockType(n.paragraph)(state, dispatch, view);
}

/** The block becomes of this type; of this type already, it becomes a paragraph. */
export const toggleBlock = (type, attrs = {}) => (state, dispatch, view) => {
  const range = touched(state);
  if (!range) return false;
  const block = range.parent.child(range.first);
  if (block.type === n.list) return toggleList(block.attrs.ordered)(state, dispatch);
  const is = block.type === type && Object.entries(attrs).every(([key, value]) => block.attrs[key] === value);
  return (is ? setBlockType(n.paragraph) : setBlockType(type, attrs))(state, dispatch, view);
};

/** Puts a block at the cursor: in place of an empty paragraph, else after the block the cursor is in. */
export const insertBlock = (node) => (state, dispatch) => {
  const range = touched(state);
  if (!dispatch) return true;
  const here = range?.parent.child(range.last);
  const replaces = here?.type === n.paragraph && here.content.size === 0;
  const end = range ? range.to : state.doc.content.size;
  const at = replaces ? end - here.nodeSize : end;
  const tr = state.tr.replaceWith(at, end, node);
  const inside = tr.doc.resolve(at + 1);
  tr.setSelection(node.isAtom ? NodeSelection.create(tr.doc, at) : Selection.findFrom(inside, 1, true) ?? Selection.near(inside));
  dispatch(tr.scrollIntoView());
  return true;
};

/** Moves the touched blocks over their neighbour: -1 up, 1 down. */
export const moveBlock = (step) => (state, dispatch) => {
  const range = touched(state);
  const neighbour = range?.parent.maybeChild(step < 0 ? range.first - 1 : range.last + 1);
  if (!neighbour) return false;
  if (!dispatch) return true;
  const blocks = children(range.parent, range.first, range.last);
  const [from, to] = step < 0 ? [range.from - neighbour.nodeSize, range.to] : [range.from, range.to + neighbour.nodeSize];
  const shift = step < 0 ? -neighbour.nodeSize : neighbour.nodeSize;
  const { selection } = state;
  const tr = state.tr.replaceWith(from, to, step < 0 ? [...blocks, neighbour] : [neighbour, ...blocks]);
  tr.setSelection(
    selection instanceof NodeSelection
      ? NodeSelection.create(tr.doc, selection.from + shift)
      : TextSelection.create(tr.doc, selection.anchor + shift, selection.head + shift),
  );
  dispatch(tr.scrollIntoView());
  return true;
};

/** The touched blocks go. */
export function deleteBlock(state, dispatch) {
  const range = touched(state);
  if (!range) return false;
  if (!dispatch) return true;
  const all = range.first === 0 && range.last === range.parent.childCount - 1 && range.parent.type === n.doc;
  const tr = all ? state.tr.replaceWith(range.from, range.to, n.paragraph.create()) : state.tr.delete(range.from, range.to);
  const place = tr.doc.resolve(Math.min(range.from, tr.doc.content.size));
  dispatch(tr.setSelection(Selection.near(place)).scrollIntoView());
  return true;
}

/** Enter inside a block of the model: what stands after the cursor is a block of its own. */
export function splitHere(state, dispatch) {
  const { $from, $to } = state.selection;
  if ($from.parent !== $to.parent || !$from.parent.isTextblock || $from.parent.type === n.cell) return false;
  const tr = state.tr.deleteSelection();
  const pos = tr.mapping.map($from.pos);
  const atEnd = tr.doc.resolve(pos).parentOffset === tr.doc.resolve(pos).parent.content.size;
  const next = $from.parent.type === n.entry ? n.entry : atEnd ? n.paragraph : $from.parent.type;
  const attrs = next === n.quote ? { source: null } : next === $from.parent.type ? $from.parent.attrs : null;
  if (!canSplit(tr.doc, pos, 1, [{ type: next, attrs }])) return false;
  dispatch?.(tr.split(pos, 1, [{ type: next, attrs }]).scrollIntoView());
  return true;
}

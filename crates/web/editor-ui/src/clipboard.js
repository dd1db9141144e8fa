// Copying, pasting and dropping. What comes from another story of this desk comes as blocks; everything else is cleaned.
import { Fragment, Slice } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import { nodesOf, toBlocks } from "./convert.js";
import { cleanMarkup, cleanText, LARGEST } from "./paste.js";
import { schema } from "./schema.js";

const { nodes: n } = schema;
const OURS = "application/x-midad-blocks";

function copy(view, event) {
  const { selection } = view.state;
  if (selection.empty || !event.clipboardData || event.target.closest?.("input, textarea")) return false;
  const slice = selection.content();
  const { dom, text } = view.serializeForClipboard(slice);
  let { content } = slice;
  while (content.childCount === 1 && [n.conflict, n.theirs, n.mine].includes(content.firstChild.type)) content = content.firstChild.content;
  event.preventDefault();
  event.clipboardData.clearData();
  event.clipboardData.setData("text/html", dom.innerHTML);
  event.clipboardData.setData("text/plain", text);
  event.clipboardData.setData(OURS, JSON.stringify({ blocks: toBlocks(content), open: [slice.openStart > 0, slice.openEnd > 0] }));
  if (event.type === "cut") view.dispatch(view.state.tr.deleteSelection().scrollIntoView().setMeta("uiEvent", "cut"));
  return true;
}

/** What came, as `{blocks, open, removed}`, `{refused}` or `{files}`. */
function received(data, plainly) {
  const ours = data.getData(OURS);
  if (ours && ours.length <= LARGEST && !plainly) {
    try {
      const { blocks, open } = JSON.parse(ours);
      if (Array.isArray(blocks) && blocks.length) return { blocks, open, removed: {} };
    } catch {
      // Then by its other forms.
    }
  }
  const [html, text] = [plainly ? "" : data.getData("text/html"), data.getData("text/plain")];
  const files = [...(data.files ?? [])].filter((file) => file.type.startsWith("image/"));
  if (files.length && !text.trim()) return { files };
  if (!html) return text ? cleanText(text) : { refused: "empty" };
  const cleaned = cleanMarkup(html);
  return cleaned.refused === "empty" && text.trim() ? cleanText(text) : cleaned;
}

/** The words of all blocks in one line, for places that hold nothing else. */
function asLine(nodes) {
  const out = [];
  const walk = (node) => {
    if (!node.isTextblock) return node.forEach(walk);
    if (node.content.size === 0) return undefined;
    if (out.length) out.push(schema.text(" "));
    return node.forEach((child) => out.push(child.isText ? child : schema.text(" ")));
  };
  nodes.forEach(walk);
  return out;
}

/** Puts blocks at the selection; words run together with the words around them. */
export function insert(view, blocks, open) {
  const nodes = nodesOf(blocks);
  const { $from, $to } = view.state.selection;
  const { tr } = view.state;
  if ($from.parent.type === n.cell || $to.parent.type === n.cell) tr.replaceSelection(new Slice(Fragment.from(asLine(nodes)), 0, 0));
  else if ($from.parent.type === n.entry && nodes.every((node) => node.isTextblock || node.type === n.list)) {
    const entries = nodes.flatMap((node) => (node.isTextblock ? [n.entry.create(null, node.content)] : node.content.content));
    tr.replaceSelection(new Slice(Fragment.from(n.list.create($from.node(-1).attrs, entries)), 2, 2));
  } else {
    const words = (node) => node.isTextblock && (node.type === n.paragraph || nodes.length === 1);
    const opens = (at, asked) => (asked !== false && words(nodes.at(at)) && ($from.parent.content.size > 0 || nodes.at(at).type === n.paragraph) ? 1 : 0);
    tr.replaceSelection(new Slice(Fragment.from(nodes), opens(0, open?.[0]), opens(-1, open?.[1])));
  }
  view.dispatch(tr.scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
}

/** Listeners for the view. `told` hears what was removed or refused, `upload` gets pictures. */
export function clipboard({ told, upload }) {
  let plainly = false;
  const accept = (view, data) => {
    const came = received(data, plainly);
    if (came.files) return upload(view, came.files);
    if (came.refused) return told({ refused: came.refused, removed: {} });
    insert(view, came.blocks, came.open);
    return told({ removed: came.removed });
  };
  const paste = (view, event) => {
    if (event.target.closest?.("input, textarea") || !event.clipboardData) return false;
    event.preventDefault();
    accept(view, event.clipboardData);
    return true;
  };
  const drop = (view, event) => {
    if (view.dragging || !event.dataTransfer || event.target.closest?.("input, textarea")) return false;
    event.preventDefault();
    const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
    if (place) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(place.pos))));
    accept(view, event.dataTransfer);
    view.focus();
    return true;
  };
  return {
    keydown: (_, event) => {
      plainly = event.shiftKey && (event.ctrlKey || event.metaKey);
      return false;
    },
    keyup: () => ((plainly = false), false),
    copy,
    cut: copy,
    paste,
    drop,
  };
}


// Where a picture that is still being sent will stand: a place that moves with the text, for much may be written until a slow
// line has carried it.
import { Plugin, PluginKey } from "prosemirror-state";
import { blockDepth, insertBlock } from "./commands.js";
import { schema } from "./schema.js";

const key = new PluginKey("coming");

/** The plugin: places by their names. */
export const coming = new Plugin({
  key,
  state: {
    init: () => new Map(),
    apply(tr, places) {
      if (!tr.docChanged && !tr.getMeta(key)) return places;
      const { is = [], gone } = tr.getMeta(key) ?? {};
      const moved = [...places].map(([name, at]) => [name, tr.mapping.map(at)]);
      return new Map([...moved, ...is].filter(([name]) => name !== gone));
    },
  },
});

/** Keeps the place of the cursor; a block that is handed to the answer stands there, `null` forgets it. */
export function placeHere(view) {
  const name = Symbol("place");
  view.dispatch(view.state.tr.setMeta(key, { is: [[name, view.state.selection.to]] }));
  return (node) => {
    const { state } = view;
    const at = key.getState(state).get(name);
    // The next one that was meant for the same place comes after this one.
    const same = [...key.getState(state)].filter(([, other]) => other === at).map(([name]) => name);
    const tell = (tr, end) => view.dispatch(tr.setMeta(key, { is: node ? same.map((other) => [other, end]) : [], gone: name }));
    if (!node) return tell(state.tr);
    // Whoever waited for it goes on behind it; whoever writes elsewhere is not disturbed.
    if (state.selection.to === at) return insertBlock(node)(state, (tr) => tell(tr, tr.selection.to));
    const { tr, end } = put(state, at, node);
    return tell(tr, end);
  };
}

function put(state, at, node) {
  const $at = state.doc.resolve(at);
  const depth = blockDepth($at);
  if (!depth) return { tr: state.tr.insert(at, node), end: at + node.nodeSize };
  const block = $at.node(depth);
  const isEmpty = block.type === schema.nodes.paragraph && block.content.size === 0;
  const [from, to] = [isEmpty ? $at.before(depth) : $at.after(depth), $at.after(depth)];
  return { tr: state.tr.replaceWith(from, to, node), end: from + node.nodeSize };
}

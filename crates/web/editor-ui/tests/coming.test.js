import "./dom.js";
import assert from "node:assert/strict";
import { EditorState, TextSelection } from "prosemirror-state";
import { test } from "node:test";
import { coming, placeHere } from "../src/coming.js";
import { toBlocks, toDocument } from "../src/convert.js";
import { schema } from "../src/schema.js";

const p = (text) => ({ block: "paragraph", text: text ? [{ text }] : [] });
const picture = (file) => schema.nodes.picture.create({ file, size: [3, 2] });

function editing(blocks, at) {
  const state = EditorState.create({ doc: toDocument(blocks), plugins: [coming] });
  const view = { state, dispatch: (tr) => (view.state = view.state.apply(tr)) };
  view.to = (pos) => view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos)));
  view.type = (words) => view.dispatch(view.state.tr.insertText(words));
  view.stands = () => toBlocks(view.state.doc).map((block) => block.file ?? block.text.map(({ text }) => text).join(""));
  view.to(at);
  return view;
}

test("a picture stands where it was dropped, whatever was written before and after it meanwhile", () => {
  const view = editing([p("أولى"), p("ثانية"), p("ثالثة")], 8);
  const put = placeHere(view);
  view.to(1);
  view.type("قبل ");
  view.to(view.state.doc.content.size - 1);
  view.type(" وبعد");
  const cursor = view.state.selection.to;
  put(picture("a.jpg"));
  assert.deepEqual(view.stands(), ["قبل أولى", "ثانية", "a.jpg", "ثالثة وبعد"]);
  assert.equal(view.state.selection.to, cursor + 1, "whoever writes goes on writing");
  assert.ok(view.state.selection instanceof TextSelection);
});

test("several for one place stand in their order; one that was given up leaves nothing", () => {
  for (const moves of [false, true]) {
    const view = editing([p("أولى"), p(""), p("ثالثة")], 7);
    const [first, given, second] = [placeHere(view), placeHere(view), placeHere(view)];
    if (moves) view.to(1);
    first(picture("a.jpg"));
    given(null);
    second(picture("b.jpg"));
    assert.deepEqual(view.stands(), ["أولى", "a.jpg", "b.jpg", "ثالثة"]);
  }
});

test("its paragraph was deleted, and with it every word: it stands at what is left", () => {
  const view = editing([p("أولى"), p("ثانية")], 8);
  const put = placeHere(view);
  view.to(2);
  view.dispatch(view.state.tr.delete(6, view.state.doc.content.size));
  put(picture("a.jpg"));
  assert.ok(view.stands().includes("a.jpg"));
  view.state.doc.check();
});

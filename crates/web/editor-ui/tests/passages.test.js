import "./dom.js";
import assert from "node:assert/strict";
import { EditorState, NodeSelection, TextSelection } from "prosemirror-state";
import { test } from "node:test";
import { toDocument } from "../src/convert.js";
import { chosen, find, goTo, notesOf, noting, passages } from "../src/passages.js";

const BODY = [
  { block: "paragraph", text: [{ text: "وصل  الترام " }, { text: "صباح\nاليوم", strong: true }, { text: " إلى المرفأ." }] },
  { block: "list", ordered: false, entries: [[{ text: "عربة أولى" }], [{ text: "عربة ثانية" }]] },
  { block: "paragraph", text: [{ text: "ثم وصل الترام صباح اليوم مرة أخرى." }] },
  { block: "separator" },
];
const doc = toDocument(BODY);
const shown = ({ from, to }) => doc.textBetween(from, to, undefined, "\n");

function page() {
  document.body.innerHTML = `<form><details id="notes"><ol>
    <li data-note data-block="2"><blockquote class="note-quote"><p>الترام صباح اليوم</p></blockquote></li>
    <li data-note><p>على المادة كلها</p></li></ol>
    <select name="note_block"><option value="">—</option><option value="0 وصل الترام">1</option></select>
    <input name="note_quote"><textarea name="note_text"></textarea></details></form>`;
  const form = document.querySelector("form");
  form.elements.note_text.scrollIntoView = () => {};
  return form;
}

test("a passage is found over spaces, breaks and marks, first where it stood", () => {
  assert.equal(shown(find(doc, { quote: "الترام صباح اليوم" })), "الترام صباح\nاليوم");
  assert.equal(find(doc, { quote: "الترام صباح اليوم", block: 2 }).block, 2);
  assert.equal(find(doc, { quote: "الترام صباح اليوم", block: 7 }).block, 0);
  assert.equal(shown(find(doc, { quote: "عربة ثانية" })), "عربة ثانية");
  assert.equal(find(doc, { quote: "لم تعد هنا" }), null);
  assert.equal(find(doc, { quote: "" }), null);
});

test("what is chosen is words of one block, or the block", () => {
  const [start] = [find(doc, { quote: "الترام صباح" })];
  const state = EditorState.create({ doc });
  const words = state.apply(state.tr.setSelection(TextSelection.create(doc, start.from, start.to)));
  assert.deepEqual(chosen(words), { quote: "الترام صباح", block: 0, begins: "وصل الترام صباح اليوم إلى المرفأ." });
  const across = state.apply(state.tr.setSelection(TextSelection.create(doc, start.from, find(doc, { quote: "عربة أولى" }).to)));
  assert.equal(chosen(across).quote, "الترام صباح اليوم إلى المرفأ.", "as far as its block goes");
  const nothing = state.apply(state.tr.setSelection(TextSelection.create(doc, find(doc, { quote: "عربة ثانية" }).from)));
  assert.deepEqual(chosen(nothing), { quote: "", block: 1, begins: "عربة أولى" });
  const rule = doc.child(0).nodeSize + doc.child(1).nodeSize + doc.child(2).nodeSize;
  const line = state.apply(state.tr.setSelection(NodeSelection.create(doc, rule)));
  assert.deepEqual(chosen(line), { quote: "", block: 3, begins: "" });
});

test("the form for a note takes what is chosen, also of a block that it did not know", () => {
  const form = page();
  const note = noting(form);
  const state = EditorState.create({ doc });
  const at = find(doc, { quote: "مرة أخرى" });
  const words = state.apply(state.tr.setSelection(TextSelection.create(doc, at.from, at.to)));
  assert.equal(note(words), true);
  assert.equal(form.elements.note_quote.value, "", "nothing is filled while it is only asked whether it can be");
  let heard = 0;
  form.addEventListener("input", () => heard++);
  assert.equal(note(words, () => {}), true);
  assert.equal(form.elements.note_quote.value, "مرة أخرى");
  assert.equal(form.elements.note_block.value, "2 ثم وصل الترام صباح اليوم مرة أخرى.");
  assert.equal(form.querySelector("details").open, true);
  assert.equal(document.activeElement, form.elements.note_text);
  assert.equal(heard, 1);
  document.body.innerHTML = "<form></form>";
  assert.equal(noting(document.querySelector("form")), null);
});

test("open notes are marked and reached, while their words are written around, until they are gone", () => {
  const notes = notesOf(page());
  assert.deepEqual(notes.map(({ quote, block }) => [quote, block]), [["الترام صباح اليوم", 2], ["", undefined]]);
  let state = EditorState.create({ doc, plugins: [passages(notes)] });
  const view = { dispatch: (tr) => (state = state.apply(tr)), focus() {}, get state() { return state; } };
  state = state.apply(state.tr.insertText("قبل ذلك. ", 1));
  assert.equal(goTo(view, 0), true);
  assert.equal(state.doc.textBetween(state.selection.from, state.selection.to), "الترام صباح اليوم");
  assert.equal(goTo(view, 1), false, "it is about the whole story");
  state = state.apply(state.tr.deleteSelection());
  assert.equal(goTo(view, 0), false);
});

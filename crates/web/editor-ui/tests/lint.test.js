import "./dom.js";
import assert from "node:assert/strict";
import { EditorState, TextSelection } from "prosemirror-state";
import { test } from "node:test";
import { toDocument } from "../src/convert.js";
import { lint, marksFor, textblocks } from "../src/lint.js";
import { Suggestions } from "../src/suggestions.js";

const BODY = [
  { block: "paragraph", text: [{ text: "قال " }, { text: '"مرحبا"', strong: true }, { text: "\n👩‍🚒 ثم, عاد" }] },
  { block: "list", ordered: false, entries: [[{ text: "أ,ب" }]] },
  { block: "table", header: false, rows: [[[{ text: "ج,د" }], []]] },
];

function answering(suggestions) {
  const asked = [];
  globalThis.fetch = async (_, { body }) => {
    asked.push(JSON.parse(body));
    return { status: 200, redirected: false, json: async () => ({ suggestions: asked.at(-1).texts.map(suggestions) }) };
  };
  return asked;
}
const commas = (text) => [...text.matchAll(/,/g)].map((m) => ({ start: m.index, end: m.index + 1, kind: "punctuation", replacement: "،" }));

test("offsets of a text are places in the document, behind breaks and signs of two units too", async () => {
  answering(commas);
  const suggestions = new Suggestions("/lint", () => "ar");
  const doc = toDocument(BODY);
  await suggestions.ask(textblocks(doc).map(({ text }) => text));
  const marks = marksFor(doc, suggestions);
  assert.equal(marks.length, 3);
  for (const { from, to } of marks) assert.equal(doc.textBetween(from, to), ",");
});

test("each text is asked about once, fifty a time", async () => {
  const asked = answering(() => []);
  const suggestions = new Suggestions("/lint", () => "ar");
  const texts = Array.from({ length: 60 }, (_, at) => `نص ${at}`);
  assert.equal(await suggestions.ask([...texts, ...texts, " "]), true);
  assert.equal(asked[0].texts.length, 50);
  assert.equal(asked[0].language, "ar");
  await suggestions.ask(texts);
  assert.equal(asked[1].texts.length, 10);
  assert.equal(await suggestions.ask(texts), false);
});

test("what cannot be a suggestion is none, and a dismissed one stays away", async () => {
  answering(() => [
    { start: 0, end: 99, kind: "quotes", replacement: "x" },
    { start: 2, end: 1, kind: "quotes", replacement: "x" },
    { start: 0, end: 1, kind: "quotes", replacement: "ا" },
    { start: 0, end: 1, kind: "quotes" },
    null,
    { start: 1, end: 2, kind: "hamza", replacement: "أ" },
  ]);
  const suggestions = new Suggestions("/lint", () => "ar");
  await suggestions.ask(["اان"]);
  assert.equal(suggestions.of("اان").length, 1);
  suggestions.dismiss("اان", suggestions.of("اان")[0]);
  assert.deepEqual(suggestions.of("اان"), []);
  assert.equal(suggestions.of("آخر"), undefined);
});

/** A view without a screen, with what the desk suggests for BODY; `press` says whether the key was taken. */
async function checked(body = BODY) {
  answering(commas);
  const suggestions = new Suggestions("/lint", () => "ar");
  const plugin = lint(suggestions, () => {});
  const doc = toDocument(body);
  await suggestions.ask(textblocks(doc).map(({ text }) => text));
  const view = { state: EditorState.create({ doc, plugins: [plugin] }), dispatch: (tr) => (view.state = view.state.apply(tr)) };
  view.press = (key, more = {}) => plugin.props.handleKeyDown.call(plugin, view, { key, ...more });
  view.at = () => view.state.selection.from;
  view.to = (pos) => view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos)));
  view.marks = () => marksFor(view.state.doc, suggestions).map(({ from }) => from);
  view.text = () => view.state.doc.textContent;
  return view;
}

test("F8 goes from one suggestion to the next, and from the last to the first", async () => {
  const view = await checked();
  const places = view.marks();
  assert.equal(places.length, 3);
  for (const place of [...places, places[0]]) {
    assert.equal(view.press("F8"), true);
    assert.equal(view.at(), place);
  }
  const clean = await checked([{ block: "paragraph", text: [{ text: "لا شيء هنا" }] }]);
  assert.equal(clean.press("F8"), false, "the browser may have it");
});

test("Alt+Enter accepts the suggestion under the cursor, and only that one", async () => {
  const view = await checked();
  assert.equal(view.press("Enter", { altKey: true }), false, "the cursor stands at none");
  view.press("F8");
  assert.equal(view.press("Enter"), false, "a line of its own");
  assert.equal(view.press("Enter", { altKey: true }), true);
  assert.ok(view.text().includes("ثم، عاد"));
  assert.equal(view.text().split(",").length - 1, 2);
});

test("what was typed over meanwhile is not changed by a suggestion about the old words", async () => {
  const view = await checked([{ block: "paragraph", text: [{ text: "ثم, عاد" }] }]);
  view.press("F8");
  const { tr } = view.state;
  view.state = view.state.apply(tr.insertText(";", view.at(), view.at() + 1));
  view.to(4);
  assert.equal(view.press("Enter", { altKey: true }), false);
  assert.equal(view.text(), "ثم; عاد");
});

test("Esc dismisses the suggestion under the cursor and changes no word", async () => {
  const view = await checked();
  const was = view.text();
  assert.equal(view.press("Escape"), false, "the cursor stands at none: a dialog or menu may have it");
  view.press("F8");
  assert.equal(view.press("Escape"), true);
  assert.equal(view.marks().length, 2);
  assert.equal(view.text(), was);
  view.press("F8");
  assert.equal(view.at(), view.marks()[0], "the next one is another one");
});

import "./dom.js";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { EditorState } from "prosemirror-state";
import { toDocument } from "../src/convert.js";
import { directions, majority, speak, waysOf } from "../src/directions.js";

const CASES = JSON.parse(await readFile(new URL("directions.json", import.meta.url)));

for (const { why, story, block, dir, cells = [] } of CASES) {
  test(`direction: ${why}`, () => {
    const doc = toDocument([block]);
    assert.notEqual(doc.firstChild.type.name, "opaque");
    const found = waysOf(doc, story);
    assert.deepEqual(found.filter((one) => one.from === 0).map((one) => one.dir), dir ? [dir] : []);
    assert.deepEqual(found.filter((one) => one.from !== 0).map((one) => one.dir), cells);
  });
}

test("the whole text turns with its language, and each block stays as its letters are", () => {
  const doc = toDocument([{ block: "paragraph", text: [{ text: "سلام" }] }, { block: "paragraph", text: [{ text: "Bonjour" }] }]);
  const plugin = directions({ lang: "ar", dir: "rtl" });
  const view = { state: EditorState.create({ doc, plugins: [plugin] }), dispatch: (tr) => (view.state = view.state.apply(tr)) };
  const turned = () => plugin.props.decorations(view.state).find().map((one) => [one.from, one.type.attrs.dir]);
  assert.deepEqual(plugin.props.attributes(view.state), { lang: "ar", dir: "rtl" });
  assert.deepEqual(turned(), [[6, "ltr"]]);
  speak(view, { lang: "fr", dir: "ltr" });
  assert.deepEqual(plugin.props.attributes(view.state), { lang: "fr", dir: "ltr" });
  assert.deepEqual(turned(), [[0, "rtl"]]);
  view.dispatch(view.state.tr.insertText("Bonjour à tous ", 1));
  assert.deepEqual(turned(), []);
});

test("a block of a conflict has its direction too", () => {
  const p = (text) => ({ block: "paragraph", text: [{ text }] });
  const doc = toDocument([{ block: "conflict", theirs: [p("Bonjour")], mine: [p("سلام")] }]);
  assert.deepEqual(waysOf(doc, "rtl").map((one) => one.dir), ["ltr"]);
});

test("a long text is counted in no long time", () => {
  const began = Date.now();
  majority("a@".repeat(500_000));
  majority("ا ".repeat(500_000));
  majority("a\u0301".repeat(500_000));
  assert.ok(Date.now() - began < 5_000);
});

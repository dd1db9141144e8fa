import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { toDocument } from "../src/convert.js";
import { cleanMarkup, cleanText } from "../src/paste.js";
import { PASTED } from "./pasted.js";

for (const { name, html, wants, holds, removes, refused } of PASTED) {
  test(`pasted: ${name}`, () => {
    const start = performance.now();
    const answer = cleanMarkup(html);
    const took = performance.now() - start;
    assert.ok(took < 2000, `${Math.round(took)} ms`);
    assert.equal(answer.refused, refused);
    if (refused) return;
    if (wants) assert.deepEqual(answer.blocks, wants);
    const text = JSON.stringify(answer.blocks);
    for (const word of holds ?? []) assert.ok(text.includes(word), `${word} is kept`);
    for (const [kind, count] of Object.entries(removes ?? {})) assert.equal(answer.removed[kind], count, kind);
    // What comes out is all of the model, and the editor can show it.
    const doc = toDocument(answer.blocks);
    doc.check();
    doc.forEach((node) => assert.notEqual(node.type.name, "opaque"));
  });
}

test("thirty documents and more", () => assert.ok(PASTED.length >= 30));

test("plain lines are paragraphs", () => {
  assert.deepEqual(cleanText("أ\r\n\r\nب\u200f").blocks, [
    { block: "paragraph", text: [{ text: "أ" }] },
    { block: "paragraph", text: [{ text: "ب" }] },
  ]);
});

test("messages keep their strong words", () => {
  assert.deepEqual(cleanText("[10:02, 3/4/2026] رنا: وصل *الترام* اليوم").blocks[0].text, [
    { text: "[10:02, 3/4/2026] رنا: وصل " },
    { text: "الترام", strong: true },
    { text: " اليوم" },
  ]);
  assert.equal(cleanText("2 * 3 * 4").blocks[0].text[0].text, "2 * 3 * 4");
});

import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { toDocument } from "../src/convert.js";
import { marksFor, textblocks } from "../src/lint.js";
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

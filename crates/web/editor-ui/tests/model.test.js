import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { settled, toBlocks, toDocument } from "../src/convert.js";
import { mergeBodies, mergeFields, sameText } from "../src/merge.js";

const p = (text) => ({ block: "paragraph", text: [{ text }] });
const frame = (theirs, mine) => ({ block: "conflict", theirs, mine });

const EVERY = [
  { block: "paragraph", text: [{ text: "أ " }, { text: "ب", strong: true }, { text: "ج", strong: true, emphasis: true }, { text: "د", link: "https://example.org/x" }, { text: "\nسطر" }] },
  { block: "heading", level: 2, text: [{ text: "عنوان" }] },
  { block: "heading", level: 3, text: [{ text: "أصغر", link: "/path" }] },
  { block: "list", ordered: true, entries: [[{ text: "1" }], [{ text: "2", emphasis: true }]] },
  { block: "list", ordered: false, entries: [[{ text: "نقطة" }]] },
  { block: "quote", text: [{ text: "قول" }], source: "قائل" },
  { block: "quote", text: [{ text: "قول" }], source: null },
  { block: "picture", file: "a.jpg", alt: "وصف", caption: "شرح", credit: "مصدر", size: [3, 2] },
  { block: "picture", file: "old name.jpg", alt: "", size: [0, 0] },
  { block: "gallery", pictures: [{ file: "a.jpg", alt: "", size: [3, 2] }, { file: "b.jpg", alt: "ب", caption: "ش", size: [1, 1] }] },
  { block: "link-card", address: "https://example.org/", title: "اسم", description: null },
  { block: "link-card", address: "https://example.org/", title: "اسم", description: "وصف" },
  { block: "note", text: [{ text: "ملاحظة" }] },
  { block: "separator" },
  { block: "table", header: true, rows: [[[{ text: "س" }], []], [[{ text: "1" }], [{ text: "2", strong: true }]]] },
  { block: "correction", text: [{ text: "تصحيح" }] },
];
for (const block of EVERY) {
  test(`there and back: ${block.block}`, () => {
    const doc = toDocument([block]);
    doc.check();
    assert.equal(JSON.stringify(toBlocks(doc)), JSON.stringify([block]));
    assert.notEqual(doc.firstChild.type.name, "opaque");
  });
}

const UNKNOWN = [
  { block: "poll", question: "?", choices: [1, { a: null }] },
  { block: "paragraph", text: [{ text: "أ", colour: "red" }] },
  { block: "paragraph", text: [{ text: "أ" }], aside: true },
  { block: "heading", level: 4, text: [] },
  { block: "picture", file: "a.jpg", alt: "", size: [1, 1], focus: [0, 0] },
  { block: "paragraph", text: [{ text: "أ", link: "javascript:x" }] },
  { block: "constructor" },
  { block: "list", ordered: false, entries: [] },
  { nothing: 1 },
  null,
  7,
];
for (const block of UNKNOWN) {
  test(`kept untouched: ${JSON.stringify(block)}`, () => {
    const doc = toDocument([p("قبل"), block]);
    assert.equal(doc.child(1).type.name, "opaque");
    assert.deepEqual(toBlocks(doc), [p("قبل"), block]);
  });
}

test("empty blocks fall away, and a story without blocks can be written in", () => {
  assert.deepEqual(settled([{ block: "paragraph", text: [] }, p("أ"), { block: "note", text: [{ text: " " }] }]), [p("أ")]);
  assert.equal(toDocument([]).childCount, 1);
});

test("frames stay in this browser; the server gets its own side", () => {
  const doc = toDocument([frame([p("هم")], [p("أنا")])]);
  assert.deepEqual(toBlocks(doc), [p("هم")]);
  assert.deepEqual(toBlocks(doc, { conflicts: true }), [frame([p("هم")], [p("أنا")])]);
});

const long = (word) => p(`${word} كلام طويل يكفي لمعرفة الفقرة`);
const [A, B, C] = ["أولى", "ثانية", "ثالثة"].map(long);
const A2 = p("أولى كلام طويل يكفي لمعرفة الفقرة بعد تحرير");
const A3 = p("أولى كلام طويل يكفي لمعرفة الفقرة كما كتبتها");
const MERGES = [
  ["nothing changed", [A, B], [A, B], [A, B], [A, B], 0],
  ["mine alone", [A, B], [A2, B], [A, B], [A2, B], 0],
  ["theirs alone", [A, B], [A, B], [A2, B], [A2, B], 0],
  ["neighbours", [A, B], [A2, B], [A, p("ثانية كلام طويل غيره")], [A2, p("ثانية كلام طويل غيره")], 0],
  ["the same on both", [A, B], [A2, B], [A2, B], [A2, B], 0],
  ["both, differently", [A, B], [A3, B], [A2, B], [frame([A2], [A3]), B], 1],
  ["mine gone, theirs as it was", [A, B, C], [A, C], [A, B, C], [A, C], 0],
  ["mine gone, theirs edited", [A, B], [B], [A2, B], [frame([A2], []), B], 1],
  ["theirs gone, mine edited", [A, B], [A2, B], [B], [frame([], [A2]), B], 1],
  ["new blocks on both sides", [A], [A, B], [C, A], [C, A, B], 0],
  ["new blocks in one place", [A], [A, B], [A, C], [A, C, B], 0],
  ["edited by me, followed by theirs", [A], [A2], [A, B], [A2, B], 0],
  ["both begin an empty story", [], [B], [C], [C, B], 0],
  ["an open frame stays", [A2, B], [frame([A2], [A3]), B], [A2, B], [frame([A2], [A3]), B], 1],
  ["an open frame, and theirs moves on", [A2, B], [frame([A2], [A3]), B], [p("أولى كلام طويل يكفي لمعرفة شيء"), B], [frame([p("أولى كلام طويل يكفي لمعرفة شيء")], [A3]), B], 1],
  ["I wrote on in their side of a frame, and theirs moves on", [A], [frame([A2], [A3])], [p("أولى كلام طويل يكفي لمعرفة شيء")], [frame([p("أولى كلام طويل يكفي لمعرفة شيء")], [A2, A3])], 1],
];
for (const [name, base, mine, theirs, merged, conflicts] of MERGES) {
  test(`merge: ${name}`, () => {
    const answer = mergeBodies(base, mine, theirs);
    assert.deepEqual(answer.blocks, merged);
    assert.equal(answer.conflicts, conflicts);
  });
}

test("nothing that anybody wrote is lost, whatever two writers do", () => {
  let seed = 7;
  const random = (n) => ((seed = (seed * 1103515245 + 12345) % 2147483648), seed % n);
  for (let round = 0; round < 300; round++) {
    const base = Array.from({ length: random(8) }, (_, at) => long(`كتلة${at}`));
    const edit = (who) => {
      const out = [...base];
      for (let act = 0; act < 1 + random(4); act++) {
        const at = random(out.length + 1);
        const kind = random(3);
        if (kind === 0) out.splice(at, 0, p(`${who}جديد${round}-${act}`));
        else if (kind === 1 && out[at]) out[at] = p(`${out[at].text[0].text} ${who}حرّر${round}-${act}`);
        else if (out[at] && base.includes(out[at])) out.splice(at, 1);
      }
      return out;
    };
    const [mine, theirs] = [edit("أنا"), edit("هي")];
    const text = JSON.stringify(mergeBodies(base, mine, theirs).blocks);
    for (const block of [...mine, ...theirs]) if (!base.includes(block)) assert.ok(text.includes(JSON.stringify(block)), JSON.stringify({ base, mine, theirs, block }));
  }
});

test("a huge story merges in time", () => {
  const base = Array.from({ length: 4000 }, (_, at) => p(`فقرة رقم ${at}`));
  const mine = base.map((block, at) => (at % 2 ? p(`${block.text[0].text} مني`) : block));
  const theirs = base.filter((_, at) => at % 3);
  const start = performance.now();
  mergeBodies(base, mine, theirs);
  assert.ok(performance.now() - start < 3000);
});

test("fields: the server's word stands, mine is offered", () => {
  const answer = mergeFields({ a: "1", b: "1", c: "1" }, { a: "2", b: "1", c: "2" }, { a: "1", b: "3", c: "3" });
  assert.deepEqual(answer, { fields: { a: "2", b: "3", c: "3" }, conflicts: { c: "2" } });
  assert.ok(sameText({ fields: { a: "" }, body: [] }, { fields: {}, body: [] }));
});

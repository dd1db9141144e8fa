import assert from "node:assert/strict";
import { test } from "node:test";
import { Keeper } from "../src/keeper.js";

const p = (text) => ({ block: "paragraph", text: [{ text }] });
const text = (words, headline = "عنوان") => ({ fields: { headline }, body: [p(words)] });

/** A page without a browser: a clock that is turned by hand, a server that answers as told. */
function scene({ copies = [], version = 1, base = text("أ"), local = true } = {}) {
  const timers = new Map();
  let [now, name] = [0, 0];
  const clock = {
    setTimeout: (run, wait) => (timers.set(++name, { run, at: now + wait }), name),
    clearTimeout: (id) => timers.delete(id),
  };
  const kept = new Map(copies.map((copy) => [copy.key, copy]));
  const place = {
    screen: structuredClone(base),
    offered: {},
    frames: 0,
    posts: [],
    said: [],
    answers: [],
    kept,
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const desk = {
    current: () => ({ fields: place.screen.fields, body: place.screen.body.flatMap((b) => (b.block === "conflict" ? b.theirs : [b])) }),
    whole: () => structuredClone({ ...place.screen, offered: place.offered }),
    settled: (it) => it,
    adopt: (it, offered) => ((place.screen = structuredClone({ fields: it.fields, body: it.body })), (place.offered = offered)),
    conflicts: () => place.screen.body.filter((b) => b.block === "conflict").length + Object.keys(place.offered).length,
    post: async (sent) => (place.posts.push(structuredClone(sent)), place.answers.shift() ?? { status: 200, answer: { version: sent.version + 1 } }),
    show: (state) => place.said.push(state),
    versioned: () => {},
  };
  const store = local && {
    key: "1/me",
    all: async () => [...kept.values()],
    put: async (record) => (kept.set("1/me", structuredClone({ ...record, key: "1/me" })), true),
    remove: async (key = "1/me") => kept.delete(key),
  };
  const keeper = new Keeper({ story: "1", version, base: structuredClone(base), local: store || null, desk, clock });
  place.type = (words) => ((place.screen.body = [p(words)]), keeper.changed());
  place.pass = async (ms) => {
    for (const end = now + ms; ; ) {
      const due = [...timers].filter(([, t]) => t.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) return void ((now = end), await settle());
      timers.delete(due[0]);
      now = due[1].at;
      due[1].run();
      await settle();
      await settle();
    }
  };
  return { keeper, place };
}
const copy = (mine, more = {}) => ({ key: "1/me", version: 1, base: text("أ"), sent: [], mine: { ...mine, offered: {} }, at: 1, ...more });

test("typed: in the browser after a second, on the server after three, then forgotten here", async () => {
  const { keeper, place } = scene();
  await keeper.start();
  place.type("أ ب");
  await place.pass(1100);
  assert.equal(place.kept.get("1/me").mine.body[0].text[0].text, "أ ب");
  assert.equal(place.posts.length, 0);
  await place.pass(2000);
  assert.deepEqual(place.posts, [{ version: 1, ...text("أ ب") }]);
  assert.equal(place.kept.size, 0);
  assert.equal(place.said.at(-1), "saved");
  assert.equal(keeper.version, 2);
});

test("no line: kept here, sent again until it is heard", async () => {
  const { keeper, place } = scene();
  await keeper.start();
  place.answers = [{ status: 0 }, { status: 500 }];
  place.type("أ ب");
  await place.pass(3100);
  assert.equal(place.said.at(-1), "offline");
  assert.equal(place.kept.size, 1);
  await place.pass(4100);
  assert.equal(place.said.at(-1), "server-fails");
  await place.pass(9000);
  assert.equal(place.said.at(-1), "saved");
  assert.equal(place.kept.size, 0);
});

test("the answer was lost: our own text is not taken for somebody else's", async () => {
  const { keeper, place } = scene();
  await keeper.start();
  place.answers = [{ status: 0 }, { status: 409, answer: { version: 2, by: "سلمى", ...text("أ ب") } }];
  place.type("أ ب");
  await place.pass(3100);
  place.type("أ ب ج");
  await place.pass(5000);
  assert.equal(keeper.desk.conflicts(), 0);
  await place.pass(5000);
  assert.deepEqual(place.posts.at(-1), { version: 2, ...text("أ ب ج") });
  assert.equal(place.said.at(-1), "saved");
});

test("somebody saved another field: both are kept, and the merged text is sent", async () => {
  const { keeper, place } = scene();
  await keeper.start();
  place.answers = [{ status: 409, answer: { version: 5, by: "سلمى", ...text("أ", "عنوانها") } }];
  place.type("أ ب");
  await place.pass(4000);
  assert.deepEqual(place.posts.at(-1), { version: 5, ...text("أ ب", "عنوانها") });
  assert.equal(place.kept.size, 0);
});

test("both wrote one block: both are kept here until a person has chosen", async () => {
  const { keeper, place } = scene();
  await keeper.start();
  place.answers = [{ status: 409, answer: { version: 5, by: "سلمى", ...text("أ لها") } }];
  place.type("أ لي");
  await place.pass(4000);
  assert.deepEqual(place.screen.body, [{ block: "conflict", theirs: [p("أ لها")], mine: [p("أ لي")] }]);
  assert.deepEqual(place.kept.get("1/me").mine.body, place.screen.body);
  place.type("أ لي");
  await place.pass(4000);
  assert.deepEqual(place.posts.at(-1), { version: 5, ...text("أ لي") });
  assert.equal(place.kept.size, 0);
});

test("refused or signed out: what was written stays here", async () => {
  for (const [status, said] of [[422, "refused"], [401, "sign-in"], [403, "sign-in"]]) {
    const { keeper, place } = scene();
    await keeper.start();
    place.answers = [{ status, answer: { problems: [] } }];
    place.type("أ ب");
    await place.pass(3100);
    assert.equal(place.said.at(-1), said);
    assert.equal(place.kept.size, 1);
  }
});

test("a reload brings back what was unsent, and sends it", async () => {
  const { keeper, place } = scene({ copies: [copy(text("أ بلا اتصال"))] });
  await keeper.start();
  assert.equal(place.screen.body[0].text[0].text, "أ بلا اتصال");
  assert.ok(place.said.includes("restored"));
  await place.pass(4000);
  assert.deepEqual(place.posts.at(-1), { version: 1, ...text("أ بلا اتصال") });
  assert.equal(place.kept.size, 0);
});

test("a reload after the server moved on merges", async () => {
  const { keeper, place } = scene({ version: 3, base: text("أ", "عنوانها"), copies: [copy(text("أ بلا اتصال"))] });
  await keeper.start();
  assert.ok(place.said.includes("merged"));
  await place.pass(4000);
  assert.deepEqual(place.posts.at(-1), { version: 3, ...text("أ بلا اتصال", "عنوانها") });
});

test("a copy that the form had carried off says nothing and goes", async () => {
  const { keeper, place } = scene({ version: 2, base: text("أ ب"), copies: [copy(text("أ ب"))] });
  await keeper.start();
  assert.deepEqual(place.said, ["ready"]);
  assert.equal(place.kept.size, 0);
});

test("the copy of a tab that is gone is taken over", async () => {
  const { keeper, place } = scene({ copies: [copy(text("أ من لسان آخر"), { key: "1/other" })] });
  await keeper.start();
  assert.deepEqual([...place.kept.keys()], ["1/me"]);
  assert.equal(place.screen.body[0].text[0].text, "أ من لسان آخر");
});

test("back to what the server has", async () => {
  const { keeper, place } = scene({ copies: [copy(text("أ بلا اتصال"))] });
  await keeper.start();
  keeper.discard();
  await place.pass(4000);
  assert.deepEqual(place.screen, text("أ"));
  assert.equal(place.posts.length, 0);
  assert.equal(place.kept.size, 0);
});

test("a browser that keeps nothing still saves", async () => {
  const { keeper, place } = scene({ local: false });
  await keeper.start();
  place.type("أ ب");
  await place.pass(4000);
  assert.equal(place.said.at(-1), "saved");
});

test("nothing is sent while the form is", async () => {
  const { keeper, place } = scene();
  await keeper.start();
  place.type("أ ب");
  keeper.leave(true);
  await place.pass(20_000);
  assert.equal(place.posts.length, 0);
  assert.equal(place.kept.size, 1);
});

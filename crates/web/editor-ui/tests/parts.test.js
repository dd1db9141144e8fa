import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Sending } from "../src/parts.js";

const KIB = 1024;
const PICTURE = { file: "a.jpg", alt: "", caption: null, credit: null, size: [3, 2] };
const ANSWER = { said: "حُفظت", picture: PICTURE, open: "/desk/pictures/a.jpg" };
const json = (status, answer) => ({ status, redirected: false, json: async () => structuredClone(answer) });
const dead = () => { throw new TypeError("no line"); };
const bytes = (length) => new Blob([new Uint8Array(length)]);

/** A desk that keeps parts. What stands in `moods` happens to requests in turn: `(answer) => …` may lose it. */
function desk({ moods = [], never = false } = {}) {
  const place = { asked: [], at: 0, length: 0, number: 0, gone: [], wholes: 0 };
  const take = async (path, body) => {
    const url = new URL(path, "http://desk");
    if (never && url.pathname.includes("/parts")) return json(404, {});
    if (url.pathname === "/desk/pictures") return place.wholes++, json(200, { picture: PICTURE, problem: null });
    if (url.pathname === "/desk/pictures/parts") {
      Object.assign(place, { at: 0, length: Number(body.get("length")), number: place.number + 1 });
      return json(201, { part: String(place.number), at: 0 });
    }
    if (url.pathname === `/desk/pictures/parts/${place.number}/removal`) return place.gone.push(String(place.number)), json(204, null);
    if (url.pathname !== `/desk/pictures/parts/${place.number}`) return json(404, {});
    if (Number(url.searchParams.get("at")) !== place.at) return json(409, { at: place.at });
    place.at += body.size;
    return place.at < place.length ? json(202, { at: place.at }) : json(200, ANSWER);
  };
  globalThis.fetch = async (path, { body, signal }) => {
    place.asked.push(path);
    const mood = moods.shift();
    if (!mood) return take(path, body);
    return mood(() => take(path, body), place, signal);
  };
  return place;
}

/** A clock whose pauses are over at once; the patience with one request never ends. */
function clock() {
  const pauses = [];
  return {
    pauses,
    setTimeout: (run, ms) => (ms <= 30_000 ? (pauses.push(ms), setImmediate(run)) : null),
    clearTimeout: (id) => id && clearImmediate(id),
  };
}

function sending(length, time = clock()) {
  const told = [];
  return { told, time, one: new Sending("/desk/pictures", bytes(length), (how) => told.push(how), time) };
}
const states = (told) => told.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1]);

test("a picture goes in parts that grow while they go quickly, and says how far it is", async () => {
  const place = desk();
  const { one, told } = sending(1024 * KIB);
  assert.deepEqual(await one.run(), { picture: PICTURE });
  assert.deepEqual(place.asked, ["/desk/pictures/parts", ...[0, 128, 384, 896].map((at) => `/desk/pictures/parts/1?at=${at * KIB}`)]);
  assert.deepEqual(told.map(({ part }) => part), [0, 0, 0.125, 0.375, 0.875]);
});

test("a lost part is sent again, smaller, and no more than it", async () => {
  const place = desk({ moods: [null, null, dead, dead] });
  const { one, told, time } = sending(400 * KIB);
  assert.deepEqual(await one.run(), { picture: PICTURE });
  assert.deepEqual(place.asked.slice(1).map((path) => Number(path.split("=")[1]) / KIB), [0, 128, 128, 128, 192, 320]);
  assert.deepEqual(states(told), ["sending", "broken", "sending", "broken", "sending"]);
  assert.deepEqual(time.pauses, [1_000, 2_000]);
});

test("a lost answer: the desk says where it stands", async () => {
  const lost = async (answer) => (await answer(), dead());
  const place = desk({ moods: [null, lost] });
  const { one } = sending(200 * KIB);
  assert.deepEqual(await one.run(), { picture: PICTURE });
  assert.deepEqual(place.asked.slice(1).map((path) => Number(path.split("=")[1]) / KIB), [0, 0, 128, 192]);
  assert.equal(place.number, 1);
});

test("a lost last answer is asked for until the picture is developed", async () => {
  const length = 10;
  const developing = () => json(202, { at: length });
  desk({ moods: [null, dead, () => json(409, { at: length }), developing, () => json(200, ANSWER)] });
  const { one, told } = sending(length);
  assert.deepEqual(await one.run(), { picture: PICTURE });
  assert.deepEqual(states(told), ["sending", "broken", "sending", "developing"]);
});

test("unknown once, it begins again; unknown twice, it goes as a whole", async () => {
  const unknown = () => json(404, {});
  let place = desk({ moods: [null, null, unknown] });
  assert.deepEqual(await sending(300 * KIB).one.run(), { picture: PICTURE });
  assert.deepEqual([place.number, place.wholes], [2, 0]);
  place = desk({ never: true });
  const { one, told } = sending(300 * KIB);
  assert.deepEqual(await one.run(), { picture: PICTURE });
  assert.deepEqual([place.wholes, place.asked.length], [1, 3]);
  assert.equal(told.at(-1).part, null, "nobody knows how far it is");
});

test("a whole that breaks again and again is given up, and tried from the start by hand", async () => {
  const unknown = () => json(404, {});
  const place = desk({ moods: [unknown, unknown, dead, dead, dead] });
  const { one } = sending(300 * KIB);
  assert.deepEqual(await one.run(), { failed: "line" });
  assert.equal(place.asked.length, 5);
  assert.deepEqual(await one.run(), { picture: PICTURE });
  assert.deepEqual([place.number, place.wholes], [1, 0]);
});

test("what the desk refuses is said in its words; a desk without room is asked later", async () => {
  desk({ moods: [() => json(422, { said: "أكبر من 40 ميغابايت" })] });
  assert.deepEqual(await sending(9).one.run(), { problem: "أكبر من 40 ميغابايت" });
  desk({ moods: [null, () => json(200, { said: "ليست صورة", picture: null, open: null })] });
  assert.deepEqual(await sending(9).one.run(), { problem: "ليست صورة" });
  desk({ moods: [() => json(503, null), () => json(429, null)] });
  const { one, told } = sending(9);
  assert.deepEqual(await one.run(), { picture: PICTURE });
  assert.deepEqual(states(told), ["sending", "later", "sending", "later", "sending"]);
});

test("whoever was signed out goes on from there after signing in", async () => {
  const place = desk({ moods: [null, null, () => json(401, {})] });
  const { one } = sending(300 * KIB);
  assert.deepEqual(await one.run(), { failed: "sign-in" });
  assert.deepEqual(await one.run(), { picture: PICTURE });
  assert.equal(place.number, 1);
  desk({ moods: [() => ({ status: 200, redirected: true, json: async () => { throw new SyntaxError("a page"); } })] });
  assert.deepEqual(await sending(9).one.run(), { failed: "sign-in" });
});

test("the page of a strange network is no answer", async () => {
  const portal = () => ({ status: 200, redirected: false, json: async () => { throw new SyntaxError("a page"); } });
  desk({ moods: [portal, null, portal] });
  assert.deepEqual(await sending(300 * KIB).one.run(), { picture: PICTURE });
});

test("cancelled while a part is under way, or while it waits for the line", async () => {
  const hangs = (_, place, signal) => new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new DOMException("gone", "AbortError")));
    place.hangs();
  });
  const place = desk({ moods: [null, hangs] });
  const { one, told } = sending(300 * KIB);
  place.hangs = () => one.cancel();
  assert.deepEqual(await one.run(), { cancelled: true });
  assert.deepEqual(place.gone, ["1"]);
  assert.deepEqual(states(told), ["sending"]);

  const still = { setTimeout: () => 1, clearTimeout: () => {} };
  const waiting = desk({ moods: [null, dead] });
  const second = sending(300 * KIB, still);
  const run = second.one.run();
  while (!second.one.wake) await new Promise((resolve) => setImmediate(resolve));
  second.one.cancel();
  assert.deepEqual(await run, { cancelled: true });
  assert.equal(waiting.asked.at(-1), "/desk/pictures/parts/1/removal");
});

test("it goes on at once when the line is back, or when somebody says so", async () => {
  const still = { setTimeout: () => 1, clearTimeout: () => {} };
  for (const wakes of [() => window.dispatchEvent(new window.Event("online")), (one) => one.now()]) {
    desk({ moods: [dead] });
    const { one } = sending(9, still);
    const run = one.run();
    while (!one.wake) await new Promise((resolve) => setImmediate(resolve));
    wakes(one);
    assert.deepEqual(await run, { picture: PICTURE });
  }
});

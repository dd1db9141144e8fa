import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { cutting, image, learn, learnAll, pictureAddress } from "../src/sizes.js";

const print = (n) => String(n).repeat(32);
const large = (n) => ({ file: `${print(n)}.jpg`, size: [4096, 2731] });

test("no more of a picture is loaded than its place can show, and no size that is not there", () => {
  assert.equal(pictureAddress(large(1), 960), `/pictures/${print(1)}-480.jpg`, "the smallest is always there");
  learn(large(1).file, { widths: [480, 960, 1600] });
  assert.equal(pictureAddress(large(1), 960), `/pictures/${print(1)}-960.jpg`);
  assert.equal(pictureAddress(large(1), 480), `/pictures/${print(1)}-480.jpg`);
  learn(large(2).file, { widths: [480] });
  assert.equal(pictureAddress(large(2), 960), `/pictures/${print(2)}-480.jpg`);
  learn(large(3).file, { widths: [] });
  assert.equal(pictureAddress(large(3), 960), `/pictures/${print(3)}.jpg`);
  assert.equal(pictureAddress({ file: large(4).file, size: [400, 300] }, 960), `/pictures/${print(4)}.jpg`, "small itself");
  assert.equal(pictureAddress({ file: "صورة قديمة.png", size: [4096, 2731] }, 960), `/pictures/${encodeURIComponent("صورة قديمة.png")}`);
});

test("a name that was typed is loaded as it is, until the desk has said what there is", () => {
  assert.equal(pictureAddress({ file: `${print(5)}.jpg` }, 960), `/pictures/${print(5)}.jpg`);
  learnAll(JSON.stringify({ [`${print(5)}.jpg`]: { widths: [480, 960], focus: [30, 72] } }));
  assert.equal(pictureAddress({ file: `${print(5)}.jpg` }, 960), `/pictures/${print(5)}-960.jpg`);
  assert.equal(cutting({ file: `${print(5)}.jpg` }), "focus-x-3 focus-y-7");
  assert.equal(cutting({ file: "other.jpg" }), null);
  learnAll("no JSON");
  learn("odd.jpg", { widths: "x", focus: [1] });
  assert.equal(cutting({ file: "odd.jpg" }), null);
});

test("an image keeps its place free, and a size that is gone gives way to the picture itself", () => {
  learn(large(6).file, { widths: [480], focus: [0, 100] });
  const shown = image(large(6), 480);
  assert.deepEqual([shown.getAttribute("width"), shown.getAttribute("height"), shown.className], ["4096", "2731", "focus-x-0 focus-y-10"]);
  assert.equal(shown.getAttribute("src"), `/pictures/${print(6)}-480.jpg`);
  for (let turn = 0; turn < 2; turn++) shown.dispatchEvent(new Event("error"));
  assert.equal(shown.getAttribute("src"), `/pictures/${print(6)}.jpg`);
});

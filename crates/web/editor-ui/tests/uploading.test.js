import "./dom.js";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { listen } from "../src/words.js";
import { uploadInto } from "../src/uploading.js";

const words = JSON.parse(await readFile(new URL("../words.json", import.meta.url)));
const PICTURE = { file: "a.jpg", alt: "", caption: null, credit: null, size: [3, 2] };
const json = (status, answer) => ({ status, redirected: false, json: async () => answer });

/** The place of the lines, and a desk whose answers are given one by one. */
function page() {
  document.documentElement.lang = "ar";
  document.body.innerHTML = "<div id=lines></div><div id=said></div><form></form>";
  const [place, said, form] = document.body.children;
  for (const [key, { ar }] of Object.entries(words)) said.setAttribute(`data-${key}`, typeof ar === "string" ? ar : JSON.stringify(ar));
  listen(said, form);
  const asked = [];
  globalThis.fetch = (path, { signal }) =>
    new Promise((resolve, reject) => {
      asked.push({ path, resolve, reject });
      signal?.addEventListener("abort", () => reject(new DOMException("gone", "AbortError")));
    });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  return {
    place,
    asked,
    answer: async (status, answer) => (asked.at(-1).resolve(json(status, answer)), settle()),
    breaks: async () => (asked.at(-1).reject(new TypeError("no line")), settle()),
    settle,
    text: () => place.textContent.replace(/[\u2068\u2069]/g, ""),
    buttons: () => [...place.querySelectorAll("button")].filter((button) => !button.hidden).map((button) => button.textContent),
    press: async (key) => ([...place.querySelectorAll("button")].find((button) => button.textContent === words[key].ar && !button.hidden).click(), settle()),
  };
}
const file = (name = "صورة.jpg", length = 200_000) => new File([new Uint8Array(length)], name, { type: "image/jpeg" });

test("a line says how much is there in per cent, and goes when all of it is", async () => {
  const { place, answer, text, buttons, settle } = page();
  const { sent } = uploadInto(place, "/desk/pictures", file());
  await settle();
  await answer(201, { part: "1", at: 0 });
  await answer(202, { at: 131_072 });
  assert.ok(text().includes("تُرفع صورة.jpg") && text().includes("65٪"), text());
  assert.equal(Math.floor(place.querySelector("progress").value * 100), 65);
  assert.deepEqual(buttons(), [words.cancel.ar]);
  await answer(200, { said: "حُفظت", picture: PICTURE });
  assert.equal((await sent).file, "a.jpg");
  assert.equal(place.childElementCount, 0);
});

test("a broken line is said, with a way to try now and a way to cancel", async () => {
  const { place, asked, answer, breaks, text, buttons, press, settle } = page();
  const { sent } = uploadInto(place, "/desk/pictures", file());
  await settle();
  await answer(201, { part: "1", at: 0 });
  await answer(202, { at: 131_072 });
  await breaks();
  assert.ok(text().includes("انقطع الخط") && text().includes("65٪"), text());
  assert.deepEqual(buttons(), [words["picture-now"].ar, words.cancel.ar]);
  place.querySelector("button:not([hidden])").focus();
  await press("picture-now");
  assert.equal(asked.at(-1).path, "/desk/pictures/parts/1?at=131072");
  assert.equal(document.activeElement.textContent, words.cancel.ar, "the keyboard is not thrown out");
  await press("cancel");
  assert.equal(await sent, null);
  assert.equal(asked.at(-1).path, "/desk/pictures/parts/1/removal");
  assert.equal(place.childElementCount, 0);
});

test("whoever was signed out is told so, signs in elsewhere and goes on", async () => {
  const { place, asked, answer, text, buttons, press, settle } = page();
  const { sent } = uploadInto(place, "/desk/pictures", file());
  await settle();
  await answer(201, { part: "1", at: 0 });
  await answer(401, {});
  assert.ok(text().includes("انتهت جلستك"), text());
  assert.equal(place.querySelector("a").getAttribute("href"), "/sign-in");
  assert.deepEqual(buttons(), [words["picture-again"].ar, words.cancel.ar]);
  await press("picture-again");
  assert.equal(asked.at(-1).path, "/desk/pictures/parts/1?at=0");
  await answer(200, { picture: PICTURE });
  assert.equal((await sent).file, "a.jpg");
});

test("one after the other; what the desk refuses stays until it is closed and holds nobody up", async () => {
  const { place, asked, answer, text, buttons, press, settle } = page();
  const first = uploadInto(place, "/desk/pictures", file("أولى.jpg"));
  const second = uploadInto(place, "/desk/pictures", file("ثانية.jpg"));
  await settle();
  assert.equal(asked.length, 1);
  assert.ok(text().includes("ثانية.jpg تنتظر دورها"), text());
  await answer(422, { said: "أكبر من 40 ميغابايت" });
  assert.ok(text().includes("لم تُرفع أولى.jpg") && text().includes("أكبر من 40 ميغابايت"), text());
  assert.equal(asked.length, 2);
  assert.deepEqual(buttons(), [words.close.ar, words.cancel.ar]);
  await press("close");
  assert.equal(await first.sent, null);
  second.cancel();
  assert.equal(await second.sent, null);
});

test("what is no picture is not sent", async () => {
  const { place, asked, text, settle } = page();
  uploadInto(place, "/desk/pictures", new File(["x"], "فيلم.mp4", { type: "video/mp4" }));
  await settle();
  assert.equal(asked.length, 0);
  assert.ok(text().includes(words["picture-not-image"].ar), text());
});

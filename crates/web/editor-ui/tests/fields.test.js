import "./dom.js";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { clusters, meters, readFields, writeFields } from "../src/fields.js";
import { listen } from "../src/words.js";

const words = JSON.parse(await readFile(new URL("../words.json", import.meta.url)));

/** A form in Arabic, with the words of the page. */
function formOf(html, numbering = "arab") {
  document.documentElement.lang = "ar";
  document.body.innerHTML = `<form data-numbering="${numbering}">${html}</form><div id="editor-words"></div>`;
  const [form, said] = document.body.children;
  for (const [key, { ar }] of Object.entries(words)) said.setAttribute(`data-${key}`, typeof ar === "string" ? ar : JSON.stringify(ar));
  listen(said, form);
  return form;
}

test("letters are counted as a reader sees them", () => {
  const counted = [
    ["", 0],
    ["كتب", 3],
    ["كَتَبَ", 3, "vowel signs stand on their letters"],
    ["مُحَمَّدٌ", 4, "two signs on one letter"],
    ["لا", 2],
    ["نهاية.", 6],
    ["👩‍🚒", 1, "a picture of several signs"],
    ["🇩🇿", 1, "a flag"],
    ["e\u0301te\u0301", 3],
    ["\r\n", 1],
  ];
  for (const [text, n, why] of counted) assert.equal(clusters(text), n, why ?? text);
});

test("a meter says how long a headline is, that it is nearly too long, and by how much it is", () => {
  const form = formOf('<p><input name="headline" data-limit="10" aria-describedby="hint"></p><p><input name="kicker"></p>');
  meters(form);
  const [line, bar] = [form.querySelector(".meter-line"), form.querySelector("meter")];
  assert.equal(form.querySelectorAll(".meter-line").length, 1, "no limit, no meter");
  assert.equal(form.elements.headline.getAttribute("aria-describedby"), "hint meter-headline");
  const type = (text) => {
    form.elements.headline.value = text;
    form.elements.headline.dispatchEvent(new Event("input"));
    return [line.hidden, line.dataset.state, bar.value];
  };
  assert.equal(line.hidden, true, "nothing is typed yet");
  assert.deepEqual(type("كَتَبَ"), [false, "fine", 3]);
  assert.ok(line.textContent.includes("٣") && line.textContent.includes("١٠"), line.textContent);
  assert.deepEqual(type("  123456789  "), [false, "fine", 9], "spaces around it do not count");
  assert.deepEqual(type("1234567890"), [false, "near", 10]);
  assert.deepEqual(type("123456789012"), [false, "over", 10]);
  assert.equal(line.textContent, words["meter-over"].ar.two);
  assert.deepEqual(type("   "), [true, "fine", 0]);
});

test("a meter follows what is put into the field by another hand", () => {
  const form = formOf('<input name="headline" data-limit="5">', "latn");
  meters(form);
  writeFields(form, { headline: "سبعة أحرف", other: "x" });
  assert.equal(form.querySelector(".meter-line").dataset.state, "over");
  assert.equal(form.querySelector(".meter-line").textContent, words["meter-over"].ar.few.replace("{n}", "4"));
});

test("fields are read and written by name; what is no field of the story is left alone", () => {
  const form = formOf(`<input name="headline" value="أ"><input name="version" value="3"><input name="csrf" value="c">
    <input type="radio" name="size" value="large"><input type="radio" name="size" value="small" checked>
    <input type="checkbox" name="push" value="yes"><button name="do">x</button>
    <div class="editor"><input name="alt" value="z"></div>`);
  assert.deepEqual(readFields(form), { headline: "أ", size: "small", push: "" });
  writeFields(form, { headline: "ب", size: "large", push: "yes", version: "9" });
  assert.deepEqual(readFields(form), { headline: "ب", size: "large", push: "yes" });
  assert.equal(form.elements.version.value, "3");
});

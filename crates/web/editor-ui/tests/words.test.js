import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

const words = JSON.parse(await readFile(new URL("../words.json", import.meta.url)));
const folder = new URL("../src/", import.meta.url);
const sources = (await Promise.all((await readdir(folder)).map((name) => readFile(new URL(name, folder), "utf8")))).join("\n");

test("every key that the sources name is in words.json", () => {
  for (const [, key] of sources.matchAll(/\b(?:word|wordButton|way)\("([a-z0-9-]+)"/g)) assert.ok(words[key], key);
  for (const [, start] of sources.matchAll(/\bword\(`([a-z-]+)\$\{/g)) assert.ok(Object.keys(words).some((key) => key.startsWith(start)), start);
});

test("every key is spoken somewhere", () => {
  const made = [...sources.matchAll(/`([a-z-]+-)\$\{/g)].map(([, start]) => start);
  for (const key of Object.keys(words)) assert.ok(sources.includes(`"${key}"`) || made.some((start) => key.startsWith(start)), key);
});

test("three languages, the same blanks, six plural forms in Arabic", () => {
  const blanks = (said) => [...new Set(JSON.stringify(said).match(/\{(n|name|time|limit)\}/g) ?? [])].sort().join();
  for (const [key, said] of Object.entries(words)) {
    assert.deepEqual(Object.keys(said).sort(), ["ar", "en", "fr"], key);
    assert.equal(blanks(said.ar), blanks(said.fr), key);
    assert.equal(blanks(said.ar), blanks(said.en), key);
    if (typeof said.ar === "object") assert.equal(Object.keys(said.ar).length, 6, key);
  }
});

test("the sources hold no words for people", () => {
  const code = sources.replace(/\/\/.*$/gm, "").replace(/[١٠٩-]/g, "");
  assert.doesNotMatch(code, /\p{Script=Arabic}/u);
});

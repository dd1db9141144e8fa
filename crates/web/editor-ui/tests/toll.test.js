// What browsers compute while the paper is under attack (assets/js/toll_hash.js), against vectors that are known and against Node's own.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const source = await readFile(new URL("../../assets/js/toll_hash.js", import.meta.url), "utf8");
const { BEGINNING, compress, tries } = new Function(`${source}; return { BEGINNING, compress, tries }`)();

/** SHA-256 of a text by the file's own step, padded here as FIPS 180-4 says. */
function sha256(text) {
  const said = Buffer.from(text);
  const padded = Buffer.alloc(Math.ceil((said.length + 9) / 64) * 64);
  said.copy(padded);
  padded[said.length] = 0x80;
  padded.writeUInt32BE(said.length * 8, padded.length - 4);
  const hash = Int32Array.from(BEGINNING);
  for (let at = 0; at < padded.length; at += 64) {
    compress(hash, Array.from({ length: 16 }, (_, i) => padded.readInt32BE(at + 4 * i)));
  }
  return [...hash].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

test("the hash is SHA-256: the examples of the standard, and a text of every length up to three blocks", () => {
  const known = {
    "": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    abc: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  };
  for (const [text, hash] of Object.entries(known)) assert.equal(sha256(text), hash, text);
  for (let length = 0; length < 192; length += 1) {
    const text = "x".repeat(length);
    assert.equal(sha256(text), createHash("sha256").update(text).digest("hex"), String(length));
  }
});

test("an answer is seven letters, and with the task its hash begins with the bits that were asked for", () => {
  for (const bits of [1, 8, 12, 16]) {
    const task = `${randomBytes(17).toString("base64url")}.${randomBytes(18).toString("base64url")}`;
    const answer = tries(`${bits} ${task}`, 0, 2 ** 28);
    assert.match(answer.slice(task.length), /^\.[a-p]{7}$/);
    const hash = createHash("sha256").update(task + answer.slice(-7)).digest();
    assert.equal(hash.readUInt32BE(0) >>> (32 - bits), 0, `${bits} ${answer}`);
  }
});

test("what was tried in vain is nothing, and the next piece goes on where it stopped", () => {
  const task = `12 ${"a".repeat(48)}`;
  const found = tries(task, 0, 2 ** 28);
  let from = 0;
  let answer = null;
  while (!answer) {
    answer = tries(task, from, 10);
    from += 10;
  }
  assert.equal(answer, found);
  assert.equal(tries(`32 ${"a".repeat(48)}`, 0, 10), null);
});

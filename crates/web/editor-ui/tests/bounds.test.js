// What pasted documents may take. They are cleaned in a process that is given little memory, so that one that runs away
// ends there. `npm run figures` says what each took by itself.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { PASTED } from "./pasted.js";

const CLEANED = fileURLToPath(new URL("cleaned.js", import.meta.url));
/** MiB of the language's own memory, the test's own document among it: a tab of a phone has more. */
const MOST_HEAP = 256;
/** Milliseconds until they are given up, on any machine: all together take a twentieth of it. */
const MOST_TIME = 60_000;

const taken = (numbers) => {
  const given = [`--max-old-space-size=${MOST_HEAP}`, CLEANED, ...numbers.map(String)];
  return JSON.parse(execFileSync(process.execPath, given, { timeout: MOST_TIME, encoding: "utf8" }));
};

test("all pasted documents together take no more than a phone has", () => {
  const rows = taken(PASTED.map((_, number) => number));
  assert.equal(rows.length, PASTED.length);
  rows.forEach((row, number) => assert.ok(row.refused || row.blocks > 0, `${PASTED[number].name}: a result or a reason`));
});

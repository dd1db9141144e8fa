// Prints what each pasted document takes in a process of its own, the dearest first: milliseconds, MiB, blocks or reason.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { PASTED } from "./pasted.js";

const CLEANED = fileURLToPath(new URL("cleaned.js", import.meta.url));
const taken = (number) => JSON.parse(execFileSync(process.execPath, [CLEANED, String(number)], { encoding: "utf8" }))[0];
const rows = PASTED.map(({ name }, number) => ({ name, ...taken(number) }));
rows.sort((one, other) => other.took - one.took);
for (const { name, took, held, blocks, refused } of rows) {
  console.log(`| ${name} | ${took.toFixed(1)} | ${(held / 2 ** 20).toFixed(0)} | ${refused || blocks} |`);
}

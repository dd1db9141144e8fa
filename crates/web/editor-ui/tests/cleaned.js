// Cleans pasted documents in a process of its own and says what each took: `node tests/cleaned.js NUMBER…`.
import "./dom.js";
import { cleanMarkup } from "../src/paste.js";
import { PASTED } from "./pasted.js";

/** The kernel's highest mark of this process so far, in bytes. */
const highest = () => process.resourceUsage().maxRSS * 1024;

cleanMarkup("<p>&amp;</p>");
const taken = process.argv.slice(2).map((number) => {
  const before = highest();
  const start = performance.now();
  const answer = cleanMarkup(PASTED[Number(number)].html);
  const took = performance.now() - start;
  return { took, held: highest() - before, blocks: answer.blocks?.length ?? 0, refused: answer.refused ?? "" };
});
process.stdout.write(JSON.stringify(taken));

// Builds the bundle that the program carries; with `--check` it only says whether the committed one is the same.
import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const place = here("../assets/js/editor.js");
const built = await build({
  absWorkingDir: here("."),
  entryPoints: ["src/main.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "// Built from crates/web/editor-ui; change it there. Licences: crates/web/editor-ui/LICENSES.txt" },
  write: false,
});
const bytes = Buffer.from(built.outputFiles[0].contents);
console.log(`${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} with gzip`);
if (process.argv.includes("--check")) {
  const committed = await readFile(place).catch(() => Buffer.alloc(0));
  if (!committed.equals(bytes)) {
    console.error("crates/web/assets/js/editor.js is not what its sources make: npm run build, and commit it");
    process.exit(1);
  }
} else await writeFile(place, bytes);

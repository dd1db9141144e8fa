// A small desk that keeps to the contract of the editor, to try the editor by hand and in a browser:
// `npm run mock`, then http://127.0.0.1:8390/desk/stories/1/edit?lang=ar. It also obeys POST /mock/…, for tests.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { page } from "./page.js";
import { suggestions } from "./lint.js";
import { STORY, PICTURES } from "./story.js";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";
const asset = (path) => fileURLToPath(new URL(`../../assets/${path}`, import.meta.url));
const KINDS = { js: "text/javascript", css: "text/css", woff2: "font/woff2", svg: "image/svg+xml" };

export function desk() {
  const story = structuredClone(STORY);
  const mood = { status: 200, others: [], delay: 0, lost: false, saves: [], parts: new Map() };
  const server = createServer((request, response) => answer(request, response, story, mood).catch((error) => response.writeHead(500).end(String(error))));
  return { server, story, mood };
}

async function read(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString(request.url.includes("/parts/") ? "latin1" : "utf8");
}
const json = (response, status, value) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));

async function answer(request, response, story, mood) {
  const { pathname, searchParams } = new URL(request.url, "http://desk");
  response.setHeader("content-security-policy", POLICY);
  if (pathname === "/desk/stories/1/edit") {
    return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(await page(story, searchParams.get("lang") ?? "ar"));
  }
  if (pathname.startsWith("/assets/")) {
    const path = pathname.slice("/assets/".length);
    const bytes = await readFile(path === "axe.js" ? fileURLToPath(new URL("../../../server/tests/vendor/axe-core/axe.min.js", import.meta.url)) : asset(path.replace(/^css\/(\w+\.woff2)$/, "fonts/$1"))).catch(() => null);
    return bytes ? response.writeHead(200, { "content-type": KINDS[path.split(".").at(-1)] ?? "text/plain" }).end(bytes) : response.writeHead(404).end();
  }
  if (pathname.startsWith("/pictures/")) return response.writeHead(200, { "content-type": "image/svg+xml" }).end(drawing(pathname));
  if (pathname === "/desk/stories/1/autosave") return autosave(request, response, story, mood);
  if (pathname === "/desk/stories/1/presence") return json(response, 200, { others: mood.others });
  if (pathname === "/desk/typography") {
    const { texts } = JSON.parse(await read(request));
    return json(response, 200, { suggestions: texts.map(suggestions) });
  }
  if (pathname === "/desk/pictures.json") {
    const q = searchParams.get("q") ?? "";
    return json(response, 200, { pictures: PICTURES.filter((p) => `${p.alt}${p.caption}${p.file}`.includes(q)) });
  }
  if (pathname.startsWith("/desk/pictures/parts")) return inParts(request, response, searchParams, mood);
  if (pathname === "/desk/pictures") {
    const bytes = await read(request);
    if (bytes.length > 3_000_000) return json(response, 413, { problem: "Too large." });
    return json(response, 200, { picture: UPLOADED });
  }
  if (pathname === "/desk/stories/1/text") {
    const body = await read(request);
    mood.posted = new URLSearchParams(body);
    return response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>ok</title><p id=ok>ok</p>");
  }
  return response.writeHead(404).end();
}

const UPLOADED = { file: "uploaded.png", alt: "", caption: null, credit: null, size: [800, 500], src: "/pictures/uploaded.png" };

async function inParts(request, response, asked, { parts }) {
  const sent = await read(request);
  const [name, step] = new URL(request.url, "http://desk").pathname.split("/").slice(4);
  if (!name) {
    const part = String(parts.size + 1);
    parts.set(part, { at: 0, length: Number(new URLSearchParams(sent).get("length")) });
    return json(response, 201, { part, at: 0 });
  }
  const one = parts.get(name);
  if (!one) return response.writeHead(404).end();
  if (step === "removal") return parts.delete(name), response.writeHead(204).end();
  if (Number(asked.get("at")) !== one.at) return json(response, 409, { at: one.at });
  one.at += Buffer.byteLength(sent, "latin1");
  return one.at < one.length ? json(response, 202, { at: one.at }) : json(response, 200, { said: "", picture: UPLOADED });
}

async function autosave(request, response, story, mood) {
  const sent = JSON.parse(await read(request));
  if (mood.delay) await new Promise((resolve) => setTimeout(resolve, mood.delay));
  if (mood.status === 401) return json(response, 401, {});
  if (mood.status === 422) return json(response, 422, { problems: ["Problem one."] });
  if (mood.status === 500) return response.writeHead(500).end();
  if (sent.version !== story.version) {
    return json(response, 409, { version: story.version, by: "سلمى", at: new Date().toISOString(), fields: story.fields, body: story.body });
  }
  Object.assign(story, { version: story.version + 1, fields: { ...story.fields, ...sent.fields }, body: sent.body });
  mood.saves.push(sent);
  if (mood.lost) {
    mood.lost = false;
    return request.socket.destroy();
  }
  return json(response, 200, { version: story.version });
}

const drawing = (name) => {
  const hue = [...name].reduce((sum, c) => sum + c.charCodeAt(0), 0) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 500" width="800" height="500"><rect width="800" height="500" fill="hsl(${hue} 30% 70%)"/><circle cx="600" cy="130" r="60" fill="hsl(${hue} 50% 85%)"/><path d="M0 500 250 230 420 400 560 300 800 500z" fill="hsl(${hue} 30% 45%)"/></svg>`;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  desk().server.listen(8390, "127.0.0.1", () => console.log("http://127.0.0.1:8390/desk/stories/1/edit"));
}

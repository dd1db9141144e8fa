// The page that stands where a page of the desk was asked for and no line was there. It lists the texts that the story editor
// keeps in this browser (editor-ui/src/local.js), and goes on to the page that was wanted as soon as the paper answers.
const page = document.querySelector("[data-offline]");
const place = (name) => page.querySelector(`[data-${name}]`);
const { offline: own, numbering: numberingSystem, ...said } = page.dataset;
const language = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", numberingSystem });
/** It stands in for another page, and was not itself asked for. */
const standsIn = !location.pathname.startsWith("/desk/offline/");
const LOOKS_AGAIN = 5000;

/* What this browser keeps. */

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

async function inDatabase() {
  const opening = indexedDB.open("midad-editor", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("copies", { keyPath: "key" });
  const db = await asked(opening);
  const all = await asked(db.transaction("copies").objectStore("copies").getAll());
  db.close();
  return all;
}

/** What a page wrote as it went away. */
function inStorage() {
  const names = Object.keys(localStorage).filter((name) => name.startsWith("midad-editor "));
  return names.map((name) => JSON.parse(localStorage.getItem(name)));
}

/** The last copy of each tab, of this writer alone, the last written first. */
async function copiesOf(writer) {
  const last = new Map();
  for (const one of [...(await inDatabase()), ...inStorage()]) {
    if (one?.mine && String(one.story).endsWith(`.${writer}`) && !(last.get(one.key)?.at > one.at)) last.set(one.key, one);
  }
  return [...last.values()].sort((a, b) => b.at - a.at);
}

/* A text as it can be read and put in again: the marks are those of the plain box. */

function marked({ text = "", strong, emphasis, link }) {
  let out = text;
  if (emphasis) out = `*${out}*`;
  if (strong) out = `**${out}**`;
  return link ? `[${out}](${link})` : out;
}

const words = (spans) => (spans ?? []).map(marked).join("");
const lines = (mark, text) => text.split("\n").map((line) => `${mark} ${line}`).join("\n");
const beside = (...parts) => parts.filter(Boolean).join(" | ");

function picture({ file, alt, caption, credit }) {
  const more = caption || credit ? `{${caption ?? ""} | ${credit ?? ""}}` : "";
  return `![${alt ?? ""}](${file ?? ""})${more}`;
}

const KINDS = {
  heading: (block) => `${"#".repeat(block.level)} ${words(block.text)}`,
  list: (block) => block.entries.map((entry, at) => `${block.ordered ? `${at + 1}.` : "-"} ${words(entry)}`).join("\n"),
  quote: (block) => lines(">", words(block.text) + (block.source ? `\n— ${block.source}` : "")),
  picture,
  gallery: (block) => block.pictures.map(picture).join("\n"),
  "link-card": (block) => `[[${beside(block.address, block.title, block.description)}]]`,
  note: (block) => `!! ${words(block.text)}`,
  correction: (block) => `!~ ${words(block.text)}`,
  separator: () => "---",
  table: (block) => block.rows.map((row) => `| ${row.map(words).join(" | ")} |`).join("\n"),
  conflict: (block) => [...block.theirs, ...block.mine].map(read).join("\n\n"),
};

function read(block) {
  try {
    return (KINDS[block.block] ?? (() => words(block.text)))(block);
  } catch {
    // Written by a newer editor: better as it stands than not at all.
    return JSON.stringify(block);
  }
}

function whole({ fields = {}, body = [] }) {
  return [fields.kicker, fields.headline, fields.standfirst, ...body.map(read)].filter(Boolean).join("\n\n");
}

/* On the page. */

async function copy(text, entry) {
  const status = entry.querySelector("[data-said]");
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = said.copied;
  } catch {
    entry.querySelector("details").open = true;
    getSelection().selectAllChildren(entry.querySelector("[data-text]"));
    status.textContent = said.chosen;
  }
}

function shown(one) {
  const entry = place("entry").content.cloneNode(true).firstElementChild;
  const headline = entry.querySelector("[data-headline]");
  const text = whole(one.mine);
  headline.textContent = one.mine.fields?.headline || headline.textContent;
  for (const named of entry.querySelectorAll("[data-of]")) named.textContent = headline.textContent;
  const when = entry.querySelector("[data-when]");
  when.textContent = when.textContent.replace("{time}", clock.format(new Date(one.at)));
  entry.querySelector("[data-text]").textContent = text;
  entry.querySelector("[data-copy]").addEventListener("click", () => copy(text, entry));
  return entry;
}

async function list() {
  const writer = localStorage.getItem("midad-writer");
  if (!writer) return "nobody";
  const copies = await copiesOf(writer);
  place("kept").replaceChildren(...copies.map(shown));
  return copies.length ? "some" : "none";
}

/* When the paper answers again. */

async function goOn(pressed) {
  const got = await fetch(own, { method: "HEAD", cache: "no-store", credentials: "omit" }).catch(() => null);
  if (!got?.ok) {
    if (pressed) place("state").textContent = said.still;
  } else if (standsIn) location.reload();
  else location.assign("/desk/stories");
}

place("again").addEventListener("click", () => goOn(true));
if (standsIn) {
  addEventListener("online", () => goOn(false));
  document.addEventListener("visibilitychange", () => document.hidden || goOn(false));
  setInterval(() => document.hidden || goOn(false), LOOKS_AGAIN);
}
place(await list().catch(() => "unread")).hidden = false;

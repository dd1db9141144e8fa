// What is pasted from elsewhere becomes blocks of the model: words, headings, lists, quotes, tables, links, and nothing
// else. Everything that falls away is counted, so that the writer can be told.
import { isAddress } from "./schema.js";
import { letters, tokens } from "./markup.js";

export const LARGEST = 2_000_000;
export const MOST_NODES = 20_000;
/** Letters of what is left: a book, no story. A browser takes seconds to lay out more. */
export const MOST_LETTERS = 400_000;
const MOST_COLUMNS = 40;
const MOST_ROWS = 500;
const DEEPEST_LOOK = 64;

/** Signs that nobody sees and that turn lines around; joiners stay, words are spelled with them. */
const CONTROLS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff\u200b\u00ad]/g;
const LEAVES = /^(?:p|li|h[1-6])$/;
/** Signs over one letter: more than any script has. */
const STACKED = /(\p{M}{6})\p{M}+/gu;
const BLOCKS = new Set(("p div section article header footer aside main figure figcaption pre address dl dt dd center body li ul ol " +
  "blockquote h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr td th hr details summary nav form fieldset").split(" "));
const VOID = new Set("br hr img input meta link col area base embed source track wbr param".split(" "));
const ACTIVE = new Set("script iframe object embed applet form input button select textarea video audio canvas svg math template noscript xmp".split(" "));
// A form may hold the whole page.
const SILENT = new Set([...[...ACTIVE].filter((name) => name !== "form"), "style", "head", "title", "noembed", "noframes", "xml"]);

export const KINDS = ["styles", "controls", "empty", "scripts", "pictures", "trackers", "comments", "links"];

/** `{blocks, removed}`, or `{refused: "large" | "empty"}`. */
export function cleanMarkup(html) {
  if (html.length > LARGEST) return { refused: "large" };
  const cleaner = new Cleaner();
  let nodes = 0;
  for (const token of tokens(html)) {
    if (!token.close && ++nodes > MOST_NODES) return { refused: "large" };
    cleaner.take(token);
  }
  return cleaner.end();
}

/** Plain text: a paragraph for each line. Messages copied from WhatsApp carry its marks for strong and emphasis. */
export function cleanText(text) {
  if (text.length > LARGEST) return { refused: "large" };
  const cleaner = new Cleaner();
  const lines = text.split(/\r\n?|\n|\u2028|\u2029/);
  if (lines.length > MOST_NODES) return { refused: "large" };
  const messages = lines.some((line) => /^\u200e?\[?\d{1,2}[/:.]\d{1,2}[^\]]{0,30}\]? [^:]{1,60}: /.test(line));
  for (const line of lines) {
    if (messages) cleaner.message(line);
    else cleaner.words(line, {});
    cleaner.flush({ kind: "paragraph" });
  }
  return cleaner.end();
}

const ground = { kind: "paragraph", strong: false, emphasis: false, link: null, silent: false, pre: false };
const firm = (weight) => (/^(bold|bolder|[6-9]00)/.test(weight) ? true : /^(normal|lighter|[1-5]00)/.test(weight) ? false : undefined);

class Cleaner {
  constructor() {
    this.blocks = [];
    this.spans = [];
    this.stack = [];
    this.table = null;
    /** Rises with every block that is made. */
    this.made = 0;
    this.letters = 0;
    this.removed = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  }

  get here() {
    return this.stack.at(-1) ?? ground;
  }

  take(token) {
    if (token.text !== undefined) this.text(token.text);
    else if (token.open) this.open(token.open, token.attrs);
    else if (token.close) this.close(token.close);
  }

  text(raw) {
    const { here } = this;
    if (here.marker) here.marker.text += raw;
    if (here.silent) return;
    const lines = here.pre ? letters(raw).split(/\r\n?|\n/) : [letters(raw).replace(/[\t\r\n\f ]+/g, " ")];
    lines.forEach((line, at) => {
      if (at) this.flush(here);
      this.words(line, here);
    });
  }

  /** Adds words that look like `look`. */
  words(text, { strong, emphasis, link }) {
    const bare = text.replace(CONTROLS, () => (this.removed.controls++, "")).replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, " ");
    const low = bare.replace(STACKED, (_, kept) => (this.removed.controls++, kept));
    const words = low.replace(/[ \u00a0\t]{2,}/g, " ").replace(/\t/g, " ").replace(/\u00a0(?![;:!?»%\d])(?<!«\u00a0)/g, " ");
    if (!words) return;
    this.letters += words.length;
    const last = this.spans.at(-1);
    const same = last && !!last.strong === !!strong && !!last.emphasis === !!emphasis && (last.link ?? null) === (link ?? null);
    if (same) last.text += words;
    else this.spans.push({ text: words, ...(strong ? { strong: true } : {}), ...(emphasis ? { emphasis: true } : {}), ...(link ? { link } : {}) });
  }

  message(line) {
    for (const part of line.split(/((?<![\p{L}\p{N}])[*_][^*_\n]+[*_](?![\p{L}\p{N}]))/u)) {
      const marked = /^([*_])(.+)\1$/.exec(part);
      this.words(marked ? marked[2] : part, { strong: marked?.[1] === "*", emphasis: marked?.[1] === "_" });
    }
  }

  open(name, attrs) {
    const { here } = this;
    const style = (attrs.style ?? "").toLowerCase();
    if (here.silent) {
      if (!VOID.has(name)) this.stack.push({ ...here, name });
      return;
    }
    if (BLOCKS.has(name)) this.flush(here);
    if (name === "br") return void this.flush(here);
    if (name === "hr") return void (this.table || this.push({ block: "separator" }));
    if (name === "img") return void this.picture(attrs, style);
    if (ACTIVE.has(name)) this.removed.scripts++;
    if (style || attrs.class || name === "font" || name === "style") this.removed.styles++;
    if (VOID.has(name)) return;
    const next = { ...here, name, marker: null, since: this.made };
    this.look(next, name, attrs, style);
    this.shape(next, name, attrs, style);
    if (Object.keys(attrs).some((attr) => attr.startsWith("on"))) this.removed.scripts++;
    this.stack.push(next);
  }

  /** How words inside look. */
  look(next, name, attrs, style) {
    if (name === "b" || name === "strong") next.strong = true;
    if (name === "i" || name === "em") next.emphasis = true;
    const weight = firm(/font-weight:\s*([^;]+)/.exec(style)?.[1].trim() ?? "");
    if (weight !== undefined) next.strong = weight;
    const slant = /font-style:\s*(italic|oblique|normal)/.exec(style)?.[1];
    if (slant) next.emphasis = slant !== "normal";
    if (name === "pre" || /white-space:\s*pre/.test(style)) next.pre = true;
    if (name === "a" && attrs.href !== undefined) {
      const address = unwrapped(letters(attrs.href).trim());
      next.link = isAddress(address) ? address : null;
      if (!next.link && !address.startsWith("#")) this.removed.links++;
    }
    if (/display:\s*none|visibility:\s*hidden/.test(style) || "hidden" in attrs) next.silent = true;
    if (SILENT.has(name)) next.silent = true;
    if (/mso-comment|mso-element:\s*comment/.test(style) || /msocommentreference/i.test(attrs.class ?? "")) {
      if (!/mso-element:\s*comment-list/.test(style)) this.removed.comments++;
      next.silent = true;
    }
  }

  /** What block the words inside belong to. */
  shape(next, name, attrs, style) {
    const heading = /^h([1-6])$/.exec(name)?.[1] ?? /^(?:mso)?heading ?([1-6])/i.exec(attrs.class ?? "")?.[1];
    if (heading) Object.assign(next, { kind: "heading", level: Number(heading) <= 2 ? 2 : 3, strong: false });
    if (name === "blockquote") next.kind = "quote";
    if ((name === "ul" || name === "ol") && !next.list) Object.assign(next, { list: {}, ordered: name === "ol" });
    if (name === "li") Object.assign(next, { kind: "entry", list: next.list ?? {}, ordered: !!next.ordered });
    if (/mso-list:\s*l\d/.test(style) && name === "p") Object.assign(next, { kind: "entry", list: "word", ordered: false });
    if (/mso-list:\s*ignore/.test(style)) Object.assign(next, { silent: true, marker: { text: "" } });
    if (name === "table") next.tables = (next.tables ?? 0) + 1;
    if (name === "table" && next.tables === 1) this.table = { header: false, rows: [] };
    // A table in a table is words of its cell.
    if (!this.table || next.tables !== 1) return;
    if (name === "tr") this.table.rows.push([]);
    if (name === "td" || name === "th") this.cell(attrs, name);
  }

  cell(attrs, name) {
    const { table } = this;
    if (!table.rows.length) table.rows.push([]);
    if (name === "th" && table.rows.length === 1) table.header = true;
    table.rows.at(-1).push([]);
    for (let more = Math.min(Number(attrs.colspan) || 1, MOST_COLUMNS); more > 1; more--) table.rows.at(-1).push([]);
    table.into = table.rows.at(-1).length - Math.min(Number(attrs.colspan) || 1, MOST_COLUMNS);
  }

  picture(attrs, style) {
    const size = (name) => Number.parseInt(attrs[name] ?? new RegExp(`(?<![a-z-])${name}:\\s*([\\d.]+)`).exec(style)?.[1] ?? "", 10);
    const tiny = size("width") <= 2 || size("height") <= 2 || /display:\s*none/.test(style);
    this.removed[tiny ? "trackers" : "pictures"]++;
    this.made++;
  }

  close(name) {
    let at = this.stack.length - 1;
    const end = Math.max(0, this.stack.length - DEEPEST_LOOK);
    while (at >= end && this.stack[at].name !== name) at--;
    if (at < end || at < 0) return;
    const closed = this.stack[at];
    if (BLOCKS.has(name) && !closed.silent) this.flush(this.here);
    if (LEAVES.test(name) && !closed.silent && closed.since === this.made) this.removed.empty++;
    this.stack.length = at;
    if (closed.marker && closed.list) {
      const ordered = /[\d٠-٩a-z]+[.)]/i.test(closed.marker.text);
      for (const open of this.stack) if (open.list === closed.list) open.ordered = ordered;
    }
    if (name === "table" && closed.tables === 1 && this.table) this.endTable();
  }

  /** The words so far are a block, or part of a cell. */
  flush(here) {
    const spans = trimmed(this.spans);
    this.spans = [];
    if (!spans.length) return;
    const cell = this.table?.rows.at(-1)?.[this.table.into ?? -1];
    if (cell) {
      this.made++;
      cell.push(...(cell.length ? [{ text: " " }] : []), ...spans);
    } else if (here.kind === "heading") this.push({ block: "heading", level: here.level, text: spans.map(({ strong, ...span }) => span) });
    else if (here.kind === "quote") this.push({ block: "quote", text: spans, source: null });
    else if (here.kind === "entry") this.entry(here, spans);
    else this.push({ block: "paragraph", text: spans });
  }

  push(block) {
    this.made++;
    this.blocks.push(block);
  }

  entry({ list, ordered }, spans) {
    const last = this.blocks.at(-1);
    if (last?.block === "list" && last.of === list && last.ordered === ordered) last.entries.push(spans);
    else this.blocks.push({ block: "list", ordered, entries: [spans], of: list });
    this.made++;
  }

  endTable() {
    this.flush(this.here);
    const { header, rows } = this.table;
    this.table = null;
    const full = rows.filter((row) => row.some((cell) => cell.length));
    const width = full.reduce((most, row) => Math.max(most, row.length), 0);
    if (width < 2 || width > MOST_COLUMNS || full.length > MOST_ROWS) {
      // A frame for layout, or more than a reader can read: line by line.
      for (const row of full) this.blocks.push({ block: "paragraph", text: row.flatMap((cell, at) => (at && cell.length ? [{ text: " " }, ...cell] : cell)) });
    } else this.blocks.push({ block: "table", header, rows: full.map((row) => [...row, ...Array.from({ length: width - row.length }, () => [])]) });
  }

  end() {
    if (this.table) this.endTable();
    this.flush(this.here);
    const blocks = this.blocks.map(({ of, ...block }) => block);
    const { removed } = this;
    if (this.letters > MOST_LETTERS) return { refused: "large" };
    if (!blocks.length) return { refused: "empty", removed };
    return { blocks, removed };
  }
}

/** Without space at both ends and doubled at the seams. */
function trimmed(spans) {
  const out = [];
  let open = true;
  for (const span of spans) {
    let text = open ? span.text.replace(/^[ \u00a0\n]+/, "") : span.text;
    if (!text) continue;
    open = / $/.test(text);
    out.push({ ...span, text });
  }
  while (out.length) {
    const last = out.at(-1);
    let end = last.text.length;
    while (end && " \u00a0\n".includes(last.text[end - 1])) end--;
    const text = last.text.slice(0, end);
    if (text) {
      out[out.length - 1] = { ...last, text };
      break;
    }
    out.pop();
  }
  return out;
}

/** Google wraps the addresses of its documents. */
function unwrapped(address) {
  const found = /^https?:\/\/(?:www\.)?google\.[a-z.]+\/url\?(.*)$/i.exec(address);
  return (found && new URLSearchParams(found[1]).get("q")) || address;
}

// What the desk suggests for a text, asked once for each text.
import { post } from "./post.js";

const MOST_TEXTS = 50;
const REMEMBERED = 1000;

const fits = (text) => (s) =>
  s && Number.isInteger(s.start) && Number.isInteger(s.end) && 0 <= s.start && s.start <= s.end && s.end <= text.length &&
  typeof s.replacement === "string" && typeof s.kind === "string" && text.slice(s.start, s.end) !== s.replacement;

export class Suggestions {
  constructor(address, language) {
    Object.assign(this, { address, language, known: new Map(), dismissed: new Set() });
  }

  /** What is known of this text and was not dismissed; `undefined` when nobody asked yet. */
  of(text) {
    return this.known.get(text)?.filter((s) => !this.dismissed.has(this.name(text, s)));
  }

  name(text, { kind, start, end, replacement }) {
    return JSON.stringify([kind, text.slice(Math.max(0, start - 12), end + 12), replacement]);
  }

  dismiss(text, suggestion) {
    this.dismissed.add(this.name(text, suggestion));
  }

  /** Asks about those of these texts that are new; answers whether anything was learned. */
  async ask(texts) {
    const fresh = [...new Set(texts)].filter((text) => text.trim() && !this.known.has(text)).slice(0, MOST_TEXTS);
    if (!fresh.length || !this.address) return false;
    const { status, answer } = await post(this.address, { language: this.language(), texts: fresh });
    if (status !== 200 || !Array.isArray(answer?.suggestions)) return false;
    fresh.forEach((text, at) => this.known.set(text, (Array.isArray(answer.suggestions[at]) ? answer.suggestions[at] : []).filter(fits(text))));
    for (const text of this.known.keys()) {
      if (this.known.size <= REMEMBERED) break;
      this.known.delete(text);
    }
    return true;
  }

  forget() {
    this.known.clear();
  }
}

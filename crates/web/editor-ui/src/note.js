// A line under the buttons that says what was done to a text just pasted. It goes when it is closed or typed over. Below it, a
// line for each picture that is being sent.
import { iconButton, make } from "./element.js";
import { word } from "./words.js";
import { KINDS } from "./paste.js";

export class Note {
  constructor() {
    this.words = make("div", { class: "editor-note-words", role: "status" });
    this.note = make("div", { class: "editor-note", hidden: true }, this.words, iconButton("close", "close", () => this.hide()));
    this.lines = make("div", { class: "editor-sending" });
    this.element = make("div", {}, this.note, this.lines);
  }

  say(...words) {
    this.words.replaceChildren(...words.filter(Boolean));
    this.note.hidden = !this.words.textContent;
  }

  hide() {
    this.say();
  }

  /** What a paste left out. */
  pasted({ refused, removed }) {
    if (refused) return this.say(word(`paste-refused-${refused}`));
    const parts = KINDS.filter((kind) => removed[kind]).map((kind) => make("li", {}, word(`paste-${kind}`, { n: removed[kind] })));
    return parts.length ? this.say(word("paste-cleaned"), " ", make("ul", {}, ...parts)) : this.hide();
  }
}

// Help with the typography of a language, as one checks spelling: a wave under the letters, and one key to accept.
// Nothing is changed that was not accepted.
import { Plugin, PluginKey, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { make, wordButton } from "./element.js";
import { word } from "./words.js";

const AFTER = 1000;
const key = new PluginKey("lint");

/** The words of every block with their place; a break counts as one sign, as it does in the document. */
export function textblocks(doc) {
  const out = [];
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    out.push({ text: node.textBetween(0, node.content.size, undefined, "\n"), from: pos + 1 });
    return false;
  });
  return out;
}

/** Suggestions as places in the document. */
export function marksFor(doc, suggestions) {
  return textblocks(doc).flatMap(({ text, from }) =>
    (suggestions.of(text) ?? []).map((s) => ({ from: from + s.start, to: from + s.end, text, suggestion: s })),
  );
}

const decorated = (doc, suggestions) =>
  DecorationSet.create(
    doc,
    marksFor(doc, suggestions).map((mark) => {
      // A place without letters is shown by its neighbour.
      const to = mark.from === mark.to ? Math.min(mark.to + 1, doc.content.size) : mark.to;
      return Decoration.inline(mark.from, to, { class: `lint lint-${mark.suggestion.kind.replace(/[^a-z-]/g, "")}` }, mark);
    }),
  );

const all = (state) => key.getState(state)?.find() ?? [];
const under = (state) => {
  const { from, to } = state.selection;
  return all(state).find((d) => d.from <= from && d.to >= to);
};

export function next(state, dispatch) {
  const list = all(state).sort((a, b) => a.from - b.from);
  const found = list.find((d) => d.from > state.selection.from) ?? list[0];
  if (!found) return false;
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, found.from)).scrollIntoView());
  return true;
}

function accept(state, dispatch) {
  const found = under(state);
  if (!found) return false;
  const { suggestion, text } = found.spec;
  const end = found.from + (suggestion.end - suggestion.start);
  // Typed over meanwhile: then it is about a text that is gone.
  if (state.doc.textBetween(found.from, end, undefined, "\n") !== text.slice(suggestion.start, suggestion.end)) return false;
  dispatch?.(state.tr.insertText(suggestion.replacement, found.from, end).scrollIntoView());
  return true;
}

/** The plugin; `count(n)` hears how many suggestions there are. */
export function lint(suggestions, count) {
  const dismiss = (state, dispatch) => {
    const found = under(state);
    if (!found) return false;
    suggestions.dismiss(found.spec.text, found.spec.suggestion);
    dispatch?.(state.tr.setMeta(key, "again"));
    return true;
  };
  return new Plugin({
    key,
    state: {
      init: (_, { doc }) => decorated(doc, suggestions),
      apply: (tr, set, _, { doc }) => (tr.getMeta(key) || tr.docChanged ? decorated(doc, suggestions) : set),
    },
    props: {
      decorations: (state) => key.getState(state),
      handleKeyDown(view, event) {
        const run = event.key === "F8" ? next : event.key === "Enter" && event.altKey ? accept : event.key === "Escape" ? dismiss : null;
        return !!run?.(view.state, view.dispatch);
      },
    },
    view: (view) => new Watch(view, suggestions, count, { next, accept, dismiss }),
  });
}

/** Asks when typing rests, and shows the suggestion under the cursor. */
class Watch {
  constructor(view, suggestions, count, commands) {
    Object.assign(this, { view, suggestions, count, commands });
    this.popup = make("div", { class: "lint-popup", role: "status", hidden: true });
    this.popup.addEventListener("mousedown", (event) => event.preventDefault());
    // The view makes its plugins before it is put in its place.
    queueMicrotask(() => view.dom.parentNode?.append(this.popup));
    this.later();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), AFTER);
  }

  async ask() {
    const texts = textblocks(this.view.state.doc).map(({ text }) => text);
    if (!(await this.suggestions.ask(texts)) || this.view.isDestroyed) return;
    this.view.dispatch(this.view.state.tr.setMeta(key, "again"));
    if (texts.some((text) => text.trim() && this.suggestions.of(text) === undefined)) this.later();
  }

  update(view, before) {
    if (!view.state.doc.eq(before.doc)) this.later();
    this.count(all(view.state).length);
    this.show(under(view.state));
  }

  show(found) {
    const name = found ? `${found.from} ${this.suggestions.name(found.spec.text, found.spec.suggestion)}` : "";
    if (name === this.shown) return;
    this.shown = name;
    this.popup.hidden = !found;
    if (!found) return;
    const { suggestion, text } = found.spec;
    const run = (command) => () => {
      command(this.view.state, this.view.dispatch);
      this.view.focus();
    };
    this.popup.replaceChildren(
      make("p", { class: "lint-why" }, word(`lint-${suggestion.kind}`)),
      change(text.slice(suggestion.start, suggestion.end), suggestion.replacement),
      make("p", { class: "lint-ways" }, wordButton("lint-accept", run(this.commands.accept)), wordButton("lint-dismiss", run(this.commands.dismiss))),
    );
    this.place(found);
  }

  place({ from }) {
    const [at, frame] = [this.view.coordsAtPos(from), this.view.dom.parentNode.getBoundingClientRect()];
    const width = this.popup.offsetWidth;
    const start = Math.max(8, Math.min(at.left - frame.left - width / 2, frame.width - width - 8));
    this.popup.style.setProperty("inset-block-start", `${Math.round(at.bottom - frame.top + 6)}px`);
    this.popup.style.setProperty("left", `${Math.round(start)}px`);
  }

  destroy() {
    clearTimeout(this.timer);
    this.popup.remove();
  }
}

/** What stands there, and what would. */
export const change = (was, becomes) =>
  make("p", { class: "lint-change" }, make("del", {}, make("bdi", {}, shown(was))), " ", make("ins", {}, becomes ? make("bdi", {}, shown(becomes)) : word("lint-remove")));

/** A space alone is not seen. */
const shown = (text) => (text.trim() ? text : "␣".repeat(Math.min(text.length, 9)) || "·");

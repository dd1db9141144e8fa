// The editor in the place of the plain text: the view, its plugins, and how a merged text comes into it.
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { EditorState, Plugin } from "prosemirror-state";
import { Decoration, DecorationSet, EditorView } from "prosemirror-view";
import { blockViews } from "./blocks.js";
import { clipboard } from "./clipboard.js";
import { coming } from "./coming.js";
import * as blocks from "./commands.js";
import { toDocument } from "./convert.js";
import { directions, speak } from "./directions.js";
import { make } from "./element.js";
import { keys, rules } from "./keys.js";
import { next as nextSuggestion } from "./lint.js";
import { linkCommand } from "./links.js";
import { Note } from "./note.js";
import { schema } from "./schema.js";
import { emptyTable } from "./table.js";
import { Toolbar } from "./toolbar.js";
import { word } from "./words.js";

const { nodes: n } = schema;

/** There is always a paragraph at the end to write in. */
const lastParagraph = new Plugin({
  appendTransaction: (transactions, _, state) =>
    transactions.some((tr) => tr.docChanged) && state.doc.lastChild.type !== n.paragraph
      ? state.tr.insert(state.doc.content.size, n.paragraph.create()).setMeta("addToHistory", false)
      : null,
});

/** What to do with an empty story, in the place where its first words come. */
const placeholder = new Plugin({
  props: {
    decorations({ doc }) {
      if (doc.childCount > 1 || doc.firstChild.type !== n.paragraph || doc.firstChild.content.size) return null;
      return DecorationSet.create(doc, [Decoration.node(0, doc.firstChild.nodeSize, { class: "empty", "data-placeholder": word("placeholder") })]);
    },
  },
});

/** Everything that can be put in. `pictures` chooses from the library, `card` asks for an address. */
function menu({ choose, link, card }) {
  const put = (node) => (view) => blocks.insertBlock(node())(view.state, view.dispatch);
  return [
    ["picture", "block-picture", async (view) => {
      const picture = await choose();
      if (picture) blocks.insertBlock(n.picture.create(picture))(view.state, view.dispatch);
      view.focus();
    }],
    ["gallery", "block-gallery", async (view) => {
      const picture = await choose();
      if (picture) blocks.insertBlock(n.gallery.create({ pictures: [picture] }))(view.state, view.dispatch);
    }],
    ["link-card", "block-link-card", card],
    ["note", "block-note", put(() => n.note.create())],
    ["table", "block-table", put(() => emptyTable())],
    ["correction", "block-correction", put(() => n.correction.create())],
    ["separator", "block-separator", put(() => n.separator.create())],
    null,
    ["up", "move-up", (view) => blocks.moveBlock(-1)(view.state, view.dispatch), "Alt+ArrowUp"],
    ["down", "move-down", (view) => blocks.moveBlock(1)(view.state, view.dispatch), "Alt+ArrowDown"],
    ["remove", "delete-block", (view) => blocks.deleteBlock(view.state, view.dispatch)],
  ];
}

/** The editor for a body. `changed()` is told of every change; `noting` puts what is chosen into a note; `plugins` come before
 * the editor's own. */
export class Editor {
  constructor({ body, labelledBy, way, changed, choose, askLink, askCard, upload, noting, plugins = [] }) {
    const link = linkCommand(askLink);
    this.element = make("div", { class: "editor" });
    this.surface = make("div", { class: "editor-surface" });
    const state = EditorState.create({
      doc: toDocument(body),
      plugins: [...plugins, directions(way), rules(), ...keys({ link, noting }), history(), gapCursor(), lastParagraph, placeholder, coming],
    });
    this.note = new Note();
    this.foot = make("div", { class: "editor-foot", hidden: true });
    const editor = this;
    this.view = new EditorView({ mount: this.surface }, {
      state,
      nodeViews: blockViews({ choose }),
      // The row of buttons lies over an edge of the window, and the suggestion hangs under its words.
      scrollThreshold: { top: 80, bottom: 190, left: 0, right: 0 },
      scrollMargin: { top: 90, bottom: 200, left: 0, right: 0 },
      attributes: {
        id: "editor-body", role: "textbox", "aria-multiline": "true", class: "editor-surface body",
        ...(labelledBy ? { "aria-labelledby": labelledBy } : { "aria-label": word("body") }),
      },
      dispatchTransaction(tr) {
        const { state, transactions } = this.state.applyTransaction(tr);
        this.updateState(state);
        editor.toolbar?.update(state);
        if (transactions.some((each) => each.docChanged) && !tr.getMeta("adopted")) changed();
      },
      handleDOMEvents: clipboard({ told: (what) => this.note.pasted(what), upload }),
    });
    this.toolbar = new Toolbar(this.view, { link, noting, menu: menu({ choose, card: askCard }) });
    this.element.append(make("div", { class: "tools-place" }, this.toolbar.menu, this.toolbar.element, this.note.element), make("div", { class: "editor-paper" }, this.surface), this.foot);
    stayAboveKeyboard(this.element);
  }

  /** How many suggestions there are: a way to the next one without a keyboard. */
  suggested(n) {
    if (n === this.count) return;
    this.count = n;
    this.foot.hidden = !n;
    const go = () => {
      this.view.focus();
      nextSuggestion(this.view.state, this.view.dispatch);
    };
    this.foot.replaceChildren(make("button", { type: "button", class: "say", onclick: go }, word("lint-count", { n })), make("span", { class: "editor-keys" }, word("lint-keys")));
  }

  /** The story is in another language now: `{ lang, dir }`. */
  speak(way) {
    speak(this.view, way);
  }

  get doc() {
    return this.view.state.doc;
  }

  /** Shows another body, touching only the blocks that differ, so that the cursor stays where it was. */
  adopt(body) {
    const [now, next] = [this.doc, toDocument(body)];
    let start = 0;
    let from = 0;
    while (start < now.childCount && start < next.childCount && now.child(start).eq(next.child(start))) from += now.child(start++).nodeSize;
    if (start === now.childCount && start === next.childCount) return;
    let [endNow, endNext, to] = [now.childCount, next.childCount, now.content.size];
    while (endNow > start && endNext > start && now.child(endNow - 1).eq(next.child(endNext - 1))) {
      to -= now.child(--endNow).nodeSize;
      endNext--;
    }
    const made = Array.from({ length: endNext - start }, (_, at) => next.child(start + at));
    const tr = this.view.state.tr.replaceWith(from, to, made);
    this.view.dispatch(tr.setMeta("adopted", true));
  }
}

/** On a phone the row of buttons stands above the keyboard, which browsers lay over the page. */
function stayAboveKeyboard(element) {
  const seen = window.visualViewport;
  if (!seen) return;
  const place = () => {
    const hidden = Math.max(0, window.innerHeight - seen.height - seen.offsetTop);
    element.style.setProperty("--keyboard", `${Math.round(hidden)}px`);
  };
  seen.addEventListener("resize", place);
  seen.addEventListener("scroll", place);
}

// How blocks with fields of their own are shown and changed: quotes, pictures, galleries, link cards, tables, frames.
import { NodeSelection } from "prosemirror-state";
import { make, icon, iconButton, wordButton } from "./element.js";
import { isAddress, schema } from "./schema.js";
import { image } from "./sizes.js";
import * as table from "./table.js";
import { word } from "./words.js";

const { nodes: n } = schema;
let count = 0;

/** What all views share: fields inside are the fields' own affair, not the document's. */
class View {
  constructor(node, view, getPos) {
    Object.assign(this, { node, view, getPos });
  }

  /** A field of an attribute; `required` marks it while it is empty. */
  field(attr, key, { required = false, large = false, type = "text", read, write } = {}) {
    const id = `block-field-${++count}`;
    const value = () => (read ? read(this.node) : this.node.attrs[attr]) ?? "";
    const input = make(large ? "textarea" : "input", { id, dir: type === "url" ? "ltr" : "auto", rows: large ? 2 : null, type: large ? null : type, autocomplete: "off" });
    input.value = value();
    const mark = () => (input.toggleAttribute("data-missing", required && !input.value.trim()), label.toggleAttribute("data-missing", required && !input.value.trim()));
    input.addEventListener("input", () => {
      mark();
      write ? write(input.value) : this.set({ [attr]: input.value });
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !large) event.preventDefault();
      event.stopPropagation();
    });
    const label = make("label", { for: id, class: "block-label" }, word(key));
    const element = make("div", { class: "block-field" }, label, input);
    mark();
    const update = () => {
      if (document.activeElement !== input && input.value !== value()) input.value = value();
      mark();
    };
    return { element, update, input };
  }

  set(attrs) {
    const pos = this.getPos();
    if (pos === undefined) return;
    const tr = this.view.state.tr;
    for (const [name, value] of Object.entries(attrs)) tr.setNodeAttribute(pos, name, value);
    this.view.dispatch(tr);
  }

  /** Does a command with the cursor inside this block. */
  command(run) {
    return () => {
      run(this.view.state, this.view.dispatch);
      this.view.focus();
    };
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.updated?.();
    return true;
  }

  stopEvent(event) {
    return event.target !== this.dom && !!event.target.closest?.("input, textarea, button, label") && this.dom.contains(event.target);
  }

  ignoreMutation(mutation) {
    if (mutation.type === "selection") return !!mutation.target?.closest?.("input, textarea");
    return !this.contentDOM?.contains(mutation.target) || (mutation.target === this.contentDOM && mutation.type === "attributes");
  }

  selectNode() {
    this.dom.classList.add("selected");
  }

  deselectNode() {
    this.dom.classList.remove("selected");
  }
}

const still = (tag, attrs, ...children) => make(tag, { contenteditable: "false", ...attrs }, ...children);

class Quote extends View {
  constructor(...args) {
    super(...args);
    this.contentDOM = make("blockquote");
    this.source = this.field("source", "quote-source", { write: (value) => this.set({ source: value || null }) });
    this.dom = make("figure", { class: "block block-quote" }, this.contentDOM, still("figcaption", {}, this.source.element));
    this.updated = this.source.update;
  }
}

class Boxed extends View {
  constructor(node, ...rest) {
    super(node, ...rest);
    const name = node.type.name;
    this.contentDOM = make("div", { class: "block-words" });
    this.dom = make("div", { class: `block block-${name}` }, still("p", { class: "block-kind" }, icon(name), word(`block-${name}`)), this.contentDOM);
  }
}

/** A picture in a place that is so many pixels wide at most. */
function shown(p, wide) {
  if (!p.size?.[0]) return make("p", { class: "picture-missing", dir: "auto" }, `${word("picture-missing")} `, make("bdi", {}, p.file));
  return image(p, wide, { draggable: "false" });
}

class Picture extends View {
  constructor(...args) {
    super(...args);
    this.fields = [
      this.field("alt", "picture-alt", { required: true, large: true }),
      this.field("caption", "picture-caption", { write: (value) => this.set({ caption: value || null }) }),
      this.field("credit", "picture-credit", { write: (value) => this.set({ credit: value || null }) }),
    ];
    this.frame = make("div", { class: "picture-frame" }, shown(this.node.attrs, 960));
    this.file = this.node.attrs.file;
    this.dom = still("figure", { class: "block block-picture" }, this.frame, make("div", { class: "block-fields" }, ...this.fields.map((field) => field.element)));
  }

  updated() {
    for (const field of this.fields) field.update();
    if (this.node.attrs.file !== this.file) this.frame.replaceChildren(shown(this.node.attrs, 960));
    this.file = this.node.attrs.file;
  }
}

/** `choose` opens the library and gives a picture. */
const galleryWith = (choose) =>
  class Gallery extends View {
    constructor(...args) {
      super(...args);
      this.list = make("ol", { class: "gallery-list" });
      const add = wordButton("gallery-add", async () => {
        const picture = await choose();
        if (picture) this.put([...this.node.attrs.pictures, picture]);
      });
      this.dom = still("div", { class: "block block-gallery" }, make("p", { class: "block-kind" }, icon("gallery"), word("block-gallery")), this.list, add);
      this.draw();
    }

    put(pictures) {
      this.set({ pictures });
    }

    draw() {
      this.files = JSON.stringify(this.node.attrs.pictures.map((p) => p.file));
      this.fields = [];
      this.list.replaceChildren(...this.node.attrs.pictures.map((p, at) => this.entry(p, at)));
    }

    entry(p, at) {
      const set = (name) => ({
        read: (node) => node.attrs.pictures[at]?.[name],
        write: (value) => this.put(this.node.attrs.pictures.map((p, i) => (i === at ? { ...p, [name]: value || (name === "alt" ? "" : null) } : p))),
      });
      const fields = [
        this.field("alt", "picture-alt", { required: true, large: true, ...set("alt") }),
        this.field("caption", "picture-caption", set("caption")),
        this.field("credit", "picture-credit", set("credit")),
      ];
      this.fields.push(...fields);
      const go = (to) => () => {
        const list = [...this.node.attrs.pictures];
        const [moved] = list.splice(at, 1);
        if (to >= 0 && to <= list.length) list.splice(to, 0, moved), this.put(list);
      };
      const ways = make(
        "div",
        { class: "block-ways" },
        iconButton("up", "move-up", go(at - 1)),
        iconButton("down", "move-down", go(at + 1)),
        iconButton("remove", "delete-block", () => this.put(this.node.attrs.pictures.filter((_, i) => i !== at))),
      );
      return make("li", {}, make("div", { class: "picture-frame" }, shown(p, 480)), make("div", { class: "block-fields" }, ...fields.map((f) => f.element), ways));
    }

    updated() {
      if (JSON.stringify(this.node.attrs.pictures.map((p) => p.file)) !== this.files) this.draw();
      else for (const field of this.fields) field.update();
    }
  };

class LinkCard extends View {
  constructor(...args) {
    super(...args);
    const address = this.field("address", "link-address", { required: true, type: "url" });
    address.input.addEventListener("input", () => address.input.toggleAttribute("data-missing", !isAddress(address.input.value)));
    this.fields = [address, this.field("title", "link-title", { required: true }), this.field("description", "link-description", { large: true })];
    this.dom = still(
      "div",
      { class: "block block-link-card" },
      make("p", { class: "block-kind" }, icon("link-card"), word("block-link-card")),
      make("div", { class: "block-fields" }, ...this.fields.map((field) => field.element)),
    );
  }

  updated() {
    for (const field of this.fields) field.update();
  }
}

class Table extends View {
  constructor(...args) {
    super(...args);
    this.contentDOM = make("tbody");
    this.table = make("table", {}, this.contentDOM);
    const way = (key, run) => wordButton(key, this.command(run));
    this.header = wordButton("table-header", this.command(table.toggleHeader), { "aria-pressed": "false" });
    const ways = [way("table-add-row", table.addRow), way("table-add-column", table.addColumn), way("table-remove-row", table.removeRow), way("table-remove-column", table.removeColumn)];
    for (const button of [this.header, ...ways]) button.addEventListener("mousedown", (event) => event.preventDefault());
    this.dom = make("div", { class: "block block-table" }, make("div", { class: "table-scroll" }, this.table), still("div", { class: "block-ways table-ways" }, this.header, ...ways));
    this.updated();
  }

  updated() {
    this.table.toggleAttribute("data-header", this.node.attrs.header);
    this.header.setAttribute("aria-pressed", String(this.node.attrs.header));
  }
}

class Opaque extends View {
  constructor(node, ...rest) {
    super(node, ...rest);
    let kind = "";
    try {
      kind = String(JSON.parse(node.attrs.json)?.block ?? "");
    } catch {
      // It is kept all the same.
    }
    this.dom = still("div", { class: "block block-opaque" }, make("p", {}, word("block-opaque"), " ", make("code", {}, kind.slice(0, 60))));
  }
}

/** A frame with two writers' versions; a choice takes the frame away. */
class Conflict extends View {
  constructor(...args) {
    super(...args);
    this.contentDOM = make("div", { class: "conflict-sides" });
    const way = (key, pick, more) => wordButton(key, () => this.resolve(pick), more);
    const ways = [
      way("conflict-use-mine", (theirs, mine) => [mine]),
      way("conflict-use-theirs", (theirs) => [theirs]),
      way("conflict-use-both", (theirs, mine) => [theirs, mine]),
    ];
    this.dom = make(
      "section",
      { class: "block conflict" },
      still("div", { class: "conflict-head" }, make("p", {}, word("conflict-explain")), make("div", { class: "block-ways" }, ...ways)),
      this.contentDOM,
    );
  }

  resolve(pick) {
    const pos = this.getPos();
    const kept = pick(this.node.child(0), this.node.child(1)).flatMap((side) => Array.from({ length: side.childCount }, (_, at) => side.child(at)));
    const { tr } = this.view.state;
    if (kept.length) tr.replaceWith(pos, pos + this.node.nodeSize, kept);
    else if (tr.doc.childCount === 1) tr.replaceWith(pos, pos + this.node.nodeSize, n.paragraph.create());
    else tr.delete(pos, pos + this.node.nodeSize);
    this.view.dispatch(tr.scrollIntoView());
    this.view.focus();
  }
}

class Side extends View {
  constructor(node, ...rest) {
    super(node, ...rest);
    const name = node.type.name;
    this.contentDOM = make("div", { class: "conflict-text", "data-empty": word("conflict-empty") });
    this.dom = make("div", { class: `conflict-side conflict-${name}` }, still("p", { class: "block-kind" }, word(`conflict-${name}`)), this.contentDOM);
    this.updated();
  }

  updated() {
    this.contentDOM.classList.toggle("is-empty", this.node.childCount === 0);
  }
}

const made = (Kind) => (node, view, getPos) => new Kind(node, view, getPos);

export const blockViews = ({ choose }) => ({
  quote: made(Quote),
  note: made(Boxed),
  correction: made(Boxed),
  picture: made(Picture),
  gallery: made(galleryWith(choose)),
  link_card: made(LinkCard),
  table: made(Table),
  opaque: made(Opaque),
  conflict: made(Conflict),
  theirs: made(Side),
  mine: made(Side),
});

/** Selects the block at this place, so that keys and the block menu mean it. */
export const selectBlock = (view, pos) => view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, pos)));

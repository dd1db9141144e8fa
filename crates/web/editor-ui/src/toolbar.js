// The row of buttons: real ones, one stop of the Tab key, arrows between them.
import { toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import * as blocks from "./commands.js";
import { icon, iconButton, make } from "./element.js";
import { schema } from "./schema.js";
import { word } from "./words.js";

const { nodes: n, marks: m } = schema;

const marked = (type) => (state) => {
  const { from, to, empty, $from } = state.selection;
  return empty ? !!type.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, type);
};
const within = (type, attrs = {}) => (state) => {
  const { $from, node } = state.selection;
  for (let depth = $from.depth; depth >= 0; depth--) {
    const here = node && depth === $from.depth ? node : $from.node(depth);
    if (here.type === type) return Object.entries(attrs).every(([key, value]) => here.attrs[key] === value);
  }
  return false;
};

/** Name of the drawing, key of the word, command, keys it answers to, whether it holds here. */
const tools = ({ link, noting }) => [
  ["strong", "bold", toggleMark(m.strong), "Control+B", marked(m.strong)],
  ["emphasis", "emphasis", toggleMark(m.emphasis), "Control+I", marked(m.emphasis)],
  ["link", "link", link, "Control+K", marked(m.link)],
  null,
  ["heading2", "heading-2", blocks.toggleBlock(n.heading, { level: 2 }), "Control+Alt+2", within(n.heading, { level: 2 })],
  ["heading3", "heading-3", blocks.toggleBlock(n.heading, { level: 3 }), "Control+Alt+3", within(n.heading, { level: 3 })],
  ["list", "list", blocks.toggleList(false), null, within(n.list, { ordered: false })],
  ["ordered", "list-ordered", blocks.toggleList(true), null, within(n.list, { ordered: true })],
  ["quote", "quote", blocks.toggleBlock(n.quote), null, within(n.quote)],
  null,
  ["undo", "undo", undo, "Control+Z"],
  ["redo", "redo", redo, "Control+Shift+Z"],
  ...(noting ? [null, ["passage", "note-passage", noting, "Control+Alt+M"]] : []),
];

/** The row for this view. `menu` lists what else can be put in, `[drawing, key, run]`. */
export class Toolbar {
  constructor(view, { link, noting, menu }) {
    this.view = view;
    this.checks = [];
    this.element = make("div", { class: "tools", role: "toolbar", "aria-label": word("toolbar"), "aria-controls": view.dom.id });
    for (const tool of tools({ link, noting })) this.element.append(tool ? this.tool(tool) : make("span", { class: "tools-gap" }));
    this.opener = iconButton("more", "insert", () => this.toggle(), { "aria-haspopup": "menu", "aria-expanded": "false", class: "tool tool-more" });
    this.menu = this.menuOf(menu);
    this.element.append(this.opener);
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault());
    document.addEventListener("pointerdown", (event) => {
      if (!this.menu.hidden && !this.menu.contains(event.target) && !this.opener.contains(event.target)) this.toggle(false);
    });
    this.buttons.forEach((button, at) => (button.tabIndex = at ? -1 : 0));
    this.update(view.state);
  }

  get buttons() {
    return [...this.element.querySelectorAll("button")];
  }

  tool([drawing, key, command, keys, holds]) {
    const run = () => {
      const was = document.activeElement;
      command(this.view.state, this.view.dispatch, this.view);
      // What the command led to keeps the focus: a dialog, the form for a note.
      if (!document.querySelector("dialog[open]") && document.activeElement === was) this.view.focus();
    };
    const button = iconButton(drawing, key, run, { "aria-keyshortcuts": keys, "aria-pressed": holds ? "false" : null });
    this.checks.push((state) => {
      if (holds) button.setAttribute("aria-pressed", String(holds(state)));
      // Not `disabled`: the focus would fall off the row.
      button.setAttribute("aria-disabled", String(!command(state)));
    });
    return button;
  }

  menuOf(entries) {
    const run = (act) => () => {
      this.toggle(false);
      this.view.focus();
      act(this.view);
    };
    const lines = entries.map((entry) =>
      entry
        ? make("button", { type: "button", role: "menuitem", class: "menu-line", tabindex: -1, onclick: run(entry[2]), "aria-keyshortcuts": entry[3] ?? null }, icon(entry[0]), word(entry[1]))
        : make("hr", {}),
    );
    const menu = make("div", { class: "menu", role: "menu", "aria-label": word("insert"), hidden: true }, ...lines);
    menu.addEventListener("keydown", (event) => this.menuKey(event));
    menu.addEventListener("mousedown", (event) => event.preventDefault());
    return menu;
  }

  toggle(open = this.menu.hidden) {
    this.menu.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    if (open) this.menu.querySelector("button").focus();
  }

  menuKey(event) {
    const lines = [...this.menu.querySelectorAll("button")];
    const at = lines.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (to !== undefined) lines.at(to % lines.length).focus();
    else if (event.key === "Escape" || event.key === "Tab") {
      this.toggle(false);
      this.opener.focus();
      if (event.key === "Tab") return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Arrows go along the line as it runs: in Arabic the next button stands on the other side. */
  key(event) {
    const list = this.buttons;
    const at = list.indexOf(document.activeElement);
    const forward = getComputedStyle(this.element).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: list.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    const next = list.at(to % list.length);
    list.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
    next.focus();
    event.preventDefault();
  }

  update(state) {
    for (const check of this.checks) check(state);
  }
}

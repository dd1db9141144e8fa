// Keys, and what becomes of signs typed at the start of a paragraph.
import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { InputRule, inputRules, textblockTypeInputRule, undoInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import * as blocks from "./commands.js";
import * as table from "./table.js";
import { schema } from "./schema.js";

const { nodes: n, marks: m } = schema;

/** `link` asks for an address, `noting` puts what is chosen into a note. */
export const keys = ({ link, noting }) => [
  keymap({
    "Mod-b": toggleMark(m.strong),
    "Mod-i": toggleMark(m.emphasis),
    "Mod-k": link,
    // The same key of the Arabic layout: beside Ctrl and Alt nobody looks for the place of a key on Windows.
    ...(noting ? { "Mod-Alt-m": noting, "Mod-Alt-\u0629": noting } : {}),
    "Mod-Alt-2": blocks.toggleBlock(n.heading, { level: 2 }),
    "Mod-Alt-3": blocks.toggleBlock(n.heading, { level: 3 }),
    "Mod-z": undo,
    "Mod-y": redo,
    "Mod-Shift-z": redo,
    "Alt-ArrowUp": blocks.moveBlock(-1),
    "Alt-ArrowDown": blocks.moveBlock(1),
    Backspace: chainCommands(undoInputRule, blocks.plainAtStart),
    Enter: chainCommands(table.cellBelow, blocks.leaveList, blocks.splitHere),
    "Shift-Enter": chainCommands(table.cellBelow, blocks.splitHere),
    Tab: table.nextCell(1),
    "Shift-Tab": table.nextCell(-1),
  }),
  keymap(baseKeymap),
];

/** A sign at the start of a plain paragraph. */
function sign(pattern, command) {
  return new InputRule(pattern, (state, match, start, end) => {
    const $start = state.doc.resolve(start);
    if ($start.parent.type !== n.paragraph) return null;
    let tr = state.tr.delete(start, end);
    const after = state.apply(tr);
    const done = command(after, (more) => {
      for (const step of more.steps) tr.step(step);
      tr.setSelection(more.selection.constructor.fromJSON(tr.doc, more.selection.toJSON()));
    }, match);
    return done ? tr : null;
  });
}

const separator = new InputRule(/^(?:---|—-|———)$/, (state, _, start) => {
  const $start = state.doc.resolve(start);
  if ($start.parent.type !== n.paragraph) return null;
  return state.tr.insert($start.before(), n.separator.create()).delete(start + 1, start + 1 + $start.parent.content.size);
});

export const rules = () =>
  inputRules({
    rules: [
      textblockTypeInputRule(/^##\s$/, n.heading, { level: 2 }),
      textblockTypeInputRule(/^###\s$/, n.heading, { level: 3 }),
      textblockTypeInputRule(/^>\s$/, n.quote),
      sign(/^[-*•]\s$/, (state, dispatch) => blocks.toggleList(false)(state, dispatch)),
      sign(/^[1١][.)]\s$/, (state, dispatch) => blocks.toggleList(true)(state, dispatch)),
      separator,
    ],
  });

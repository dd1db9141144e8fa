// Notes of colleagues at a passage: what is chosen in the text goes into the form for a note, what is noted already is marked
// in the text, and each note has a way to its passage.
import { Plugin, PluginKey, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { make, wordButton } from "./element.js";
import { textblocks } from "./lint.js";
import { number, word } from "./words.js";

const key = new PluginKey("passages");
/** Letters of a block by which the server finds it again. */
const BEGINS = 60;

const flat = (text) => text.replace(/\s+/g, " ").trim();

/** The words of a block with one space where several stand, as a note keeps them, and the place of each sign. */
function flattened({ text, from }) {
  let words = "";
  const places = [];
  for (let at = 0; at < text.length; at++) {
    const space = /\s/.test(text[at]);
    if (space && (!words || words.endsWith(" "))) continue;
    words += space ? " " : text[at];
    places.push(from + at);
  }
  return { words, places };
}

/** Where a passage stands: in the block where it stood, or else where its words come first. */
export function find(doc, { quote, block }) {
  const found = textblocks(doc).flatMap((one) => {
    const { words, places } = flattened(one);
    const at = quote ? words.indexOf(quote) : -1;
    return at < 0 ? [] : [{ from: places[at], to: places[at + quote.length - 1] + 1, block: doc.resolve(one.from).index(0) }];
  });
  return found.find((one) => one.block === block) ?? found[0] ?? null;
}

/** How a block begins: the words of the first line in it. */
function beginning(top) {
  let line = top.isTextblock ? top : null;
  top.descendants((node) => {
    if (!line && node.isTextblock) line = node;
    return !line;
  });
  const words = line ? flat(line.textBetween(0, line.content.size, undefined, "\n")) : "";
  return [...words].slice(0, BEGINS).join("").trim();
}

/** What is chosen: words of one block, or none of them for the whole block; the number of the block, and how it begins. */
export function chosen({ doc, selection }) {
  const { $from, to, empty } = selection;
  const block = $from.index(0);
  const quote = empty || !$from.parent.isTextblock ? "" : flat(doc.textBetween(selection.from, Math.min(to, $from.end()), undefined, "\n"));
  // Behind the last block there is none.
  const top = doc.maybeChild(block);
  return { quote, block, begins: top ? beginning(top) : "" };
}

/** The notes that stand beside the text, each with its line on the page. */
export const notesOf = (form) =>
  [...form.querySelectorAll("#notes [data-note]")].map((line) => ({
    line,
    quote: line.querySelector(".note-quote")?.textContent.trim() ?? "",
    block: line.dataset.block ? Number(line.dataset.block) : undefined,
  }));

function marked(doc, notes) {
  const marks = notes.flatMap((note, at) => {
    const place = find(doc, note);
    return place ? [Decoration.inline(place.from, place.to, { class: "noted" }, { note: at })] : [];
  });
  return DecorationSet.create(doc, marks);
}

/** The marks: each goes along with its words while they are written around. */
export const passages = (notes) =>
  new Plugin({
    key,
    state: {
      init: (_, { doc }) => marked(doc, notes),
      apply: (tr, set, _, { doc }) => (tr.getMeta("adopted") ? marked(doc, notes) : set.map(tr.mapping, tr.doc)),
    },
    props: { decorations: (state) => key.getState(state) },
  });

/** Chooses the passage of a note; whether it is still there. */
export function goTo(view, at) {
  const [mark] = key.getState(view.state)?.find(undefined, undefined, (spec) => spec.note === at) ?? [];
  if (!mark) return false;
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, mark.from, mark.to)).scrollIntoView());
  view.focus();
  return true;
}

/** A way from each note to its passage. */
export function ways(editor, notes) {
  notes.forEach((note, at) => {
    if (!find(editor.doc, note)) return;
    const go = () => goTo(editor.view, at) || editor.note.say(word("note-passage-gone"));
    note.line.append(wordButton("note-go", go));
  });
}

/** A command that fills the form for a note with what is chosen; nothing where the page has none. */
export function noting(form) {
  const { note_block: block, note_quote: quote, note_text: text } = form.elements;
  if (!block || !quote || !text) return null;
  // Words that were chosen and about which nothing was said are no note.
  form.addEventListener("submit", () => {
    if (!text.value.trim()) [block.value, quote.value] = ["", ""];
  });
  return (state, dispatch) => {
    const what = chosen(state);
    if (!what.quote && !what.begins) return false;
    if (!dispatch) return true;
    const value = `${what.block} ${what.begins}`;
    if (![...block.options].some((option) => option.value === value)) block.append(make("option", { value }, `${number(what.block + 1)}. ${what.begins}`));
    block.value = value;
    quote.value = what.quote;
    quote.dispatchEvent(new Event("input", { bubbles: true }));
    const place = text.closest("details");
    if (place) place.open = true;
    text.scrollIntoView({ block: "center" });
    text.focus({ preventScroll: true });
    return true;
  };
}

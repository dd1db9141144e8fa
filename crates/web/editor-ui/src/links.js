// Asking for addresses: of a link in the text, and of a link card.
import { insertBlock } from "./commands.js";
import { make, wordButton } from "./element.js";
import { isAddress, schema } from "./schema.js";
import { word } from "./words.js";

const { nodes: n, marks: m } = schema;

/** What a person types for an address, as one: `example.org` means `https://example.org`. */
export function asAddress(typed) {
  const text = typed.trim();
  if (/^[\w-]+(\.[\w-]+)+(\/|$)/.test(text)) return asAddress(`https://${text}`);
  return isAddress(text) ? text : null;
}

/** A dialog that asks for some lines; resolves to what was typed, `"remove"`, or `null`. */
export function ask(title, lines, { removable = false } = {}) {
  return new Promise((resolve) => {
    const inputs = lines.map((line) => make("input", { id: `ask-${line.name}`, type: "text", value: line.value ?? "", dir: line.dir ?? "auto", autocomplete: "off", inputmode: line.inputmode }));
    const problem = make("p", { class: "ask-problem", role: "alert" });
    const close = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const done = (event) => {
      event.preventDefault();
      const answer = Object.fromEntries(lines.map((line, at) => [line.name, inputs[at].value.trim()]));
      const wrong = lines.findIndex((line) => line.fits && !line.fits(answer[line.name]));
      if (wrong < 0) return close(answer);
      problem.textContent = word("link-problem");
      return inputs[wrong].focus();
    };
    const form = make(
      "form",
      { class: "ask", method: "dialog", onsubmit: done },
      make("h2", { id: "ask-title" }, word(title)),
      ...lines.map((line, at) => make("div", { class: "block-field" }, make("label", { for: `ask-${line.name}` }, word(line.key)), inputs[at])),
      problem,
      make(
        "p",
        { class: "ask-ways" },
        make("button", { class: "main" }, word("done")),
        removable ? wordButton("link-remove", () => close("remove")) : null,
        wordButton("cancel", () => close(null)),
      ),
    );
    const dialog = make("dialog", { class: "editor-dialog", "aria-labelledby": "ask-title", oncancel: () => close(null) }, form);
    document.body.append(dialog);
    dialog.showModal();
    inputs[0].select();
  });
}

const address = (value = "") => ({ name: "address", key: "link-address", value, dir: "ltr", inputmode: "url", fits: (typed) => !!asAddress(typed) });

export async function askLink(present) {
  const answer = await ask("link", [address(present ?? "")], { removable: !!present });
  return answer === null || answer === "remove" ? answer : asAddress(answer.address);
}

export async function askCard(view) {
  const answer = await ask("block-link-card", [address(), { name: "title", key: "link-title", fits: (typed) => !!typed }]);
  if (answer) insertBlock(n.link_card.create({ address: asAddress(answer.address), title: answer.title }))(view.state, view.dispatch);
  view.focus();
}

/** The link around the cursor, from its first to its last letter. */
function linkAround(state) {
  const { $from, from, to, empty } = state.selection;
  let found = null;
  const start = $from.start();
  $from.parent.forEach((child, offset) => {
    const mark = m.link.isInSet(child.marks);
    const [first, last] = [start + offset, start + offset + child.nodeSize];
    if (!mark || last < from || first > to) return;
    found = found?.href === mark.attrs.href && found.to === first ? { ...found, to: last } : { href: mark.attrs.href, from: first, to: last };
  });
  return found && (empty || (found.from <= from && found.to >= to)) ? found : null;
}

export const linkCommand = (askFor) => (state, dispatch, view) => {
  const { $from, from, to, empty } = state.selection;
  if (!$from.parent.isTextblock) return false;
  if (!dispatch || !view) return true;
  const present = linkAround(state);
  askFor(present?.href).then((href) => {
    const [start, end] = present ? [present.from, present.to] : [from, to];
    const tr = view.state.tr;
    if (href && end <= tr.doc.content.size) {
      const mark = href === "remove" ? null : m.link.create({ href });
      if (mark && empty && !present) tr.insert(start, schema.text(href.replace(/^https?:\/\//, ""), [mark]));
      else tr.removeMark(start, end, m.link);
      if (mark && (!empty || present)) tr.addMark(start, end, mark);
      view.dispatch(tr);
    }
    view.focus();
  });
  return true;
};

// Mounts the editor on the page of a story. Where anything it needs is missing, the plain form stays as it is.
import { placeHere } from "./coming.js";
import { conflictsIn, settled, toBlocks } from "./convert.js";
import { turnLines, wayOf } from "./directions.js";
import { Editor } from "./editor.js";
import { meters, Offers, readFields, writeFields } from "./fields.js";
import { fieldLint, preview } from "./headlines.js";
import { Keeper } from "./keeper.js";
import { lint } from "./lint.js";
import { askCard, askLink } from "./links.js";
import { openLocal } from "./local.js";
import { leadPicker, library, picture } from "./pictures.js";
import { presence } from "./presence.js";
import { post } from "./post.js";
import { schema } from "./schema.js";
import { notesOf, noting, passages, ways } from "./passages.js";
import { learnAll } from "./sizes.js";
import { State } from "./state.js";
import { Suggestions } from "./suggestions.js";
import { uploadInto } from "./uploading.js";
import { listen } from "./words.js";

const lines = (text) => (typeof text === "string" ? text.replace(/\r\n?/g, "\n") : "");

/** A text as this editor would send it. */
const settle = ({ fields, body }) => ({
  fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === "string").map(([name, value]) => [name, lines(value)])),
  body: settled(body),
});

async function begin(form) {
  const [plain, hidden] = [form.elements.text, form.elements.body];
  if (!plain || !hidden) return;
  const body = JSON.parse(hidden.value || "[]");
  listen(document.getElementById("editor-words"), form);
  learnAll(form.dataset.known);
  let keeper = null;
  const changed = () => keeper?.changed();
  const label = form.querySelector(`label[for="${CSS.escape(plain.id)}"]`);
  if (label) label.id ||= "editor-label";
  const suggestions = new Suggestions(form.dataset.lint, () => form.elements.language?.value || form.dataset.lang);
  const upload = (view, files) => {
    for (const file of form.dataset.upload ? files : []) {
      const put = placeHere(view);
      uploadInto(editor.note.lines, form.dataset.upload, file).sent.then((sent) => put(sent && schema.nodes.picture.create(picture(sent))));
    }
  };
  let editor = null;
  const notes = notesOf(form);
  editor = new Editor({ body, labelledBy: label?.id, way: wayOf(form), changed, choose: () => library(form), upload, askLink, askCard, noting: noting(form), plugins: [lint(suggestions, (n) => editor?.suggested(n)), passages(notes)] });
  plain.before(editor.element);
  label?.addEventListener("click", () => editor.view.focus());
  plain.disabled = plain.hidden = true;
  hidden.disabled = false;
  form.classList.add("with-editor");
  ways(editor, notes);
  meters(form);
  preview(form);
  fieldLint(form, suggestions);
  leadPicker(form, changed);
  const offers = new Offers(form, changed);
  const speak = () => {
    turnLines(form, wayOf(form));
    editor.speak(wayOf(form));
  };
  for (const kind of ["change", "midad-set"]) form.elements.language?.addEventListener(kind, speak);
  form.addEventListener("input", (event) => !event.target.closest(".editor") && changed());
  form.addEventListener("change", (event) => !event.target.closest(".editor") && changed());

  const current = () => ({ fields: readFields(form), body: toBlocks(editor.doc) });
  const state = new State(form, { editor, discard: () => keeper.discard() });
  const desk = {
    current,
    settled: settle,
    whole: () => ({ fields: readFields(form), body: toBlocks(editor.doc, { conflicts: true }), offered: { ...offers.open } }),
    adopt: (text, offered) => {
      editor.adopt(text.body);
      writeFields(form, text.fields);
      offers.set(offered);
    },
    conflicts: () => conflictsIn(editor.doc) + offers.count,
    post: (text) => post(form.dataset.autosave, text),
    show: (...said) => state.show(...said),
    versioned: (n) => {
      form.dataset.version = n;
      if (form.elements.version) form.elements.version.value = n;
    },
  };
  // Whoever comes after them at the same browser does not get what they have not sent.
  const local = await openLocal([form.dataset.story, form.dataset.writer].filter(Boolean).join("."));
  keeper = new Keeper({ story: form.dataset.story, version: Number(form.dataset.version), base: current(), local, desk });
  leave(form, hidden, { keeper, current, desk, state });
  presence(form);
  await keeper.start();
  if (desk.conflicts() === 0 && keeper.isOwed()) keeper.changed({ quietly: true });
}

/** How a text leaves the page: by the form, or with the page. */
function leave(form, hidden, { keeper, current, desk, state }) {
  form.addEventListener("submit", (event) => {
    if (keeper.busy) {
      event.preventDefault();
      keeper.idle().then(() => form.requestSubmit(event.submitter));
      return;
    }
    if (desk.conflicts()) {
      event.preventDefault();
      state.show("conflict");
      form.querySelector(".conflict, .offer")?.scrollIntoView({ block: "center" });
    } else if (navigator.onLine === false) {
      event.preventDefault();
      state.show("offline");
    }
    hidden.value = JSON.stringify(current().body);
    keeper.keep();
    if (!event.defaultPrevented) keeper.leave(true);
  });
  window.addEventListener("pageshow", (event) => event.persisted && keeper.leave(false));
  window.addEventListener("online", () => keeper.online());
  window.addEventListener("pagehide", () => keeper.keepNow());
  document.addEventListener("visibilitychange", () => {
    // A phone may end a page that is not seen without another word.
    if (document.visibilityState === "hidden") keeper.keepNow();
    else keeper.online();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!keeper.local && keeper.isOwed() && !keeper.leaving) event.preventDefault();
  });
}

const form = document.getElementById("story-form");
if (form) begin(form).catch((error) => console.error(error));

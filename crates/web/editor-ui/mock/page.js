// The page of the contract, as the server renders it.
import { readFile } from "node:fs/promises";

const words = JSON.parse(await readFile(new URL("../words.json", import.meta.url)));
const escaped = (text) => String(text ?? "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
const LABELS = {
  ar: { kicker: "فوق العنوان", headline: "العنوان", front_headline: "عنوان الواجهة", push_headline: "عنوان الإشعار", standfirst: "المقدّمة", dateline: "المكان", bylines: "الكتّاب", section: "القسم", tags: "الوسوم", language: "اللغة", comments: "التعليقات", lead: "الصورة الرئيسية", lead_alt: "ما يُرى فيها", lead_caption: "شرحها", lead_credit: "مصدرها", text: "النص", save: "احفظ", title: "تحرير خبر" },
};
const LIMITS = { headline: 90, front_headline: 60, push_headline: 50, standfirst: 200, kicker: 30 };
const label = (language, name) => (LABELS[language] ?? LABELS.ar)[name];

function field(language, name, fields) {
  const limit = LIMITS[name] ? ` data-limit="${LIMITS[name]}"` : "";
  const value = escaped(fields[name]);
  const attrs = `id="field-${name}" name="${name}"${limit} dir="auto"`;
  let input = `<input ${attrs} value="${value}">`;
  if (["standfirst", "bylines"].includes(name)) input = `<textarea ${attrs} rows="3">${value}</textarea>`;
  const choices = { section: ["city", "world"], language: ["ar", "fr", "en"], comments: ["open", "closed"] }[name];
  if (choices) input = `<select ${attrs}>${choices.map((c) => `<option${c === fields[name] ? " selected" : ""}>${c}</option>`).join("")}</select>`;
  return `<p class="field"><label for="field-${name}">${label(language, name)}</label>${input}</p>`;
}

const sentences = (language) =>
  Object.entries(words).map(([key, said]) => `data-${key}="${escaped(typeof said[language] === "string" ? said[language] : JSON.stringify(said[language]))}"`).join(" ");

export async function page(story, language) {
  const dir = language === "ar" ? "rtl" : "ltr";
  const names = Object.keys(story.fields);
  const numbering = language === "ar" ? "arab" : "latn";
  const css = ["tokens", "base", "masthead", "cards", "story", "forms", "desk", "editor"].map((name) => `<link rel="stylesheet" href="/assets/css/${name}.css">`).join("");
  return `<!doctype html><html lang="${language}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${label(language, "title")}</title>
${css}<link rel="icon" href="data:,"><script type="module" src="/assets/js/editor.js"></script></head><body><main id="main"><div class="desk newsroom"><div class="desk-head"><h1>${label(language, "title")}</h1></div>
<form id="story-form" class="form" method="post" action="/desk/stories/1/text" data-story="1" data-writer="editor" data-version="${story.version}" data-lang="${story.fields.language}" data-story-dir="rtl" data-numbering="${numbering}"
 data-autosave="/desk/stories/1/autosave" data-presence="/desk/stories/1/presence" data-lint="/desk/typography" data-pictures="/desk/pictures.json" data-upload="/desk/pictures" data-known="{}">
<input type="hidden" name="version" value="${story.version}">
<div id="others" role="status"></div>
${names.slice(0, 7).map((name) => field(language, name, story.fields)).join("\n")}
<p class="field"><label for="story-text">${label(language, "text")}</label><textarea id="story-text" name="text" rows="12">—</textarea></p>
<textarea name="body" hidden disabled>${escaped(JSON.stringify(story.body))}</textarea>
${names.slice(7).map((name) => field(language, name, story.fields)).join("\n")}
<div id="editor-words" hidden ${sentences(language)}></div>
<p class="form-foot"><output id="save-state" role="status"></output><button class="main">${label(language, "save")}</button></p>
</form></div></main></body></html>`;
}

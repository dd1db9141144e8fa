// Every sentence the editor shows stands on the page, in #editor-words; this script has none of its own.
let sentences = {};
let numbers = new Intl.NumberFormat("en");
let plural = new Intl.PluralRules("en");
let clock = new Intl.DateTimeFormat("en", { hour: "numeric", minute: "2-digit" });

/** Takes the sentences of the page, and how its language counts. */
export function listen(element, form) {
  sentences = element?.dataset ?? {};
  const language = document.documentElement.lang || form.dataset.lang || "ar";
  const numberingSystem = form.dataset.numbering || "latn";
  numbers = new Intl.NumberFormat(language, { useGrouping: false, numberingSystem });
  plural = new Intl.PluralRules(language);
  clock = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit", numberingSystem });
}

const camel = (key) => key.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
const isolated = (name) => `\u2068${name}\u2069`;

/** The sentence of this key; counted ones (`{"one": …}`) by `n`. Nothing when the page does not have it. */
export function word(key, values = {}) {
  let pattern = sentences[camel(key)] ?? "";
  if (pattern.startsWith('{"')) {
    try {
      const forms = JSON.parse(pattern);
      pattern = forms[plural.select(values.n ?? 0)] ?? forms.other ?? "";
    } catch {
      return "";
    }
  }
  return pattern.replace(/\{(n|name|time|limit)\}/g, (all, name) => {
    const value = values[name];
    if (value === undefined) return all;
    if (value instanceof Date) return clock.format(value);
    return typeof value === "number" ? numbers.format(value) : isolated(value);
  });
}
export const number = (n) => numbers.format(n);
export const time = (at) => clock.format(at);

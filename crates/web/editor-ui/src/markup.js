// Reads foreign markup as a row of tokens, never as a tree: a parser that builds trees can be made to build huge ones
// from small texts. One pass, no way back; what is not closed ends with the text.
const RAW = new Set(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "template"]);
const SPACE = /\s/;

/** Attributes between the name and the `>`; gives them and the place after the `>`. */
function attributes(html, at) {
  const attrs = {};
  while (at < html.length) {
    while (at < html.length && (SPACE.test(html[at]) || html[at] === "/")) at++;
    if (html[at] === ">") return [attrs, at + 1];
    const start = at++;
    while (at < html.length && !SPACE.test(html[at]) && html[at] !== "=" && html[at] !== ">" && html[at] !== "/") at++;
    const name = html.slice(start, at).toLowerCase();
    while (SPACE.test(html[at] ?? "")) at++;
    let value = "";
    if (html[at] === "=") {
      at++;
      while (SPACE.test(html[at] ?? "")) at++;
      const quote = html[at] === '"' || html[at] === "'" ? html[at] : null;
      let end = at + 1;
      if (quote) {
        end = html.indexOf(quote, at + 1);
        if (end < 0) return [attrs, html.length];
        value = html.slice(at + 1, end);
        at = end + 1;
      } else {
        end = at;
        while (end < html.length && !SPACE.test(html[end]) && html[end] !== ">") end++;
        value = html.slice(at, end);
        at = end;
      }
    }
    if (!Object.hasOwn(attrs, name) && name !== "__proto__") attrs[name] = value;
  }
  return [attrs, html.length];
}

/** `{open, attrs}`, `{close}`, `{text}`, `{comment}` in their order. */
export function* tokens(html) {
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf("<", at);
    if (next < 0) return void (yield { text: html.slice(at) });
    if (next > at) yield { text: html.slice(at, next) };
    const after = html[next + 1] ?? "";
    if (html.startsWith("<!--", next)) {
      const end = html.indexOf("-->", next + 4);
      yield { comment: html.slice(next + 4, end < 0 ? html.length : end) };
      at = end < 0 ? html.length : end + 3;
    } else if (after === "!" || after === "?") {
      const end = html.indexOf(">", next);
      yield { comment: "" };
      at = end < 0 ? html.length : end + 1;
    } else if (/[a-z/]/i.test(after)) {
      const closing = after === "/";
      let end = next + (closing ? 2 : 1);
      const start = end;
      while (end < html.length && !SPACE.test(html[end]) && html[end] !== ">" && html[end] !== "/") end++;
      const name = html.slice(start, end).toLowerCase();
      const [attrs, past] = attributes(html, end);
      at = past;
      if (closing) yield { close: name };
      else {
        yield { open: name, attrs };
        if (RAW.has(name)) {
          const close = indexOfClose(html, name, at);
          yield { close: name };
          at = close;
        }
      }
    } else {
      yield { text: "<" };
      at = next + 1;
    }
  }
}

/** Where an element whose inside is no markup ends. */
function indexOfClose(html, name, at) {
  const pattern = new RegExp(`</${name}(?=[\\s/>])`, "gi");
  pattern.lastIndex = at;
  const found = pattern.exec(html);
  if (!found) return html.length;
  const end = html.indexOf(">", found.index);
  return end < 0 ? html.length : end + 1;
}

let area = null;
/** The letters that `&…;` stand for. A textarea reads them and makes nothing of the rest. */
export function letters(text) {
  if (!text.includes("&")) return text;
  area ??= new DOMParser().parseFromString("<textarea></textarea>", "text/html").querySelector("textarea");
  area.innerHTML = text.replace(/</g, "&lt;");
  // A textarea drops a first line break.
  return (/^\r?\n/.test(text) ? "\n" : "") + area.textContent;
}

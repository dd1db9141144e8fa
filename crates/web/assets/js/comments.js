// The thread below a story, a little livelier. Without this file every link and form works as it stands.
const section = document.querySelector("#comments");
const language = document.documentElement.lang || "ar";
const numbering = section?.dataset.numbering;
const locale = numbering ? `${language}-u-nu-${numbering}` : language;
const plural = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(locale, { useGrouping: false });

/** The words for a count: `forms` is what the page brings, a pattern for each plural form. */
function counted(forms, n) {
  const patterns = JSON.parse(forms);
  return (patterns[plural.select(n)] ?? patterns.other ?? "").replace("{n}", numbers.format(n));
}

/** The parts of a page that the server rendered. */
function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/* Times: what the page says in full becomes relative, and says it in full when asked. */

const spans = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

function tellTimes(root = document) {
  for (const time of root.querySelectorAll("time[data-when]")) {
    time.title ||= time.textContent;
    const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
    const [unit, size] = spans.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
    if (Number.isFinite(seconds)) time.textContent = relative.format(unit === "second" ? 0 : Math.round(seconds / size), unit);
  }
}

/* Long comments: the server guessed; the page knows. */

function measure(root = document) {
  for (const long of root.querySelectorAll(".long:not(.short)")) {
    const words = long.querySelector(".long-words");
    if (words.scrollHeight <= words.clientHeight + 4 && words.clientHeight > 0) long.classList.add("short");
  }
}

/* The form. */

const segments = typeof Intl.Segmenter === "function" ? new Intl.Segmenter(language) : null;

function clusters(text) {
  if (!segments) return [...text].length;
  let count = 0;
  for (const _ of segments.segment(text)) count += 1;
  return count;
}

const kept = (form) => `midad-draft-${form.dataset.draft}`;

/** Private windows may refuse to keep anything; then nothing is kept. */
function keep(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    return;
  }
}

function keptText(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function count(form) {
  const { text } = form.elements;
  const counter = form.querySelector("[data-counter]");
  const most = Number(text.dataset.most);
  // Counting clusters of a long text at each key is slow; far from the limit nobody asks.
  if (text.value.length < most * 0.7) {
    counter.hidden = true;
    return;
  }
  const left = most - clusters(text.value);
  counter.hidden = left > most * 0.1;
  counter.classList.toggle("over", left < 0);
  counter.textContent = counted(left < 0 ? counter.dataset.over : counter.dataset.forms, Math.abs(left));
}

function replyTo(form, number, shown) {
  const line = form.querySelector("[data-replying]");
  const words = form.querySelector("[data-replying-words]");
  form.elements.reply_to.value = number;
  line.hidden = !number;
  words.textContent = number ? words.dataset.pattern.replace("{number}", shown) : "";
  line.querySelector("[data-reply-off]").hidden = !number;
}

async function send(form, button) {
  const said = form.querySelector("[data-said]");
  button.disabled = true;
  said.textContent = form.dataset.sending;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { accept: "text/vnd.midad.fragment" },
    });
    const html = await answer.text();
    // Another of the paper's processes asks for an answer, or the task was too old: computed once more, and not again (toll.js).
    const task = answer.headers.get("midad-toll");
    if (task && !form.dataset.task) {
      form.dataset.task = task;
      return form.requestSubmit();
    }
    delete form.dataset.task;
    if (answer.status === 201) return sent(form, html);
    if (answer.status === 422) return again(form, html);
    said.textContent = parsed(html).querySelector("main p")?.textContent ?? form.dataset.failed;
  } catch {
    said.textContent = form.dataset.failed;
  } finally {
    button.disabled = false;
  }
}

function sent(form, html) {
  const own = document.querySelector("#own");
  const list = own.querySelector("[data-own]");
  own.hidden = false;
  list.prepend(parsed(html));
  tellTimes(list);
  keep(kept(form), "");
  form.elements.text.value = "";
  form.querySelector("[data-said]").textContent = "";
  form.querySelector(".problems")?.remove();
  replyTo(form, "", "");
  home(form);
  count(form);
  own.focus();
}

function again(form, html) {
  const fresh = parsed(html).querySelector("form");
  form.replaceWith(fresh);
  begin(fresh);
  fresh.querySelector("#problems")?.focus();
}

/** The form goes back to where it stood. */
function home(form) {
  document.querySelector("#add-comment")?.after(form);
}

function begin(form) {
  const { text, name } = form.elements;
  const editing = !section?.contains(form) && text.value;
  if (!text.value && !editing) text.value = keptText(kept(form));
  if (!name.value) name.value = keptText("midad-name");
  count(form);
  form.addEventListener("input", () => {
    count(form);
    if (!editing) keep(kept(form), text.value);
    keep("midad-name", name.value);
  });
  form.querySelector("[data-reply-off]").addEventListener("click", () => {
    replyTo(form, "", "");
    home(form);
    text.focus();
  });
  form.addEventListener("submit", (event) => {
    if (!section?.contains(form)) return keep(kept(form), "");
    event.preventDefault();
    send(form, form.querySelector("button[type=submit]"));
  });
}

/* Answers in place, and jumps inside the page. */

function answerInPlace(link) {
  const form = document.querySelector("#comment-form");
  const comment = link.closest(".comment");
  if (!form || !section?.contains(form)) return false;
  const number = comment.id.slice("c-".length);
  replyTo(form, number, numbers.format(Number(number)));
  comment.after(form);
  form.elements[form.elements.name.value ? "text" : "name"].focus();
  return true;
}

function clicked(event) {
  const link = event.target.closest("a[data-reply], a[data-jump]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if ("reply" in link.dataset) {
    if (answerInPlace(link)) event.preventDefault();
    return;
  }
  const place = document.getElementById(link.dataset.jump);
  if (place) {
    event.preventDefault();
    location.hash = place.id;
  }
}

/* Live: what has become public while the page was open. */

function listen() {
  const notice = section.querySelector("[data-live-notice]");
  const thread = section.querySelector("[data-thread]");
  let waiting = [];
  let opened = false;
  let stream = null;

  const show = () => {
    const news = waiting;
    waiting = [];
    notice.replaceChildren();
    const placed = news.map(place).filter(Boolean);
    placed[0]?.scrollIntoView({ block: "center" });
  };

  const place = ({ number, root, html }) => {
    const fresh = parsed(html).querySelector("article");
    const there = document.getElementById(`c-${number}`);
    const last = root === number ? null : [...thread.querySelectorAll(`#c-${root}, [data-root="${root}"]`)].at(-1);
    section.querySelector("[data-empty]")?.remove();
    if (there) there.replaceWith(fresh);
    else if (last) last.after(fresh);
    else if (root === number && section.dataset.newest === "true") thread.prepend(fresh);
    else if (section.dataset.more === "true" || root !== number) {
      location.assign(`${section.dataset.address}?at=${number}#c-${number}`);
      return null;
    } else thread.append(fresh);
    fresh.classList.add("fresh");
    tellTimes(fresh);
    measure(fresh);
    return fresh;
  };

  const came = (event) => {
    const told = JSON.parse(event.data);
    waiting = waiting.filter((other) => other.number !== told.number).concat(told);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = counted(section.dataset.news, waiting.length);
    button.addEventListener("click", show);
    notice.replaceChildren(button);
  };
  const changed = (event) => {
    const { number, html } = JSON.parse(event.data);
    waiting = waiting.filter((other) => other.number !== number);
    if (waiting.length === 0) notice.replaceChildren();
    const there = document.getElementById(`c-${number}`);
    const fresh = parsed(html).querySelector("article");
    there?.replaceWith(fresh);
    // What is not there any more is not among the chosen either, nor in what search machines were told of the page as it came.
    if (fresh.classList.contains("gone")) {
      section.querySelector(`[data-chosen="${number}"]`)?.remove();
      document.querySelector("[data-talk]")?.remove();
    }
    tellTimes(fresh);
    measure(fresh);
  };
  const count = (event) => {
    section.querySelector("[data-count]").textContent = `(${numbers.format(JSON.parse(event.data).count)})`;
  };
  const strip = (event) => {
    document.dispatchEvent(new CustomEvent("midad-strip", { detail: JSON.parse(event.data) }));
  };
  const handOver = (event) => {
    document.dispatchEvent(new CustomEvent(`midad-${event.type}`, { detail: JSON.parse(event.data) }));
  };
  const lost = () => {
    const line = document.createElement("p");
    line.textContent = section.dataset.lost;
    notice.replaceChildren(line);
    document.dispatchEvent(new CustomEvent("midad-again"));
  };
  // What was told while the line was cut is gone: opened a second time means something may have been missed.
  const open = () => {
    if (opened) lost();
    opened = true;
  };
  const follow = () => {
    stream = new EventSource(section.dataset.live);
    for (const [name, hear] of Object.entries({ comment: came, changed, count, strip, entry: handOver, coverage: handOver, lost, open })) {
      stream.addEventListener(name, hear);
    }
  };
  addEventListener("pagehide", () => stream.close());
  // A page that comes back out of the browser's memory listens again.
  addEventListener("pageshow", (event) => event.persisted && follow());
  follow();
}

tellTimes();
setInterval(() => tellTimes(), 60000);
document.addEventListener("midad-fresh", () => tellTimes());
for (const form of document.querySelectorAll(".comment-form")) begin(form);
document.addEventListener("click", clicked);
if (section) {
  measure();
  document.fonts?.ready.then(() => measure());
  if (section.dataset.live && typeof EventSource === "function") listen();
}

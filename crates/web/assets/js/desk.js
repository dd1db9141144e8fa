// The desk by keyboard, and without loading a page after each ruling. Keys go by their place on the keyboard
// (`event.code`), so that they work with the Arabic layout on. Without this file every form works as it stands.
const desk = document.querySelector("[data-desk]");
const cards = desk?.querySelector("[data-cards]");
const said = desk?.querySelector("[data-said]");
const help = desk?.querySelector("[data-help]");
const language = document.documentElement.lang || "ar";
const plural = new Intl.PluralRules(language);
const title = document.title;
const asFragment = { accept: "text/vnd.midad.fragment" };

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

const all = () => [...(cards?.querySelectorAll("[data-card]") ?? [])];
const current = () => document.activeElement?.closest?.("[data-card]") ?? null;

function go(step) {
  const list = all();
  const at = list.indexOf(current());
  const next = list[Math.min(Math.max(at + step, 0), list.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/* Rulings. */

async function sendForm(form, button) {
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  return fetch(form.action, { method: "POST", body, headers: asFragment });
}

async function rule(form, button) {
  const card = form.closest("[data-card]");
  for (const other of form.querySelectorAll("button")) other.disabled = true;
  try {
    const answer = await sendForm(form, button);
    const html = await answer.text();
    if (answer.ok) return ruled(card, html);
    if (answer.status === 409 || answer.status === 422) return cameBack(card, html);
    failed(answer);
  } catch {
    failed(null);
  }
  for (const other of form.querySelectorAll("button")) other.disabled = false;
}

function ruled(card, html) {
  const list = all();
  const at = list.indexOf(card);
  const next = list[at + 1] ?? list[at - 1];
  said.replaceChildren(parsed(html));
  card.remove();
  if (next) next.focus();
  else location.assign(location.pathname + location.search);
}

function cameBack(card, html) {
  const fresh = parsed(html).querySelector("[data-card]");
  card.replaceWith(fresh);
  document.dispatchEvent(new Event("midad-fresh"));
  fresh.focus();
}

function failed(answer) {
  const line = document.createElement("p");
  line.className = "problems";
  line.textContent = answer?.status === 401 ? said.dataset.signIn : said.dataset.lost;
  said.replaceChildren(line);
}

async function undo(form) {
  try {
    const answer = await sendForm(form);
    const html = await answer.text();
    if (!answer.ok) return answer.status === 409 ? location.reload() : failed(answer);
    const fresh = parsed(html).querySelector("[data-card]");
    said.replaceChildren();
    desk.querySelector("[data-empty]").hidden = true;
    const there = document.getElementById(fresh.id);
    if (there) there.replaceWith(fresh);
    else cards.insertBefore(fresh, current());
    document.dispatchEvent(new Event("midad-fresh"));
    fresh.focus();
  } catch {
    failed(null);
  }
}

function submitted(event) {
  const form = event.target;
  if (form.matches("[data-ruling]") && cards?.contains(form)) {
    event.preventDefault();
    rule(form, event.submitter);
  } else if (form.matches("[data-undo]") && cards) {
    event.preventDefault();
    undo(form);
  }
}

/* Keys. */

const keysOff = help?.querySelector("[data-keys-off]");
const KEYS_OFF = "midad-desk-keys-off";

function remembersOff() {
  try {
    return localStorage.getItem(KEYS_OFF) === "yes";
  } catch {
    return false;
  }
}

const isTyping = (where) => where.closest?.("textarea, select, input:not([type=radio]):not([type=checkbox])");

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || help?.open || isTyping(event.target)) return;
  if (keysOff?.checked && event.code !== "KeyH") return;
  const act = moves[event.code] ?? (() => inCard(event.code));
  if (act() !== false) event.preventDefault();
}

const moves = {
  KeyJ: () => go(1),
  KeyK: () => go(-1),
  KeyU: () => undoLast(),
  KeyH: () => help.showModal(),
  Slash: () => help.showModal(),
  KeyR: refuse,
};

function undoLast() {
  const form = said.querySelector("[data-undo]");
  if (!form) return false;
  form.requestSubmit();
}

function refuse() {
  const details = (current() ?? all()[0])?.querySelector("[data-refuse]");
  if (!details) return false;
  details.open = true;
  details.querySelector("input[type=radio]").focus();
}

/** A key on the card one is at: a button is pressed; a rule's digit chooses it and refuses, «something else» asks why. */
function inCard(code) {
  const card = current();
  const digit = code.replace(/^Numpad(?=\d)/, "Digit");
  const target = card?.querySelector(`[data-key="${CSS.escape(digit)}"]`);
  if (!target) return false;
  if (target.type !== "radio") return target.click();
  const details = target.closest("details");
  if (!details.open) return false;
  target.checked = true;
  if (target.value === "other" && !details.querySelector("[name=why]").value) details.querySelector("[name=why]").focus();
  else details.querySelector("button[value=refuse]").click();
}

/* What a mark means, as long as one is at it. */

function pointed(event, on) {
  const mark = event.target.closest?.("a.marked");
  for (const id of mark?.getAttribute("aria-describedby")?.trim().split(/\s+/) ?? []) {
    document.getElementById(id)?.classList.toggle("pointed", on);
  }
}

/* Counts, as they change. */

function listen() {
  const stream = new EventSource(desk.dataset.live);
  const news = desk.querySelector("[data-news]");
  const numbers = new Intl.NumberFormat(language, { useGrouping: false, numberingSystem: desk.dataset.numbering });
  let before = Number(desk.dataset.waiting);
  let arrived = 0;
  document.title = before > 0 ? `(${before}) ${title}` : title;
  stream.addEventListener("waiting", (event) => {
    const told = JSON.parse(event.data);
    for (const name of ["waiting", "reported"]) {
      const place = desk.querySelector(`[data-count="${name}"]`);
      if (place) place.textContent = numbers.format(told[name]);
    }
    document.title = told.waiting > 0 ? `(${told.waiting}) ${title}` : title;
    arrived = Math.max(0, arrived + told.waiting - before);
    before = told.waiting;
    if (!news || told.waiting <= all().length) return news && (news.hidden = true);
    if (arrived > 0) tell(news, arrived, numbers);
  });
  addEventListener("pagehide", () => stream.close());
}

function tell(news, n, numbers) {
  const patterns = JSON.parse(news.dataset.forms);
  const link = document.createElement("a");
  link.className = "button";
  link.href = location.pathname + location.search;
  link.textContent = (patterns[plural.select(n)] ?? patterns.other).replace("{n}", numbers.format(n));
  news.replaceChildren(link);
  news.hidden = false;
}

if (desk) {
  document.addEventListener("submit", submitted);
  document.addEventListener("focusin", (event) => pointed(event, true));
  document.addEventListener("focusout", (event) => pointed(event, false));
  if (cards) {
    document.addEventListener("keydown", pressed);
    const opener = desk.querySelector("[data-help-open]");
    opener.hidden = false;
    opener.addEventListener("click", () => help.showModal());
    keysOff.checked = remembersOff();
    keysOff.addEventListener("change", () => localStorage.setItem(KEYS_OFF, keysOff.checked ? "yes" : ""));
    all()[0]?.focus({ preventScroll: true });
  }
  if (typeof EventSource === "function") listen();
}
